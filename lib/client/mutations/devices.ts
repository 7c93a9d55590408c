"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { TerminationMethod } from "@/lib/contracts/words";
import { callApi } from "../call-api";
import { commandQueries } from "../queries/commands";
import { deviceQueries } from "../queries/devices";

export function usePushDevice(deviceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callApi(API.pushDevice, { params: { id: deviceId } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: deviceQueries.detail(deviceId).queryKey });
      await client.invalidateQueries({ queryKey: deviceQueries.push(deviceId).queryKey });
    },
  });
}

/** Ends the management of a device; the answer is the device as it stands then. */
export function useTerminateDevice(deviceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (method: TerminationMethod) => callApi(API.terminateDevice, { params: { id: deviceId }, body: { method } }),
    onSuccess: async (device) => {
      client.setQueryData(deviceQueries.detail(deviceId).queryKey, device);
      await client.invalidateQueries({ queryKey: commandQueries.lists(deviceId) });
    },
  });
}

/** Lets management go on after all; the answer says whether the device may leave nevertheless. */
export function useWithdrawTermination(deviceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callApi(API.withdrawTermination, { params: { id: deviceId } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: deviceQueries.detail(deviceId).queryKey });
      await client.invalidateQueries({ queryKey: commandQueries.lists(deviceId) });
    },
  });
}

/** Stands for the termination that somebody else has asked for. */
export function useConfirmTermination(deviceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callApi(API.confirmTermination, { params: { id: deviceId } }),
    onSuccess: (device) => client.setQueryData(deviceQueries.detail(deviceId).queryKey, device),
  });
}

/** Says whom the device is for. */
export function useChangeOwner(deviceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (owner: string | null) => callApi(API.changeDevice, { params: { id: deviceId }, body: { owner } }),
    onSuccess: async (device) => {
      client.setQueryData(deviceQueries.detail(deviceId).queryKey, device);
      await client.invalidateQueries({ queryKey: deviceQueries.lists() });
    },
  });
}

/** Removes the record; the device hears nothing of it. */
export function useForgetDevice(deviceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => callApi(API.forgetDevice, { params: { id: deviceId }, body: { reason } }),
    onSuccess: () => client.invalidateQueries({ queryKey: deviceQueries.lists() }),
  });
}
