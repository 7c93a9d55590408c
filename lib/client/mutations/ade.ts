"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { AssignAdeDevicesBody, ChangeAdeConfigurationBody, ChangeAdeServerBody, CreateAdeConfigurationBody, CreateAdeServerBody, PutServerTokenBody } from "@/lib/contracts/ade";
import { callApi } from "../call-api";
import { adeQueries } from "../queries/ade";
import { useOnce } from "./use-once";

export function useCreateAdeServer() {
  const refresh = useRefreshAde();
  const once = useOnce();
  return useMutation({ mutationFn: (body: CreateAdeServerBody) => once((idempotencyKey) => callApi(API.createAdeServer, { body, idempotencyKey })), onSuccess: refresh });
}

export function usePutServerToken(id: string) {
  const refresh = useRefreshAde();
  return useMutation({ mutationFn: (body: PutServerTokenBody) => callApi(API.putAdeServerToken, { params: { id }, body }), onSuccess: refresh });
}

export function useChangeAdeServer(id: string) {
  const refresh = useRefreshAde();
  return useMutation({ mutationFn: (body: ChangeAdeServerBody) => callApi(API.changeAdeServer, { params: { id }, body }), onSuccess: refresh });
}

export function useDeleteAdeServer(id: string) {
  const refresh = useRefreshAde();
  return useMutation({ mutationFn: () => callApi(API.deleteAdeServer, { params: { id } }), onSuccess: refresh });
}

export function useSyncAdeServer(id: string) {
  const refresh = useRefreshAde();
  return useMutation({ mutationFn: (full: boolean) => callApi(API.syncAdeServer, { params: { id }, query: { full: full ? "true" : "false" } }), onSuccess: refresh });
}

/** Makes one, or changes the one that is there. */
export function useSaveAdeConfiguration(id: string | null) {
  const refresh = useRefreshAde();
  const once = useOnce();
  return useMutation({
    mutationFn: (body: CreateAdeConfigurationBody & ChangeAdeConfigurationBody) =>
      id === null ? once((idempotencyKey) => callApi(API.createAdeConfiguration, { body, idempotencyKey })) : callApi(API.changeAdeConfiguration, { params: { id }, body }),
    onSuccess: refresh,
  });
}

export function useDeleteAdeConfiguration(id: string) {
  const refresh = useRefreshAde();
  return useMutation({ mutationFn: () => callApi(API.deleteAdeConfiguration, { params: { id } }), onSuccess: refresh });
}

export function useAssignAdeDevices() {
  const refresh = useRefreshAde();
  const once = useOnce();
  return useMutation({ mutationFn: (body: AssignAdeDevicesBody) => once((idempotencyKey) => callApi(API.assignAdeDevices, { body, idempotencyKey })), onSuccess: refresh });
}

function useRefreshAde(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: adeQueries.all() });
}
