"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { CreatePushCertificateRequestBody, KeyPairUpload, SignPushCertificateRequestBody, UploadPushCertificateBody } from "@/lib/contracts/push-certificates";
import { callApi } from "../call-api";
import { overviewQueries } from "../queries/overview";
import { pushCertificateQueries } from "../queries/push-certificates";
import { useOnce } from "./use-once";

export function useUploadPushCertificate() {
  const refresh = useRefresh();
  const once = useOnce();
  return useMutation({
    mutationFn: (body: UploadPushCertificateBody) => once((idempotencyKey) => callApi(API.uploadPushCertificate, { body, idempotencyKey })),
    onSuccess: refresh,
  });
}

/** Removes the whole topic of a certificate. */
export function useRemovePushCertificate() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (id: string) => callApi(API.removePushCertificate, { params: { id } }), onSuccess: refresh });
}

export function useCreateCertificateRequest() {
  const refresh = useRefresh();
  const once = useOnce();
  return useMutation({
    mutationFn: (body: CreatePushCertificateRequestBody) => once((idempotencyKey) => callApi(API.createPushCertificateRequest, { body, idempotencyKey })),
    onSuccess: refresh,
  });
}

/** Throws the request and its key away. */
export function useDiscardCertificateRequest() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (id: string) => callApi(API.deletePushCertificateRequest, { params: { id } }), onSuccess: refresh });
}

export function useSignCertificateRequest(id: string) {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (body: SignPushCertificateRequestBody) => callApi(API.signPushCertificateRequest, { params: { id }, body }), onSuccess: refresh });
}

export function useUploadVendorCertificate() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (body: KeyPairUpload) => callApi(API.uploadVendorCertificate, { body }), onSuccess: refresh });
}

export function useRemoveVendorCertificate() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: () => callApi(API.removeVendorCertificate, {}), onSuccess: refresh });
}

function useRefresh(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: pushCertificateQueries.all() }),
      client.invalidateQueries({ queryKey: overviewQueries.numbers().queryKey }),
    ]);
  };
}
