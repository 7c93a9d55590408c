"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CreateAccountConfigurationBody } from "@/lib/contracts/account-driven";
import { API } from "@/lib/contracts/api";
import { callApi } from "../call-api";
import { accountDrivenQueries } from "../queries/account-driven";
import { useOnce } from "./use-once";

export function useCreateAccountConfiguration() {
  const client = useQueryClient();
  const once = useOnce();
  return useMutation({
    mutationFn: (body: CreateAccountConfigurationBody) => once((idempotencyKey) => callApi(API.createAccountConfiguration, { body, idempotencyKey })),
    onSuccess: () => client.invalidateQueries({ queryKey: accountDrivenQueries.all() }),
  });
}

export function useDeleteAccountConfiguration() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callApi(API.deleteAccountConfiguration, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["account-driven", "list"] }),
  });
}

export function useRevokeAccountToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callApi(API.revokeAccountToken, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: accountDrivenQueries.all() }),
  });
}
