"use client";

import { useQuery } from "@tanstack/react-query";
import { accountQueries } from "./queries/accounts";

/** True while it is not known, so that controls do not flicker; the server decides anyway. */
export function usePermission(permission: string): boolean {
  const { data } = useQuery(accountQueries.me());
  return data === undefined || data.permissions.includes(permission);
}
