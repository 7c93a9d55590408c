"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "@/lib/contracts/api";
import type { UploadPushCertificateBody } from "@/lib/contracts/push-certificates";
import { callApi } from "../call-api";
import { overviewQueries } from "../queries/overview";
import { pushCertificateQueries } from "../queries/push-certificates";

export function useUploadPushCertificate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UploadPushCertificateBody) => callApi(API.uploadPushCertificate, { body }),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: pushCertificateQueries.list().queryKey }),
        client.invalidateQueries({ queryKey: overviewQueries.numbers().queryKey }),
      ]);
    },
  });
}
