"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { RetryBatchBody, SendBatchBody } from "@/lib/contracts/batches";
import { callApi } from "../call-api";
import { batchQueries } from "../queries/batches";
import { useRefreshReviews } from "./device-actions";
import { useOnce } from "./use-once";

/** Queues one command for many devices. */
export function useSendBatch() {
  const refresh = useRefreshBatches();
  const onError = useRefreshReviews();
  const once = useOnce();
  return useMutation({
    mutationFn: (body: SendBatchBody) => once((idempotencyKey) => callApi(API.sendBatch, { body, idempotencyKey })),
    onSuccess: refresh,
    onError,
  });
}

/** Queues a part of a batch again, as a new batch. */
export function useRetryBatch(id: string) {
  const refresh = useRefreshBatches();
  const once = useOnce();
  return useMutation({
    mutationFn: (which: RetryBatchBody["which"]) => once((idempotencyKey) => callApi(API.retryBatch, { params: { id }, body: { which }, idempotencyKey })),
    onSuccess: refresh,
  });
}

export function useCancelBatch(id: string) {
  const refresh = useRefreshBatches();
  return useMutation({ mutationFn: () => callApi(API.cancelBatch, { params: { id } }), onSuccess: refresh });
}

function useRefreshBatches(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: batchQueries.all() });
}
