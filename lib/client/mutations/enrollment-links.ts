"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "@/lib/contracts/api";
import type { CreateEnrollmentLinkBody } from "@/lib/contracts/enrollment-links";
import { callApi } from "../call-api";
import { linkQueries } from "../queries/enrollment-links";

export function useCreateLink() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateEnrollmentLinkBody) => callApi(API.createLink, { body }),
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
