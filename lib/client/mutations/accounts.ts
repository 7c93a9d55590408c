"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "@/lib/contracts/api";
import type { CreateApiTokenBody, SetupBody } from "@/lib/contracts/accounts";
import { callApi } from "../call-api";
import { accountQueries } from "../queries/accounts";

export function useCreateApiToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateApiTokenBody) => callApi(API.createApiToken, { body }),
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
