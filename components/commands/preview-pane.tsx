"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/inputs";
import type { CommandSpec } from "@/lib/protocol/commands/command-spec";
import type { EncodedCommand, RawCommand } from "@/lib/protocol/commands/encode-command";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import { previewOf } from "./plist-preview";

interface Props {
  spec: CommandSpec;
  /** The form as a command, or what is still wrong with it. */
  encoded: EncodedCommand;
  /** The property list changed by hand; null while the form holds. */
  edited: string | null;
  /** That text, read. */
  read: RawCommand | null;
  onEdited: (edited: string | null) => void;
  serverError: string | null;
}

/** The property list that will be sent, beside the form and always up to date; or changed by hand, and then the form rests. */
export function PreviewPane({ spec, encoded, edited, read, onEdited, serverError }: Props) {
  // On a narrow screen it stands below the form and would only push the buttons away.
  const [open, setOpen] = useState(() => window.matchMedia("(min-width: 64rem)").matches);
  const edit = (): void => onEdited(writePlist(encoded.ok ? encoded.command : { RequestType: spec.requestType }));
  return (
    <details open={open || edited !== null} onToggle={(event) => setOpen(event.currentTarget.open)} className="min-w-0 self-start rounded-lg border border-line lg:sticky lg:top-0">
      <summary className="rounded-lg px-3 py-2.5">
        <span className="font-medium">Property list</span> <span className="text-ink-soft">{edited === null ? "as it will be sent" : "changed by hand"}</span>
      </summary>
      <div className="grid gap-2 px-3 pb-3">
        {edited === null ? <Preview spec={spec} encoded={encoded} /> : <Editor edited={edited} error={serverError ?? problemOf(spec, read)} onEdited={onEdited} />}
        <Button size="small" className="justify-self-start" onClick={() => (edited === null ? edit() : onEdited(null))}>
          {edited === null ? "Edit by hand" : "Back to the form"}
        </Button>
      </div>
    </details>
  );
}

function Preview({ spec, encoded }: Pick<Props, "spec" | "encoded">) {
  if (encoded.ok) {
    return (
      <pre tabIndex={0} role="region" aria-label="Preview of the property list" className="max-h-[26rem] min-w-0 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs leading-relaxed">
        {previewOf(spec, encoded.command)}
      </pre>
    );
  }
  return (
    <div role="region" aria-label="Preview of the property list" className="rounded-md bg-sunken p-3 text-xs text-ink-soft">
      <p>Not complete yet:</p>
      <ul className="mt-1 list-disc pl-4">
        {encoded.errors.map(({ pointer, detail }) => (
          <li key={`${pointer} ${detail}`}>
            <code>{pointer === "" ? "/" : pointer}</code> {detail}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Editor({ edited, error, onEdited }: { edited: string; error: string | null; onEdited: (text: string) => void }) {
  return (
    <Field label="Property list" help="Sent as it stands, with a CommandUUID of ours. Going back to the form drops these changes." error={error}>
      {(control) => (
        <TextArea {...control} value={edited} onChange={(event) => onEdited(event.target.value)} spellCheck={false} autoCapitalize="off" className="min-h-72 font-mono text-xs leading-relaxed" />
      )}
    </Field>
  );
}

/** Why the text cannot be sent as this command; null when it can. */
export function problemOf(spec: CommandSpec, read: RawCommand | null): string | null {
  if (read === null) return null;
  if (!read.ok) return read.errors.map(({ pointer, detail }) => `${pointer} ${detail}`.trim()).join("; ");
  return read.requestType === spec.requestType ? null : `says ${read.requestType}: choose that command, or a raw property list, instead`;
}
