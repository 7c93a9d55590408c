"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { CreateApiTokenBody, SetupBody } from "@/lib/contracts/accounts";
import { callApi } from "../call-api";
import { accountQueries } from "../queries/accounts";
import { useOnce } from "./use-once";

export function useCreateApiToken() {
  const client = useQueryClient();
  const once = useOnce();
  return useMutation({
    mutationFn: (body: CreateApiTokenBody) => once((idempotencyKey) => callApi(API.createApiToken, { body, idempotencyKey })),
    onSuccess: () => client.invalidateQueries({ queryKey: accountQueries.apiTokens().queryKey }),
  });
}

export function useRevokeApiToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callApi(API.revokeApiToken, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: accountQueries.apiTokens().queryKey }),
  });
}

/** Makes the first owner. */
export function useSetup() {
  return useMutation({ mutationFn: (body: SetupBody) => callApi(API.setup, { body }) });
}
