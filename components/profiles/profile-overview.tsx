"use client";

import { Pencil } from "lucide-react";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextArea, TextInput } from "@/components/ui/inputs";
import { KeyValues } from "@/components/ui/key-values";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { asProblem } from "@/lib/client/api-problem";
import { useChangeProfile } from "@/lib/client/mutations/profiles";
import { usePermission } from "@/lib/client/use-permission";
import type { ProfileDto } from "@/lib/contracts/profiles";
import { hasErrors, LintFindings } from "./lint-findings";
import { payloadWords, StateCounts } from "./profile-state";

/** What a profile is, and what lint says of the version that devices get. */
export function ProfileOverview({ profile }: { profile: ProfileDto }) {
  const { current } = profile;
  return (
    <div className="grid gap-4">
      {hasErrors(current.findings) && <Note tone="bad" title="It reaches no device">Lint has found errors. Upload a version without them.</Note>}
      <Card flush title="Profile" aside={<EditWords profile={profile} />}>
        <KeyValues
          items={[
            { key: "Payloads", value: payloadWords(current.payloads) || "–" },
            { key: "Devices", value: <StateCounts states={profile.states} /> },
            { key: "Variables", value: current.variables.length === 0 ? "None" : <code className="text-xs">{current.variables.map((name) => `$MUSTER_${name}`).join(", ")}</code> },
            { key: "File was signed by", value: current.signer ?? "Nobody" },
            { key: "Version", value: <>{current.number}, uploaded <RelativeTime at={current.createdAt} /> by {current.createdBy.replace(/^\w+:/, "")}</> },
            { key: "Note", value: profile.note === "" ? <span className="text-ink-faint">–</span> : <span className="whitespace-pre-wrap">{profile.note}</span> },
          ]}
        />
      </Card>
      <Card title="Lint" aside={<span>version {current.number}</span>}>
        <LintFindings findings={current.findings} />
      </Card>
    </div>
  );
}

function EditWords({ profile }: { profile: ProfileDto }) {
  const [open, setOpen] = useState(false);
  const allowed = usePermission("profile:write");
  return (
    <>
      <Button size="small" look="quiet" disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={() => setOpen(true)}>
        <Pencil aria-hidden />
        Edit
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="Name and note">
        <WordsForm profile={profile} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function WordsForm({ profile, onDone }: { profile: ProfileDto; onDone: () => void }) {
  const change = useChangeProfile(profile.id);
  const problem = change.error === null ? null : asProblem(change.error);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    change.mutate({ name: String(fields.get("name") ?? ""), note: String(fields.get("note") ?? "") }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className="grid gap-5">
      <Field label="Name" error={problem?.at("/name")}>
        {(control) => <TextInput {...control} name="name" required maxLength={200} defaultValue={profile.name} autoComplete="off" />}
      </Field>
      <Field label="Note" optional error={problem?.at("/note")}>
        {(control) => <TextArea {...control} name="note" maxLength={2000} defaultValue={profile.note} />}
      </Field>
      {problem !== null && !problem.isSaidAt(["/name", "/note"]) && <ProblemNote error={problem} />}
      <Button type="submit" look="primary" busy={change.isPending} className="justify-self-end">
        Save
      </Button>
    </form>
  );
}
