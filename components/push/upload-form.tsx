"use client";

import { useState, type FormEvent } from "react";
import { Note } from "@/components/ui/note";
import { usePermission } from "@/lib/client/use-permission";
import type { PushCertificateUploaded } from "@/lib/contracts/push-certificates";
import { AccountField } from "./account-field";
import { keyPairBody, withAccount, type KeyPairKind } from "./key-pair-body";
import { KeyPairFields } from "./key-pair-fields";
import { UploadOutcome } from "./upload-outcome";
import { useCertificateUpload } from "./use-certificate-upload";

const FIELDS = ["/certificatePem", "/privateKeyPem", "/privateKeyPassword", "/pkcs12", "/password", "/appleAccount"];

interface Props {
  renewing: boolean;
  appleAccount: string | null;
  onUploaded: (uploaded: PushCertificateUploaded) => void;
}

/** For people who bring certificate and key: shows every check, and stops hard before a change of topic. */
export function UploadForm({ renewing, appleAccount, onUploaded }: Props) {
  const [kind, setKind] = useState<KeyPairKind>("pem");
  const upload = useCertificateUpload(onUploaded);
  const allowed = usePermission("push:write");
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void upload.submit(async (confirmation) => ({
      ...(await withAccount(form, () => keyPairBody(kind, form))),
      ...(confirmation === null ? {} : { confirmTopicChange: confirmation }),
    }));
  };
  return (
    <form onSubmit={onSubmit} noValidate onChange={({ target }) => upload.problem !== null && (upload.topicChange === null || isFile(target)) && upload.reset()} className="grid grid-cols-1 gap-5">
      {renewing && (
        <Note tone="info" title="Renew, do not create">
          In Apple’s portal choose “Renew” beside the certificate in use, with the same Apple Account. A newly created one has another topic, and every device would have to enroll again.
        </Note>
      )}
      <KeyPairFields kind={kind} onKind={setKind} at={upload.at} certificateHelp="The .pem file that Apple’s portal gave." />
      <AccountField known={appleAccount} error={upload.at("appleAccount")} />
      <UploadOutcome upload={upload} allowed={allowed} saidAt={FIELDS} />
    </form>
  );
}

/** Another file is another topic: what was typed of the one before does not count for it. */
function isFile(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type === "file";
}
