"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";
import { deviceQueries } from "../queries/devices";
import { identityQueries } from "../queries/identities";
import { useOnce } from "./use-once";

/** Sends the device its enrollment profile with a new identity. */
export function useRenewIdentity(deviceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callApi(API.renewIdentity, { params: { id: deviceId } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: identityQueries.all() });
      await client.invalidateQueries({ queryKey: deviceQueries.detail(deviceId).queryKey });
    },
  });
}

/** Makes a new authority. */
export function useRotateAuthority() {
  const client = useQueryClient();
  const once = useOnce();
  return useMutation({
    mutationFn: () => once((idempotencyKey) => callApi(API.rotateAuthority, { idempotencyKey })),
    onSuccess: () => client.invalidateQueries({ queryKey: identityQueries.all() }),
  });
}
