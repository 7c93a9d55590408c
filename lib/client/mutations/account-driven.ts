"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CreateAccountConfigurationBody } from "@/lib/contracts/account-driven";
import { API } from "../api";
import { callApi } from "../call-api";
import { accountDrivenQueries } from "../queries/account-driven";
import { useOnce } from "./use-once";

/** Changes the configuration of that id, or makes a new one. Domain and mode are only heard of a new one. */
export function useSaveAccountConfiguration(id: string | null) {
  const client = useQueryClient();
  const once = useOnce();
  return useMutation({
    mutationFn: (body: CreateAccountConfigurationBody) =>
      once((idempotencyKey) => {
        const { domain, mode, simulated, ...changeable } = body;
        if (id !== null) return callApi(API.changeAccountConfiguration, { params: { id }, body: changeable, idempotencyKey });
        return callApi(API.createAccountConfiguration, { body: { domain, mode, simulated, ...changeable }, idempotencyKey });
      }),
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
