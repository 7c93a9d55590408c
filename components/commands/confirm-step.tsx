"use client";

import { useState, type FormEvent, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { TypedConfirmation, typedMatches } from "@/components/ui/typed-confirmation";
import type { CommandSpec } from "@/lib/protocol/commands/command-spec";
import { confirmationOf, targetWords, type SendTarget } from "./send-target";

const TONES = { none: "info", confirm: "warning", serial: "bad" } as const;

interface Props {
  target: SendTarget;
  /** Who of many can take it. */
  review: ReactNode;
  /** How many those are; null for one device, undefined until they are counted. */
  eligible: number | null | undefined;
  title: string;
  summary: string;
  /** When it goes out and when it expires, in words. */
  delivery: string;
  danger: CommandSpec["danger"];
  busy: boolean;
  onBack: () => void;
  onConfirm: () => void;
}

/** The stop before a command that people would miss if it came by mistake. */
export function ConfirmStep({ target, review, eligible, title, summary, delivery, danger, busy, onBack, onConfirm }: Props) {
  const [typed, setTyped] = useState("");
  const { what, word } = confirmationOf(target, eligible ?? null);
  const counted = eligible !== undefined && eligible !== 0;
  const ready = counted && (danger !== "serial" || typedMatches(typed, word));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) onConfirm();
  };
  return (
    <form onSubmit={submit} className="grid gap-5">
      <Note tone={TONES[danger]} title={`${title} on ${targetWords(target)}`}>
        <p>{summary}</p>
        <p className="mt-1">Goes out {delivery}.</p>
        {target.kind === "many" && <p className="mt-1">The devices are fixed now: who joins later does not get it. Devices that cannot take it are left out and listed.</p>}
      </Note>
      {review}
      {counted && danger === "serial" && <TypedConfirmation what={what} word={word} typed={typed} onChange={setTyped} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onBack}>Back</Button>
        <Button type="submit" look={danger === "serial" ? "danger" : "primary"} busy={busy} disabled={!ready} autoFocus={danger !== "serial"}>
          Send: {title}
        </Button>
      </div>
    </form>
  );
}
