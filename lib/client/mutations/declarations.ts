"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { AssignDeclarationBody, CreateDeclarationBody, UpdateDeclarationBody } from "@/lib/contracts/declarations";
import { callApi } from "../call-api";
import { commandQueries } from "../queries/commands";
import { declarationQueries } from "../queries/declarations";
import { useOnce } from "./use-once";

export function useCreateDeclaration() {
  const refresh = useRefreshDeclarations();
  const once = useOnce();
  return useMutation({
    mutationFn: (body: CreateDeclarationBody) => once((idempotencyKey) => callApi(API.createDeclaration, { body, idempotencyKey })),
    onSuccess: refresh,
  });
}

export function useUpdateDeclaration(id: string) {
  const refresh = useRefreshDeclarations();
  return useMutation({ mutationFn: (body: UpdateDeclarationBody) => callApi(API.updateDeclaration, { params: { id }, body }), onSuccess: refresh });
}

export function useAssignDeclaration(id: string) {
  const refresh = useRefreshDeclarations();
  return useMutation({ mutationFn: (body: AssignDeclarationBody) => callApi(API.assignDeclaration, { params: { id }, body }), onSuccess: refresh });
}

export function useDeleteDeclaration() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callApi(API.deleteDeclaration, { params: { id } }),
    onSuccess: (_, id) => {
      client.removeQueries({ queryKey: declarationQueries.detail(id).queryKey });
      return client.invalidateQueries({ queryKey: declarationQueries.list().queryKey });
    },
  });
}

/** Queues the command that lets a device read its declarations again. */
export function useSyncDeclarations(deviceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callApi(API.syncDeclarations, { params: { id: deviceId } }),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: declarationQueries.ofDevice(deviceId).queryKey }),
        client.invalidateQueries({ queryKey: commandQueries.lists(deviceId) }),
      ]);
    },
  });
}

function useRefreshDeclarations(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: declarationQueries.all() });
}
