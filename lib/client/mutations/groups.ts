"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { ChangeMembersBody, CreateGroupBody } from "@/lib/contracts/groups";
import { callApi } from "../call-api";
import { groupQueries } from "../queries/groups";
import { useOnce } from "./use-once";

export function useCreateGroup() {
  const refresh = useRefreshGroups();
  const once = useOnce();
  return useMutation({
    mutationFn: (body: CreateGroupBody) => once((idempotencyKey) => callApi(API.createGroup, { body, idempotencyKey })),
    onSuccess: refresh,
  });
}

/** Deletes the group; its devices stay. */
export function useDeleteGroup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callApi(API.deleteGroup, { params: { id } }),
    onSuccess: (_, id) => {
      client.removeQueries({ queryKey: groupQueries.detail(id).queryKey });
      return client.invalidateQueries({ queryKey: groupQueries.list().queryKey });
    },
  });
}

export function useChangeMembers(id: string) {
  const refresh = useRefreshGroups();
  return useMutation({ mutationFn: (body: ChangeMembersBody) => callApi(API.changeGroupMembers, { params: { id }, body }), onSuccess: refresh });
}

function useRefreshGroups(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: groupQueries.all() });
}
