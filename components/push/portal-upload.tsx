"use client";

import type { FormEvent } from "react";
import { filesAsPem } from "@/lib/client/read-file";
import { usePermission } from "@/lib/client/use-permission";
import type { PushCertificateUploaded } from "@/lib/contracts/push-certificates";
import { AccountField } from "./account-field";
import { FilePick } from "./file-pick";
import { filesOf, withAccount } from "./key-pair-body";
import { UploadOutcome } from "./upload-outcome";
import { useCertificateUpload } from "./use-certificate-upload";

const FIELDS = ["/certificatePem", "/appleAccount"];

/** Takes what Apple's portal gave; its key waits here. */
export function PortalUpload({ appleAccount, onUploaded }: { appleAccount: string | null; onUploaded: (uploaded: PushCertificateUploaded) => void }) {
  const upload = useCertificateUpload(onUploaded);
  const allowed = usePermission("push:write");
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void upload.submit(async (confirmation) => ({
      ...(await withAccount(form, async () => ({ certificatePem: await filesAsPem(filesOf(form, "certificate", "/certificatePem")) }))),
      ...(confirmation === null ? {} : { confirmTopicChange: confirmation }),
    }));
  };
  return (
    <form onSubmit={onSubmit} noValidate className="grid grid-cols-1 gap-4 text-ink">
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <FilePick name="certificate" label="Certificate" help="“MDM_ …_Certificate.pem”, as downloaded." accept=".pem,.cer,.crt,.txt" error={upload.at("certificatePem")} onFiles={upload.reset} />
        <AccountField known={appleAccount} error={upload.at("appleAccount")} />
      </div>
      <UploadOutcome upload={upload} allowed={allowed} saidAt={FIELDS} />
    </form>
  );
}
