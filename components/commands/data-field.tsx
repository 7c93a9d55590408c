"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/inputs";
import { fileAsBase64, textAsBase64 } from "@/lib/client/read-file";
import { wordsFromKey } from "@/lib/client/text";
import { isData } from "./parameter-draft";
import type { ParameterProps } from "./parameter-props";

/** Binary data: a file, or text pasted in. */
export function DataField({ spec, draft, onChange, pointer, errors, label }: ParameterProps) {
  const [pasting, setPasting] = useState(false);
  const [text, setText] = useState("");
  const file = isData(draft) && draft.fileName !== null ? draft : null;
  const choose = async (chosen: File | undefined): Promise<void> => {
    onChange(chosen === undefined ? null : { base64: await fileAsBase64(chosen), fileName: chosen.name });
  };
  const type = (next: string): void => {
    setText(next);
    onChange(next === "" ? null : { base64: textAsBase64(next), fileName: null });
  };
  const swap = (): void => {
    setPasting(!pasting);
    setText("");
    onChange(null);
  };
  return (
    <Field label={label ?? wordsFromKey(spec.name)} help={spec.help === "" ? undefined : spec.help} optional={!spec.required} error={errors.get(pointer)}>
      {(control) => (
        <div className="grid gap-2">
          {pasting ? (
            <TextArea {...control} value={text} onChange={(event) => type(event.target.value)} spellCheck={false} className="font-mono text-xs" />
          ) : (
            <input
              {...control}
              type="file"
              onChange={(event) => void choose(event.target.files?.[0])}
              className="w-full rounded-lg border border-line-strong bg-surface text-ink-soft file:mr-3 file:h-9 file:border-0 file:border-r file:border-line-strong file:bg-sunken file:px-3 file:font-medium file:text-ink"
            />
          )}
          <div className="flex items-center justify-between gap-2 text-xs text-ink-faint">
            <span>{file === null ? "" : `${file.fileName}, ${Math.floor((file.base64.length * 3) / 4).toLocaleString()} bytes`}</span>
            <Button look="quiet" size="small" onClick={swap}>
              {pasting ? "Choose a file instead" : "Paste text instead"}
            </Button>
          </div>
        </div>
      )}
    </Field>
  );
}
