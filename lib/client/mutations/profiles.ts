"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { AssignProfileBody, ChangeProfileBody, RetryProfileBody, UploadProfileBody } from "@/lib/contracts/profiles";
import { callApi } from "../call-api";
import { profileQueries } from "../queries/profiles";
import { useOnce } from "./use-once";

/** Looks at a file without keeping it. */
export function useLintProfile() {
  return useMutation({ mutationFn: (content: string) => callApi(API.lintProfile, { body: { content } }) });
}

export function useUploadProfile() {
  const refresh = useRefreshProfiles();
  const once = useOnce();
  return useMutation({
    mutationFn: (body: UploadProfileBody) => once((idempotencyKey) => callApi(API.uploadProfile, { body, idempotencyKey })),
    onSuccess: refresh,
  });
}

export function useUploadVersion() {
  const refresh = useRefreshProfiles();
  const once = useOnce();
  return useMutation({
    mutationFn: ({ id, content }: { id: string; content: string }) => once((idempotencyKey) => callApi(API.uploadProfileVersion, { params: { id }, body: { content }, idempotencyKey })),
    onSuccess: refresh,
  });
}

export function useChangeProfile(id: string) {
  const refresh = useRefreshProfiles();
  return useMutation({ mutationFn: (body: ChangeProfileBody) => callApi(API.changeProfile, { params: { id }, body }), onSuccess: refresh });
}

export function useAssignProfile(id: string) {
  const refresh = useRefreshProfiles();
  return useMutation({ mutationFn: (body: AssignProfileBody) => callApi(API.assignProfile, { params: { id }, body }), onSuccess: refresh });
}

export function useRetryProfile(id: string) {
  const refresh = useRefreshProfiles();
  return useMutation({ mutationFn: (body: RetryProfileBody) => callApi(API.retryProfile, { params: { id }, body }), onSuccess: refresh });
}

export function useDeleteProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callApi(API.deleteProfile, { params: { id } }),
    onSuccess: (_, id) => {
      client.removeQueries({ queryKey: profileQueries.detail(id).queryKey });
      return client.invalidateQueries({ queryKey: profileQueries.list().queryKey });
    },
  });
}

function useRefreshProfiles(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: profileQueries.all() });
}
