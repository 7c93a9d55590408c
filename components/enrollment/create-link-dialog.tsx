"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { asProblem } from "@/lib/client/api-problem";
import { timeAfter } from "@/lib/client/future-time";
import { useCreateLink } from "@/lib/client/mutations/enrollment-links";
import type { EnrollmentLinkDto } from "@/lib/contracts/enrollment-links";

const HOUR_MS = 60 * 60 * 1000;
const EXPIRIES = [
  { value: "1", label: "1 hour", ms: HOUR_MS },
  { value: "24", label: "1 day", ms: 24 * HOUR_MS },
  { value: "168", label: "7 days", ms: 7 * 24 * HOUR_MS },
  { value: "720", label: "30 days", ms: 30 * 24 * HOUR_MS },
  { value: "", label: "Never", ms: null },
] as const;

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
  const [expiry, setExpiry] = useState("168");
  const [reusable, setReusable] = useState(false);
  const [simulated, setSimulated] = useState(false);
  const create = useCreateLink();
  const problem = create.error === null ? null : asProblem(create.error);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const uses = String(form.get("maxUses") ?? "").trim();
    const lifetime = EXPIRIES.find((each) => each.value === expiry)?.ms ?? null;
    const body = {
      name: String(form.get("name") ?? ""),
      reusableProfile: reusable,
      simulated,
      ...(uses === "" ? {} : { maxUses: Number(uses) }),
      ...(lifetime === null ? {} : { expiresAt: timeAfter(lifetime) }),
    };
    create.mutate(body, { onSuccess: onCreated });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      <Field label="Name" help="For you: shown in this list, on each device enrolled through it, and on the page for people." error={problem?.at("/name")}>
        {(control) => <TextInput {...control} name="name" required maxLength={100} autoFocus placeholder="Office iPads" autoComplete="off" />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Expires after" error={problem?.at("/expiresAt")}>
          {(control) => <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full" value={expiry} options={EXPIRIES} onChange={setExpiry} />}
        </Field>
        <Field label="Devices at most" optional={!reusable} error={problem?.at("/maxUses")}>
          {(control) => <TextInput {...control} name="maxUses" type="number" inputMode="numeric" min={1} max={1_000_000} required={reusable} placeholder={reusable ? "" : "No limit"} />}
        </Field>
      </div>
      <Switch
        checked={reusable}
        onChange={setReusable}
        label="Reusable profile"
        help="One downloaded file enrolls many devices, for example from a USB stick or with Apple Configurator."
      />
      {reusable && (
        <Note tone="warning" title="This weakens the link">
          Normally each download carries a challenge that works for one device, once. Here the challenge is shared: anybody who gets hold of the file can enroll until the uses are gone or the link ends. Keep the number small.
        </Note>
      )}
      <Switch checked={simulated} onChange={setSimulated} label="For simulated devices" help="Devices enrolled through it are marked and get the test topic. Not for real hardware." />
      {problem !== null && <ProblemNote error={problem} />}
      <Button type="submit" look="primary" busy={create.isPending} className="justify-self-end">
        Create link
      </Button>
    </form>
  );
}
