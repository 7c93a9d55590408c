"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { SendCommandBody } from "@/lib/contracts/commands";
import { callApi } from "../call-api";
import { commandQueries } from "../queries/commands";
import { deviceQueries } from "../queries/devices";
import { useOnce } from "./use-once";

/** Queues one command for a device. */
export function useSendCommand(deviceId: string) {
  const refresh = useRefreshCommands(deviceId);
  const once = useOnce();
  return useMutation({
    mutationFn: (body: SendCommandBody) => once((idempotencyKey) => callApi(API.sendCommand, { params: { id: deviceId }, body, idempotencyKey })),
    onSuccess: refresh,
  });
}

export function useCancelCommand(deviceId: string) {
  const refresh = useRefreshCommands(deviceId);
  return useMutation({ mutationFn: (id: string) => callApi(API.cancelCommand, { params: { id } }), onSuccess: refresh });
}

/** Queues an ended command again, as a new one. */
export function useRetryCommand(deviceId: string) {
  const refresh = useRefreshCommands(deviceId);
  const once = useOnce();
  return useMutation({
    mutationFn: (id: string) => once((idempotencyKey) => callApi(API.retryCommand, { params: { id }, idempotencyKey })),
    onSuccess: refresh,
  });
}

function useRefreshCommands(deviceId: string): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: commandQueries.lists(deviceId) }),
      client.invalidateQueries({ queryKey: ["commands", "detail"] }),
      client.invalidateQueries({ queryKey: deviceQueries.detail(deviceId).queryKey }),
    ]);
  };
}
