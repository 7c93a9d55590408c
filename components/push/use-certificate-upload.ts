"use client";

import { useState } from "react";
import { asProblem, type ApiProblem } from "@/lib/client/api-problem";
import { useUploadPushCertificate } from "@/lib/client/mutations/push-certificates";
import type { CertificateCheck, PushCertificateUploaded, UploadPushCertificateBody } from "@/lib/contracts/push-certificates";
import { checksOf } from "./check-table";

export interface CertificateUpload {
  busy: boolean;
  problem: ApiProblem | null;
  /** Set while the only obstacle is another topic. */
  topicChange: ApiProblem | null;
  checks: CertificateCheck[];
  typed: string;
  setTyped: (typed: string) => void;
  /** The complaint about one field of the body. */
  at: (field: string) => string | null;
  /** Sends what `read` makes of the form, with the typed sentence where one was asked for. */
  submit: (read: (confirmation: string | null) => Promise<UploadPushCertificateBody>) => Promise<void>;
  /** Forgets a refusal: another file was chosen. */
  reset: () => void;
}

/** An upload with its checks and the stop before another topic. */
export function useCertificateUpload(onUploaded: (uploaded: PushCertificateUploaded) => void): CertificateUpload {
  const [reading, setReading] = useState<unknown>(null);
  const [typed, setTyped] = useState("");
  const upload = useUploadPushCertificate();
  const failure: unknown = reading ?? upload.error;
  const problem = failure === null ? null : asProblem(failure);
  const topicChange = problem?.code === "topic-change" ? problem : null;
  return {
    busy: upload.isPending,
    problem,
    topicChange,
    checks: checksOf(problem),
    typed,
    setTyped,
    at: (field) => problem?.at(`/${field}`) ?? null,
    async submit(read) {
      setReading(null);
      const body = await read(topicChange === null ? null : typed).catch(setReading);
      // The form may be gone by then, its request being done.
      if (body !== undefined) await upload.mutateAsync(body).then(onUploaded, () => undefined);
    },
    reset() {
      setReading(null);
      setTyped("");
      upload.reset();
    },
  };
}
