"use client";

import { useMutation } from "@tanstack/react-query";
import { API } from "@/lib/contracts/api";
import type { PushManyBody, TerminateManyBody } from "@/lib/contracts/device-actions";
import { callApi } from "../call-api";
import { useOnce } from "./use-once";

/** Wakes many devices. */
export function usePushDevices() {
  const once = useOnce();
  return useMutation({ mutationFn: (body: PushManyBody) => once((idempotencyKey) => callApi(API.pushDevices, { body, idempotencyKey })) });
}

/** Ends the management of many devices. */
export function useTerminateDevices() {
  const once = useOnce();
  return useMutation({ mutationFn: (body: TerminateManyBody) => once((idempotencyKey) => callApi(API.terminateDevices, { body, idempotencyKey })) });
}
