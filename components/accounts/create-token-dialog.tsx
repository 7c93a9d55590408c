"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { Select } from "@/components/ui/select";
import { asProblem } from "@/lib/client/api-problem";
import { timeAfter } from "@/lib/client/future-time";
import { useCreateApiToken } from "@/lib/client/mutations/accounts";
import type { ApiTokenCreated } from "@/lib/contracts/accounts";
import type { Role } from "@/lib/contracts/words";
import { RoleField } from "./role-field";

const DAY_MS = 24 * 60 * 60 * 1000;
const EXPIRIES = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
  { value: "", label: "Never" },
] as const;

export function CreateTokenDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Create an API token">
      <CreateFlow onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function CreateFlow({ onDone }: { onDone: () => void }) {
  const [created, setCreated] = useState<ApiTokenCreated | null>(null);
  return created === null ? <CreateForm onCreated={setCreated} /> : <TokenShown created={created} onDone={onDone} />;
}

function CreateForm({ onCreated }: { onCreated: (created: ApiTokenCreated) => void }) {
  const [role, setRole] = useState<Role>("viewer");
  const [expiry, setExpiry] = useState("90");
  const create = useCreateApiToken();
  const problem = create.error === null ? null : asProblem(create.error);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name") ?? "");
    const expiresAt = expiry === "" ? {} : { expiresAt: timeAfter(Number(expiry) * DAY_MS) };
    create.mutate({ name, role, ...expiresAt }, { onSuccess: onCreated });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      <Field label="Name" help="What the script is for. The audit log shows it." error={problem?.at("/name")}>
        {(control) => <TextInput {...control} name="name" required maxLength={100} autoFocus placeholder="inventory export" autoComplete="off" />}
      </Field>
      <RoleField role={role} onChange={setRole} error={problem?.at("/role")} />
      <Field label="Expires after" error={problem?.at("/expiresAt")}>
        {(control) => <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full" value={expiry} options={EXPIRIES} onChange={setExpiry} />}
      </Field>
      {problem !== null && <ProblemNote error={problem} />}
      <Button type="submit" look="primary" busy={create.isPending} className="justify-self-end">
        Create token
      </Button>
    </form>
  );
}

function TokenShown({ created, onDone }: { created: ApiTokenCreated; onDone: () => void }) {
  const curl = `curl -H "Authorization: Bearer ${created.token}" ${window.location.origin}/api/v1/me`;
  return (
    <div className="grid gap-4">
      <Note tone="warning" title="Copy it now">
        The token is shown this once. Only its fingerprint is kept here.
      </Note>
      <CodeBlock text={created.token} what="token" />
      <p className="text-ink-soft">Try it:</p>
      <CodeBlock text={curl} what="curl line" />
      <Button look="primary" className="justify-self-end" onClick={onDone}>
        I have copied it
      </Button>
    </div>
  );
}
