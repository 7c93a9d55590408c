"use client";

import { Download } from "lucide-react";
import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FilePick } from "@/components/push/file-pick";
import { TextInput } from "@/components/ui/inputs";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { Steps, type Step } from "@/components/ui/steps";
import { asProblem, type ApiProblem } from "@/lib/client/api-problem";
import { useCreateAdeServer, usePutServerToken } from "@/lib/client/mutations/ade";
import { fileAsBase64 } from "@/lib/client/read-file";
import type { AdeServerDto } from "@/lib/contracts/ade";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Null: a new one. */
  server: AdeServerDto | null;
}

/** Three steps to a connected account; with a server that is there, the last two renew its token. */
export function ServerWizard({ open, onOpenChange, server }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={server === null ? "Connect an account" : `Server token of ${server.name}`}
      description="Apple Business Manager and Apple School Manager hand out a server token, which lasts a year."
    >
      <Wizard server={server} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function Wizard({ server: given, onDone }: { server: AdeServerDto | null; onDone: () => void }) {
  const [made, setMade] = useState<AdeServerDto | null>(null);
  const [downloaded, setDownloaded] = useState(false);
  const server = given ?? made;
  const renewing = server !== null && server.token !== null;
  const steps: Step[] = [
    ...(given === null ? [{ key: "name", title: "Name this connection", state: server === null ? ("now" as const) : ("done" as const), detail: server === null ? <NameForm onMade={setMade} /> : server.name }] : []),
    {
      key: "portal",
      title: renewing ? "Download a new token in the portal" : "Give our certificate to the portal",
      state: server === null ? "waiting" : downloaded ? "done" : "now",
      detail: server === null ? null : <PortalStep server={server} renewing={renewing} onDownload={() => setDownloaded(true)} />,
    },
    { key: "token", title: "Upload the token", state: server === null ? "waiting" : "now", detail: server === null ? null : <TokenForm server={server} onDone={onDone} /> },
  ];
  return <Steps steps={steps} />;
}

function NameForm({ onMade }: { onMade: (server: AdeServerDto) => void }) {
  const create = useCreateAdeServer();
  const problem = create.error === null ? null : asProblem(create.error);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    create.mutate({ name: String(new FormData(event.currentTarget).get("name") ?? "") }, { onSuccess: onMade });
  };
  return (
    <form onSubmit={onSubmit} className="mt-2 grid gap-3">
      <Field label="Name" help="For you, for example the name of the account." error={problem?.at("/name")}>
        {(control) => <TextInput {...control} name="name" required maxLength={100} autoFocus placeholder="School Manager" autoComplete="off" />}
      </Field>
      {problem !== null && !problem.isSaidAt(["/name"]) && <ProblemNote error={problem} />}
      <Button type="submit" look="primary" busy={create.isPending} className="justify-self-end">
        Make the certificate
      </Button>
    </form>
  );
}

function PortalStep({ server, renewing, onDownload }: { server: AdeServerDto; renewing: boolean; onDownload: () => void }) {
  const href = `data:application/x-pem-file;charset=utf-8,${encodeURIComponent(server.certificatePem)}`;
  return (
    <div className="mt-1 grid gap-3">
      <ol className="list-decimal space-y-1 pl-5">
        {!renewing && <li>Download the certificate below.</li>}
        <li>
          Sign in to <span className="font-medium">business.apple.com</span> or <span className="font-medium">school.apple.com</span>, open your settings and the list of MDM servers.
        </li>
        <li>{renewing ? "Choose the server and download its token again. The certificate stays the same." : "Add an MDM server, upload the certificate, save, and download the server token (.p7m)."}</li>
        {!renewing && <li>Assign devices to that server.</li>}
      </ol>
      <Button asChild look={renewing ? "secondary" : "primary"} className="justify-self-start">
        <a href={href} download={`${server.name.replaceAll(/[^\w-]+/g, "-")}.pem`} onClick={onDownload}>
          <Download aria-hidden />
          Download the certificate
        </a>
      </Button>
    </div>
  );
}

function TokenForm({ server, onDone }: { server: AdeServerDto; onDone: () => void }) {
  const upload = usePutServerToken(server.id);
  const problem = upload.error === null ? null : asProblem(upload.error);
  const change = problem?.code === "account-change" ? problem : null;
  const submit = async (form: HTMLFormElement): Promise<void> => {
    const file = new FormData(form).get("token");
    if (!(file instanceof File) || file.size === 0) return;
    upload.mutate(
      { token: await fileAsBase64(file), confirmAccountChange: change !== null },
      {
        onSuccess: (updated) => {
          toast(`Connected to ${updated.account?.organization ?? updated.name}`);
          onDone();
        },
      },
    );
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void submit(event.currentTarget);
  };
  return (
    <form onSubmit={onSubmit} className="mt-2 grid gap-3">
      <FilePick name="token" label="Server token" help="The .p7m file, as it was downloaded." accept=".p7m,.txt" error={problem?.at("/token") ?? null} />
      {change !== null && <AccountChange problem={change} />}
      {problem !== null && change === null && !problem.isSaidAt(["/token"]) && <ProblemNote error={problem} />}
      <Button type="submit" look={change === null ? "primary" : "danger"} busy={upload.isPending} className="justify-self-end">
        {change === null ? "Upload the token" : "Use the other account"}
      </Button>
    </form>
  );
}

function AccountChange({ problem }: { problem: ApiProblem }) {
  const name = (key: "before" | "after"): string => {
    const { organization, serverName } = (problem.meta[key] ?? {}) as { organization?: string | null; serverName?: string | null };
    return [organization, serverName].filter((part) => part).join(", ") || "an unnamed account";
  };
  return (
    <Note tone="bad" title="This is another account or server">
      Until now it was <span className="font-medium">{name("before")}</span>, the token is of <span className="font-medium">{name("after")}</span>. Its devices would take the place of those in the list.
    </Note>
  );
}
