"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "@/lib/contracts/api";
import type { UploadPushCertificateBody } from "@/lib/contracts/push-certificates";
import { callApi } from "../call-api";
import { overviewQueries } from "../queries/overview";
import { pushCertificateQueries } from "../queries/push-certificates";
import { useOnce } from "./use-once";

export function useUploadPushCertificate() {
  const client = useQueryClient();
  const once = useOnce();
  return useMutation({
    mutationFn: (body: UploadPushCertificateBody) => once((idempotencyKey) => callApi(API.uploadPushCertificate, { body, idempotencyKey })),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: pushCertificateQueries.list().queryKey }),
        client.invalidateQueries({ queryKey: overviewQueries.numbers().queryKey }),
      ]);
    },
  });
}
