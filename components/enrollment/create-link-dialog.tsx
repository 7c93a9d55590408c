"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { Select } from "@/components/ui/select";
import { asProblem } from "@/lib/client/api-problem";
import { useCreateLink } from "@/lib/client/mutations/enrollment-links";
import type { EnrollmentLinkDto } from "@/lib/contracts/enrollment-links";
import { GroupChoice } from "./group-choice";
import { bodyOfDraft, EXPIRIES, NEW_LINK, type LinkDraft } from "./link-draft";
import { LinkMoreFields } from "./link-more-fields";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (link: EnrollmentLinkDto) => void;
}

export function CreateLinkDialog({ open, onOpenChange, onCreated }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Create an enrollment link" description="A page for people, with a QR code, and the profile itself.">
      <CreateForm onCreated={onCreated} />
    </Dialog>
  );
}

function CreateForm({ onCreated }: { onCreated: (link: EnrollmentLinkDto) => void }) {
  const [draft, setDraft] = useState<LinkDraft>(NEW_LINK);
  const create = useCreateLink();
  const problem = create.error === null ? null : asProblem(create.error);
  const change = (part: Partial<LinkDraft>): void => setDraft((known) => ({ ...known, ...part }));
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    create.mutate(bodyOfDraft(draft), { onSuccess: onCreated });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      <Field label="Name" help="For you: shown in this list, on each device enrolled through it, and on the page for people." error={problem?.at("/name")}>
        {(control) => <TextInput {...control} value={draft.name} onChange={(event) => change({ name: event.target.value })} required maxLength={100} autoFocus placeholder="Office iPads" autoComplete="off" />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Expires after" error={problem?.at("/expiresAt")}>
          {(control) => <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full" value={draft.expiry} options={EXPIRIES} onChange={(expiry) => change({ expiry })} />}
        </Field>
        <Field label="Devices at most" optional={!draft.reusable} error={problem?.at("/maxUses")}>
          {(control) => (
            <TextInput {...control} value={draft.maxUses} onChange={(event) => change({ maxUses: event.target.value })} type="number" inputMode="numeric" min={1} max={1_000_000} required={draft.reusable} placeholder={draft.reusable ? "" : "No limit"} />
          )}
        </Field>
        <GroupChoice value={draft.groupId} onChange={(groupId) => change({ groupId })} error={problem?.at("/groupId")} />
        <Field label="Owner" optional error={problem?.at("/owner")}>
          {(control) => <TextInput {...control} value={draft.owner} onChange={(event) => change({ owner: event.target.value })} maxLength={200} placeholder="The person its devices are for" autoComplete="off" />}
        </Field>
      </div>
      <LinkMoreFields draft={draft} onChange={change} problem={problem} />
      {problem !== null && <ProblemNote error={problem} />}
      <Button type="submit" look="primary" busy={create.isPending} className="justify-self-end">
        Create link
      </Button>
    </form>
  );
}
