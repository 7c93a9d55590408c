"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { CreateSavedViewBody } from "@/lib/contracts/saved-views";
import { callApi } from "../call-api";
import { savedViewQueries } from "../queries/saved-views";
import { useOnce } from "./use-once";

export function useSaveView() {
  const client = useQueryClient();
  const once = useOnce();
  return useMutation({
    mutationFn: (body: CreateSavedViewBody) => once((idempotencyKey) => callApi(API.createSavedView, { body, idempotencyKey })),
    onSuccess: () => client.invalidateQueries({ queryKey: savedViewQueries.list().queryKey }),
  });
}

export function useDeleteView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callApi(API.deleteSavedView, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: savedViewQueries.list().queryKey }),
  });
}
