"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextArea, TextInput } from "@/components/ui/inputs";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { Skeleton } from "@/components/ui/skeleton";
import { asProblem } from "@/lib/client/api-problem";
import { useLintProfile, useUploadProfile, useUploadVersion } from "@/lib/client/mutations/profiles";
import type { ProfileDto, ProfileLint } from "@/lib/contracts/profiles";
import { hasErrors, LintFindings } from "./lint-findings";
import { ProfileFile, type ChosenFile } from "./profile-file";
import { payloadWords } from "./profile-state";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The profile it becomes a version of; left out, it is a new one. */
  profile?: ProfileDto;
  onSaved: (profile: ProfileDto) => void;
}

/** Takes a file, shows what lint says of it, and only then keeps it. */
export function UploadDialog({ open, onOpenChange, profile, onSaved }: Props) {
  const title = profile === undefined ? "Upload a profile" : `Upload a version of ${profile.name}`;
  const description = profile === undefined ? "Which groups get it is said afterwards." : "Its devices get it in place of the version they have.";
  return (
    <Dialog open={open} onOpenChange={onOpenChange} width="wide" title={title} description={description}>
      <UploadFlow profile={profile ?? null} onSaved={onSaved} />
    </Dialog>
  );
}

function UploadFlow({ profile, onSaved }: { profile: ProfileDto | null; onSaved: (profile: ProfileDto) => void }) {
  const [file, setFile] = useState<ChosenFile | null>(null);
  const lint = useLintProfile();
  const choose = (chosen: ChosenFile): void => {
    setFile(chosen);
    lint.mutate(chosen.base64);
  };
  const problem = lint.error === null ? null : asProblem(lint.error);
  const placed = problem?.at("/content") ?? null;
  return (
    <div className="grid gap-5">
      <ProfileFile chosen={file} error={placed} onChoose={choose} />
      {lint.isPending && <Skeleton className="h-24" />}
      {problem !== null && placed === null && <ProblemNote error={problem} />}
      {lint.data !== undefined && file !== null && !lint.isPending && <Checked key={file.base64.length} lint={lint.data} file={file} profile={profile} onSaved={onSaved} />}
    </div>
  );
}

interface CheckedProps {
  lint: ProfileLint;
  file: ChosenFile;
  profile: ProfileDto | null;
  onSaved: (profile: ProfileDto) => void;
}

/** What the file is, what is wrong with it, and how it is kept. */
function Checked({ lint, file, profile, onSaved }: CheckedProps) {
  const upload = useUploadProfile();
  const version = useUploadVersion();
  const target = profile?.id ?? lint.profileId;
  const error = upload.error ?? version.error;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const said = (name: string): string | undefined => String(fields.get(name) ?? "").trim() || undefined;
    if (target === null) upload.mutate({ content: file.base64, name: said("name"), note: said("note") }, { onSuccess: onSaved });
    else version.mutate({ id: target, content: file.base64 }, { onSuccess: onSaved });
  };
  return (
    <form onSubmit={submit} className="grid gap-5">
      <section aria-label="What it is" className="grid gap-1">
        <p className="font-medium">{lint.displayName ?? lint.identifier ?? "Without a name"}</p>
        <p className="text-ink-soft">
          {payloadWords(lint.payloads) || "No payload"} <code className="text-xs break-all text-ink-faint">{lint.identifier}</code>
        </p>
        {lint.signer !== null && <p className="text-xs text-ink-faint">Signed by {lint.signer}. Devices get it without this signature.</p>}
      </section>
      <LintFindings findings={lint.findings} />
      {hasErrors(lint.findings) && <Note tone="warning">With errors it can be kept to look at, and reaches no device.</Note>}
      {profile === null && lint.profileId !== null && <Note tone="info">The library has a profile of this identifier: this becomes its next version.</Note>}
      {target === null && (
        <>
          <Field label="Name">{(control) => <TextInput {...control} name="name" maxLength={200} defaultValue={(lint.displayName ?? lint.identifier ?? "").slice(0, 200)} autoComplete="off" />}</Field>
          <Field label="Note" optional>
            {(control) => <TextArea {...control} name="note" maxLength={2000} className="min-h-16" />}
          </Field>
        </>
      )}
      {error !== null && <ProblemNote error={error} />}
      <Button type="submit" look="primary" busy={upload.isPending || version.isPending} className="justify-self-end">
        {target === null ? "Save profile" : "Save as a new version"}
      </Button>
    </form>
  );
}
