"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { CreateEnrollmentLinkBody } from "@/lib/contracts/enrollment-links";
import { callApi } from "../call-api";
import { linkQueries } from "../queries/enrollment-links";
import { useOnce } from "./use-once";

export function useCreateLink() {
  const client = useQueryClient();
  const once = useOnce();
  return useMutation({
    mutationFn: (body: CreateEnrollmentLinkBody) => once((idempotencyKey) => callApi(API.createLink, { body, idempotencyKey })),
    onSuccess: () => client.invalidateQueries({ queryKey: linkQueries.all() }),
  });
}

export function useRevokeLink() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callApi(API.revokeLink, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: linkQueries.all() }),
  });
}

export function useMailLink(id: string) {
  const once = useOnce();
  return useMutation({ mutationFn: (to: string) => once((idempotencyKey) => callApi(API.mailLink, { params: { id }, body: { to }, idempotencyKey })) });
}
