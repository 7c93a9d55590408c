"use client";

import { FileUp } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/inputs";
import { fileAsBase64, textAsBase64 } from "@/lib/client/read-file";
import { LARGEST_PROFILE } from "@/lib/contracts/profiles";

/** A chosen file, or text that was pasted, in base64. */
export interface ChosenFile {
  name: string | null;
  base64: string;
}

interface Props {
  chosen: ChosenFile | null;
  error: string | null;
  onChoose: (file: ChosenFile) => void;
}

/** A .mobileconfig file: dropped, picked, or pasted. */
export function ProfileFile({ chosen, error, onChoose }: Props) {
  const [pasting, setPasting] = useState(false);
  const [text, setText] = useState("");
  const [over, setOver] = useState(false);
  const [dropped, setDropped] = useState(false);
  const [tooLarge, setTooLarge] = useState(false);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setTooLarge(file.size > LARGEST_PROFILE);
    if (file.size <= LARGEST_PROFILE) onChoose({ name: file.name, base64: await fileAsBase64(file) });
  };
  const swap = (
    <Button look="quiet" size="small" onClick={() => setPasting(!pasting)}>
      {pasting ? "Choose a file instead" : "Paste XML instead"}
    </Button>
  );
  const said = tooLarge ? "At most 2 MiB are taken." : error;
  if (pasting) {
    return (
      <div className="grid gap-2">
        <Field label="Property list" error={said}>
          {(control) => <TextArea {...control} value={text} onChange={(event) => setText(event.target.value)} spellCheck={false} autoFocus className="min-h-40 font-mono text-xs" />}
        </Field>
        <div className="flex justify-between gap-2">
          {swap}
          <Button size="small" disabled={text.trim() === ""} onClick={() => onChoose({ name: null, base64: textAsBase64(text.trim()) })}>
            Check it
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="grid gap-2">
      <Field label="Profile" help="A .mobileconfig file, plain or signed, up to 2 MiB." error={said}>
        {(control) => (
          <div
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
              event.preventDefault();
              setOver(false);
              setDropped(true);
              void take(event.dataTransfer.files[0]);
            }}
            className={classNames("grid justify-items-center gap-3 rounded-xl border border-dashed p-6 text-center", over ? "border-accent bg-hover" : "border-line-strong bg-sunken")}
          >
            <FileUp aria-hidden className="size-6 text-ink-faint" />
            <span className="max-w-full truncate text-ink-soft">{(dropped ? chosen?.name : null) ?? "Drop a file here, or choose one"}</span>
            <input
              {...control}
              type="file"
              accept=".mobileconfig,.plist,.xml,application/x-apple-aspen-config"
              onChange={(event) => {
                setDropped(false);
                void take(event.target.files?.[0]);
              }}
              className="w-full max-w-xs rounded-lg border border-line-strong bg-surface text-ink-soft file:mr-3 file:h-9 file:border-0 file:border-r file:border-line-strong file:bg-sunken file:px-3 file:font-medium file:text-ink"
            />
          </div>
        )}
      </Field>
      <div className="flex justify-end">{swap}</div>
    </div>
  );
}
