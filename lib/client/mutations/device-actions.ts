"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { PushManyBody, TerminateManyBody } from "@/lib/contracts/device-actions";
import { callApi } from "../call-api";
import { deviceQueries } from "../queries/devices";
import { useOnce } from "./use-once";

/** What was looked at is looked at again when it was refused: another number of devices can take it by now. */
export function useRefreshReviews(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: deviceQueries.reviews() });
}

/** Wakes many devices. */
export function usePushDevices() {
  const onError = useRefreshReviews();
  const once = useOnce();
  return useMutation({ mutationFn: (body: PushManyBody) => once((idempotencyKey) => callApi(API.pushDevices, { body, idempotencyKey })), onError });
}

/** Ends the management of many devices. */
export function useTerminateDevices() {
  const onError = useRefreshReviews();
  const once = useOnce();
  return useMutation({ mutationFn: (body: TerminateManyBody) => once((idempotencyKey) => callApi(API.terminateDevices, { body, idempotencyKey })), onError });
}
