"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Do the scripts of the page run? False on the server and until then. */
export function useHydrated(): boolean {
  return useSyncExternalStore(never, () => true, () => false);
}
