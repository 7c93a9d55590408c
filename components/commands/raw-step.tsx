"use client";

import { useState, type FormEvent, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/inputs";
import { readRawCommand } from "@/lib/protocol/commands/encode-command";

interface Props {
  plist: string;
  onPlist: (plist: string) => void;
  serverErrors: ReadonlyMap<string, string>;
  onSubmit: (requestType: string) => void;
  submitWords: string;
  busy: boolean;
  /** When and how it is delivered. */
  children: ReactNode;
}

export const RAW_BEGINNING = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>RequestType</key>
  <string>DeviceInformation</string>
</dict>
</plist>
`;

/** The second step for whoever writes the command by hand. */
export function RawStep({ plist, onPlist, serverErrors, onSubmit, submitWords, busy, children }: Props) {
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const read = readRawCommand(plist);
    setError(read.ok ? null : read.errors.map(({ pointer, detail }) => `${pointer} ${detail}`.trim()).join("; "));
    if (read.ok) onSubmit(read.requestType);
  };
  const fromServer = [...serverErrors].map(([pointer, detail]) => `${pointer} ${detail}`.trim()).join("; ");
  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      <Field
        label="Command"
        help="The command dictionary with its RequestType. Parameters are sent as they stand; a CommandUUID is replaced by ours."
        error={error ?? (fromServer === "" ? null : fromServer)}
      >
        {(control) => (
          <TextArea {...control} value={plist} onChange={(event) => onPlist(event.target.value)} spellCheck={false} autoCapitalize="off" className="min-h-72 font-mono text-xs leading-relaxed" />
        )}
      </Field>
      {children}
      <Button type="submit" look="primary" busy={busy} className="justify-self-end">
        {submitWords}
      </Button>
    </form>
  );
}
