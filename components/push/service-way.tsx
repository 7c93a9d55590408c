"use client";

import { Download } from "lucide-react";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { asProblem, type ApiProblem } from "@/lib/client/api-problem";
import { fileAsBase64 } from "@/lib/client/read-file";
import { saveFile } from "@/lib/client/save-file";
import type { PushCertificateRequestDto } from "@/lib/contracts/push-certificates";
import { CheckTable, checksOf } from "./check-table";
import { FilePick } from "./file-pick";
import { filesOf } from "./key-pair-body";
import { mdmcertLine } from "./mdmcert-request";

export const CSR_FILE = "muster-push.csr";

interface Props {
  request: PushCertificateRequestDto;
  allowed: boolean;
  busy: boolean;
  error: unknown;
  onAnswer: (answer: string) => void;
  onReset: () => void;
}

/** The free service of the MicroMDM community: a request by curl, the answer by mail. */
export function MdmcertWay(props: Props) {
  const [email, setEmail] = useState("");
  const [key, setKey] = useState("");
  const ready = /^[^\s@]+@[^\s@]+$/.test(email.trim()) && key.trim() !== "";
  return (
    <div className="grid gap-4">
      <p className="text-ink-soft">
        mdmcert.download signs for organizations that registered their e-mail address there. Muster never contacts it: you send the request, and the answer comes by mail, encrypted for this server.
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Registered e-mail address">
          {(control) => <TextInput {...control} type="email" value={email} onChange={(event) => setEmail(event.target.value)} autoComplete="off" placeholder="it@example.com" />}
        </Field>
        <Field label="Key of the service" help="The service gives one to each project; ask its maintainers for yours.">
          {(control) => <TextInput {...control} value={key} onChange={(event) => setKey(event.target.value)} autoComplete="off" spellCheck={false} className="font-mono" />}
        </Field>
      </div>
      {ready ? (
        <div className="grid min-w-0 gap-1.5">
          <p className="text-sm font-medium">Run this on any machine with Internet access; it prints “success”</p>
          <CodeBlock text={mdmcertLine(props.request.mdmcertDownload, { email: email.trim(), key: key.trim() })} what="request to mdmcert.download" />
        </div>
      ) : (
        <p className="text-xs text-ink-faint">Fill in both, and the request to send appears here.</p>
      )}
      <AnswerForm {...props} label="File from the mail" help="“mdm_signed_request.….plist.b64.p7”, as it came." />
    </div>
  );
}

/** Whoever else has a vendor certificate and gives back a file for Apple's portal. */
export function ServiceWay(props: Props) {
  return (
    <div className="grid gap-4">
      <p className="text-ink-soft">Give the CSR to whoever signs for you. What comes back is a file for Apple’s portal, perhaps encrypted for this server.</p>
      <div>
        <Button onClick={() => saveFile(CSR_FILE, props.request.csrPem)}>
          <Download aria-hidden />
          Download {CSR_FILE}
        </Button>
      </div>
      <AnswerForm {...props} label="Signed request" help="The file that the service gave back." />
    </div>
  );
}

function AnswerForm({ allowed, busy, error, onAnswer, onReset, label, help }: Props & { label: string; help: string }) {
  const [missing, setMissing] = useState<ApiProblem | null>(null);
  const problem = missing ?? (error === null ? null : asProblem(error));
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    try {
      const [file] = filesOf(new FormData(event.currentTarget), "answer", "/answer");
      void fileAsBase64(file).then(onAnswer);
    } catch (reason) {
      setMissing(asProblem(reason));
    }
  };
  const checks = checksOf(problem);
  return (
    <form onSubmit={onSubmit} className="grid gap-4">
      <FilePick
        name="answer"
        label={label}
        help={help}
        accept=".p7,.b64,.plist,.txt,.csr,.req,.pem"
        error={problem?.at("/answer") ?? null}
        onFiles={() => {
          setMissing(null);
          onReset();
        }}
      />
      {problem !== null && !problem.isSaidAt(["/answer"]) && <ProblemNote error={problem} />}
      {checks.length > 0 && <CheckTable checks={checks} />}
      <Button type="submit" look="primary" className="justify-self-start" busy={busy} disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"}>
        Take the signature
      </Button>
    </form>
  );
}
