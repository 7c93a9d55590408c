"use client";

import { useMutation } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";

/** Shows one secret. Its value is forgotten by the cache as soon as nobody shows it. */
export function useRevealSecret(deviceId: string, secretId: string) {
  return useMutation({
    mutationFn: (reason: string) => callApi(API.revealSecret, { params: { id: deviceId, secretId }, body: { reason } }),
    gcTime: 0,
  });
}
