"use client";

import { Eye } from "lucide-react";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { useRevealSecret } from "@/lib/client/mutations/secrets";
import { asProblem } from "@/lib/client/api-problem";
import type { DeviceDto, RevealedSecret } from "@/lib/contracts/devices";
import { secretKindOf } from "@/lib/contracts/secret-kinds";
import { useCountdown } from "@/lib/client/use-countdown";

/** Long enough to read a code over the phone, short enough for a screen that is left alone. */
const SHOWN_SECONDS = 30;

type Secret = DeviceDto["secrets"][number];

/** Asks why, then shows the secret for a while. The audit log has person and reason before anything is shown. */
export function RevealSecret({ deviceId, secret }: { deviceId: string; secret: Secret }) {
  const [open, setOpen] = useState(false);
  const { label } = secretKindOf(secret.kind);
  return (
    <>
      <Button size="small" aria-label={`Reveal ${label}`} onClick={() => setOpen(true)}>
        <Eye aria-hidden />
        Reveal
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={`Reveal ${label}`} description="Who sees it, and why, goes into the audit log.">
        <RevealFlow deviceId={deviceId} secret={secret} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function RevealFlow({ deviceId, secret, onDone }: { deviceId: string; secret: Secret; onDone: () => void }) {
  const [reason, setReason] = useState("");
  const [hidden, setHidden] = useState(false);
  const reveal = useRevealSecret(deviceId, secret.id);
  const problem = reveal.error === null ? null : asProblem(reveal.error);
  const hide = (): void => {
    reveal.reset();
    setHidden(true);
  };
  if (reveal.data !== undefined) return <Revealed secret={reveal.data} onHide={hide} onDone={onDone} />;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setHidden(false);
    reveal.mutate(reason.trim());
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      {hidden && <p role="status" className="text-ink-soft">It was hidden again. Give the reason once more to see it.</p>}
      <Field label="Reason" help="Three characters or more: a ticket, or who asked." error={problem?.at("/reason")}>
        {(control) => <TextInput {...control} value={reason} onChange={(event) => setReason(event.target.value)} minLength={3} maxLength={500} required autoComplete="off" />}
      </Field>
      {problem !== null && !problem.isSaidAt(["/reason"]) && <ProblemNote error={problem} />}
      <Button type="submit" look="primary" busy={reveal.isPending} disabled={reason.trim().length < 3} className="justify-self-end">
        Reveal for {SHOWN_SECONDS} seconds
      </Button>
    </form>
  );
}

function Revealed({ secret, onHide, onDone }: { secret: RevealedSecret; onHide: () => void; onDone: () => void }) {
  const [until] = useState(() => Date.now() + SHOWN_SECONDS * 1000);
  const left = useCountdown(until, onHide);
  const { label, meaning, forPeople } = secretKindOf(secret.kind);
  const readable = forPeople && secret.encoding === "text";
  return (
    <div className="grid gap-4">
      <div className="flex items-start gap-2 rounded-lg border border-line bg-sunken p-3">
        <output aria-label={label} className={readable ? "min-w-0 flex-1 font-mono text-2xl font-semibold tracking-wider break-all" : "max-h-40 min-w-0 flex-1 overflow-auto font-mono text-xs break-all"}>
          {readable ? grouped(secret.value) : secret.value}
        </output>
        <CopyButton text={secret.value} what={label} />
      </div>
      <p className="text-xs text-ink-soft">
        {meaning}
        {secret.encoding === "base64" && " Shown as base64."}
      </p>
      <div className="flex items-center justify-between gap-3">
        <span className="text-xs text-ink-faint tabular-nums">Hidden again in {left} s</span>
        <span className="flex gap-2">
          <Button onClick={onHide}>Hide now</Button>
          <Button look="primary" onClick={onDone}>
            Done
          </Button>
        </span>
      </div>
    </div>
  );
}

/** Digits in groups of three, for reading over the phone; other texts have groups of their own. The gaps are not part of it. */
function grouped(value: string) {
  if (!/^\d{6,}$/.test(value)) return value;
  return value.match(/\d{1,3}/g)?.map((group, index) => (
    <span key={index} className="mr-3 last:mr-0">
      {group}
    </span>
  ));
}
