"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import type { CommandSpec, ParameterSpec } from "@/lib/protocol/commands/command-spec";
import { encodeCommand } from "@/lib/protocol/commands/encode-command";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import { errorMap } from "./error-map";
import { parametersOf, type DraftRecord } from "./parameter-draft";
import { ParameterField } from "./parameter-field";

/** More optional fields than this are folded away. */
const OPTIONAL_IN_SIGHT = 3;

interface Props {
  spec: CommandSpec;
  drafts: DraftRecord;
  onDrafts: (drafts: DraftRecord) => void;
  /** Complaints of the server about this form. */
  serverErrors: ReadonlyMap<string, string>;
  onSubmit: (parameters: Record<string, unknown>) => void;
  /** Goes on as a property list that says the same. */
  onRaw: (plist: string) => void;
  submitWords: string;
  busy: boolean;
}

/** The second step: the parameters, checked here with the server's own table before anything is sent. */
export function FormStep({ spec, drafts, onDrafts, serverErrors, onSubmit, onRaw, submitWords, busy }: Props) {
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const parameters = (): Record<string, unknown> => parametersOf(spec.parameters, drafts);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const encoded = encodeCommand(spec.requestType, parameters());
    setErrors(encoded.ok ? new Map() : errorMap(encoded.errors));
    if (encoded.ok) onSubmit(parameters());
  };
  const asRaw = (): void => {
    const encoded = encodeCommand(spec.requestType, parameters());
    onRaw(writePlist(encoded.ok ? encoded.command : { RequestType: spec.requestType }));
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      <p className="text-ink-soft">{spec.summary}</p>
      <Parameters specs={spec.parameters} drafts={drafts} onDrafts={onDrafts} errors={new Map([...serverErrors, ...errors])} />
      <div className="sticky -bottom-5 -mx-5 -mb-5 flex flex-wrap items-center justify-between gap-2 border-t border-line bg-raised px-5 py-3">
        <Button look="quiet" className="-ml-3.5" onClick={asRaw}>
          Edit as property list
        </Button>
        <Button type="submit" look="primary" busy={busy}>
          {submitWords}
        </Button>
      </div>
    </form>
  );
}

interface ParametersProps {
  specs: readonly ParameterSpec[];
  drafts: DraftRecord;
  onDrafts: (drafts: DraftRecord) => void;
  errors: ReadonlyMap<string, string>;
}

function Parameters({ specs, drafts, onDrafts, errors }: ParametersProps) {
  const optional = specs.filter((spec) => !spec.required);
  const folded = optional.length > OPTIONAL_IN_SIGHT;
  const field = (spec: ParameterSpec) => (
    <ParameterField
      key={spec.name}
      spec={spec}
      draft={drafts[spec.name] ?? null}
      pointer={`/${spec.name}`}
      errors={errors}
      onChange={(draft) => onDrafts({ ...drafts, [spec.name]: draft })}
    />
  );
  const blamed = optional.some((spec) => [...errors.keys()].some((pointer) => pointer.startsWith(`/${spec.name}`)));
  return (
    <>
      {specs.filter((spec) => spec.required).map(field)}
      {!folded && optional.map(field)}
      {folded && (
        <details open={blamed || undefined}>
          <summary className="w-fit rounded font-medium text-ink-soft hover:text-ink">{optional.length} options</summary>
          <div className="mt-4 grid gap-5">{optional.map(field)}</div>
        </details>
      )}
    </>
  );
}
