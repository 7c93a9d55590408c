"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { TypedConfirmation, typedMatches } from "@/components/ui/typed-confirmation";
import type { DeviceDto } from "@/lib/contracts/devices";
import type { CommandSpec } from "@/lib/protocol/commands/command-spec";

interface Props {
  device: DeviceDto;
  title: string;
  summary: string;
  danger: CommandSpec["danger"];
  busy: boolean;
  onBack: () => void;
  onConfirm: () => void;
}

/** The stop before a command that people would miss if it came by mistake. */
export function ConfirmStep({ device, title, summary, danger, busy, onBack, onConfirm }: Props) {
  const [typed, setTyped] = useState("");
  const name = device.name ?? device.serialNumber ?? "this device";
  const word = device.serialNumber ?? name;
  const ready = danger !== "serial" || typedMatches(typed, word);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) onConfirm();
  };
  return (
    <form onSubmit={submit} className="grid gap-5">
      <Note tone={danger === "serial" ? "bad" : "warning"} title={`${title} on ${name}`}>
        {summary}
      </Note>
      {danger === "serial" && (
        <TypedConfirmation what={device.serialNumber === null ? "the name" : "the serial number"} word={word} typed={typed} onChange={setTyped} />
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onBack}>Back</Button>
        <Button type="submit" look={danger === "serial" ? "danger" : "primary"} busy={busy} disabled={!ready}>
          Send: {title}
        </Button>
      </div>
    </form>
  );
}
