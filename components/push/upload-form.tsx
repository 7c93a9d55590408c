"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { Tabs } from "@/components/ui/tabs";
import { asProblem } from "@/lib/client/api-problem";
import { useUploadPushCertificate } from "@/lib/client/mutations/push-certificates";
import { usePermission } from "@/lib/client/use-permission";
import { CheckTable, checksOf } from "./check-table";
import { FilePick } from "./file-pick";
import { TopicChangeStop } from "./topic-change-stop";
import { uploadBody, type UploadKind } from "./upload-body";

const FIELDS = ["/certificatePem", "/privateKeyPem", "/pkcs12", "/password", "/appleAccount"];

/** Takes a certificate with its key, shows every check, and stops hard before a change of topic. */
export function UploadForm({ renewing }: { renewing: boolean }) {
  const [kind, setKind] = useState<UploadKind>("pem");
  const [reading, setReading] = useState<unknown>(null);
  const [typed, setTyped] = useState("");
  const upload = useUploadPushCertificate();
  const allowed = usePermission("push:write");
  const failure: unknown = reading ?? upload.error;
  const problem = failure === null ? null : asProblem(failure);
  const topicChange = problem?.code === "topic-change" ? problem : null;
  const checks = upload.data?.checks ?? checksOf(problem);

  const submit = async (form: HTMLFormElement): Promise<void> => {
    setReading(null);
    try {
      const body = await uploadBody(kind, new FormData(form), topicChange === null ? null : typed);
      upload.mutate(body, { onSuccess: () => { form.reset(); setTyped(""); } });
    } catch (error) {
      setReading(error);
    }
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void submit(event.currentTarget);
  };
  const at = (name: string): string | null => problem?.at(`/${name}`) ?? null;

  return (
    <Card title={renewing ? "Upload the renewed certificate" : "Upload a push certificate"}>
      <form onSubmit={onSubmit} onChange={() => topicChange === null && upload.error !== null && upload.reset()} className="grid gap-5">
        {renewing && (
          <Note tone="info" title="Renew, do not create">
            In Apple’s portal choose “Renew” beside the certificate in use, with the same Apple Account. A newly created one has another topic, and every device would have to enroll again.
          </Note>
        )}
        <Tabs
          label="Kind of file"
          value={kind}
          onChange={(value) => setKind(value === "p12" ? "p12" : "pem")}
          tabs={[
            { value: "pem", label: "PEM files", content: <PemFields certificateError={at("certificatePem")} keyError={at("privateKeyPem")} /> },
            { value: "p12", label: "PKCS #12 file", content: <Pkcs12Fields fileError={at("pkcs12")} passwordError={at("password")} /> },
          ]}
        />
        <Field label="Apple Account" optional help="The account used in Apple’s portal. Whoever renews the certificate next year will look for it." error={at("appleAccount")}>
          {(control) => <TextInput {...control} name="appleAccount" maxLength={200} autoComplete="off" />}
        </Field>
        {topicChange !== null && <TopicChangeStop problem={topicChange} typed={typed} onTyped={setTyped} />}
        {problem !== null && topicChange === null && !problem.isSaidAt(FIELDS) && <ProblemNote error={problem} />}
        {upload.isSuccess && (
          <div role="status">
            <Note tone="good" title="The certificate is in use">
              Topic <code className="text-xs break-all">{upload.data.topic}</code>
            </Note>
          </div>
        )}
        {checks.length > 0 && <CheckTable checks={checks} />}
        <div className="flex items-center gap-3">
          <Button type="submit" look={topicChange === null ? "primary" : "danger"} busy={upload.isPending} disabled={!allowed}>
            {topicChange === null ? "Check and upload" : "Change the topic"}
          </Button>
          {!allowed && <span className="text-xs text-ink-faint">Needs the role Owner</span>}
        </div>
      </form>
    </Card>
  );
}

function PemFields({ certificateError, keyError }: { certificateError: string | null; keyError: string | null }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <FilePick name="certificate" label="Certificate" help="The .pem file that Apple’s portal gave." accept=".pem,.cer,.crt,.txt" error={certificateError} />
      <FilePick name="privateKey" label="Private key" help="The key the request was made with, unencrypted PEM." accept=".pem,.key,.txt" error={keyError} />
    </div>
  );
}

function Pkcs12Fields({ fileError, passwordError }: { fileError: string | null; passwordError: string | null }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <FilePick name="pkcs12" label="PKCS #12 file" help="Certificate and key in one .p12 or .pfx file." accept=".p12,.pfx" error={fileError} />
      <Field label="Password of the file" error={passwordError}>
        {(control) => <TextInput {...control} name="password" type="password" autoComplete="off" />}
      </Field>
    </div>
  );
}
