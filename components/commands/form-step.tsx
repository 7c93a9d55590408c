"use client";

import { useMemo, useState, type FormEvent, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { Switch } from "@/components/ui/switch";
import type { CommandSpec, ParameterSpec } from "@/lib/protocol/commands/command-spec";
import { encodeCommand, readRawCommand, type EncodedCommand, type RawCommand } from "@/lib/protocol/commands/encode-command";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { errorMap } from "./error-map";
import { parametersOf, type DraftRecord } from "./parameter-draft";
import { ParameterField } from "./parameter-field";
import { PreviewPane, problemOf } from "./preview-pane";
import type { Verdict } from "./verdict";

/** More optional fields than this are folded away. */
const OPTIONAL_IN_SIGHT = 3;

interface Props {
  spec: CommandSpec;
  drafts: DraftRecord;
  onDrafts: (drafts: DraftRecord) => void;
  /** Complaints of the server about this form. */
  serverErrors: ReadonlyMap<string, string>;
  onSubmit: (parameters: Record<string, unknown>) => void;
  /** The property list changed by hand, which then counts instead of the form; null while the form holds. */
  edited: string | null;
  onEdited: (edited: string | null) => void;
  onSubmitEdited: (plist: string) => void;
  submitWords: string;
  busy: boolean;
  /** Whether the target takes it, as far as it is filled in. */
  judge: (command: PlistDictionary | null) => Verdict;
  /** Sent although reasons speak against it. */
  override: boolean;
  onOverride: (override: boolean) => void;
  /** When and how it is delivered. */
  children: ReactNode;
}

/** The second step: the parameters, checked here with the server's own table before anything is sent, beside what they make. */
export function FormStep({ spec, drafts, onDrafts, serverErrors, onSubmit, edited, onEdited, onSubmitEdited, submitWords, busy, judge, override, onOverride, children }: Props) {
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const parameters = useMemo(() => parametersOf(spec.parameters, drafts), [spec, drafts]);
  const now = useMemo(() => encodeCommand(spec.requestType, parameters), [spec, parameters]);
  const read = useMemo(() => (edited === null ? null : readRawCommand(edited)), [edited]);
  const verdict = judge(commandOf(read ?? now));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (edited !== null) return problemOf(spec, read) === null ? onSubmitEdited(edited) : undefined;
    setErrors(now.ok ? new Map() : errorMap(now.errors));
    if (now.ok) onSubmit(parameters);
  };
  const complaints = [...serverErrors].map(([pointer, detail]) => `${pointer} ${detail}`.trim()).join("; ");
  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      <p className="text-ink-soft">{spec.summary}</p>
      {verdict.sendable !== "yes" && <Doubts verdict={verdict} override={override} onOverride={onOverride} />}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,25rem)]">
        <div className="grid min-w-0 gap-5">
          {edited === null && <Parameters specs={spec.parameters} drafts={drafts} onDrafts={onDrafts} errors={new Map([...serverErrors, ...errors])} />}
          {edited === null && spec.parameters.length === 0 && <p className="text-ink-faint">This command takes no parameters.</p>}
          {edited !== null && <Note tone="info" title="The property list was changed by hand">It is sent as it stands; the form no longer counts.</Note>}
          {children}
        </div>
        <PreviewPane spec={spec} encoded={now} edited={edited} read={read} onEdited={onEdited} serverError={edited === null || complaints === "" ? null : complaints} />
      </div>
      <div className="sticky -bottom-5 -mx-5 -mb-5 flex flex-wrap items-center justify-end gap-2 border-t border-line bg-raised px-5 py-3">
        <Button type="submit" look="primary" busy={busy} disabled={verdict.sendable === "no" || (verdict.sendable === "override" && !override)}>
          {submitWords}
        </Button>
      </div>
    </form>
  );
}

function commandOf(read: EncodedCommand | RawCommand): PlistDictionary | null {
  return read.ok ? read.command : null;
}

/** Why the device would not take it, and the way past that where there is one. */
function Doubts({ verdict, override, onOverride }: { verdict: Verdict; override: boolean; onOverride: (override: boolean) => void }) {
  return (
    <Note tone="warning" title={verdict.sendable === "no" ? "It cannot be sent like this" : "This device would probably refuse it"}>
      <ul className={verdict.reasons.length > 1 ? "list-disc pl-4" : ""}>
        {verdict.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {verdict.sendable === "override" && (
        <div className="mt-3">
          <Switch checked={override} onChange={onOverride} label="Send it anyway" help="What is known here may be out of date; the device decides. The command is marked as overridden." />
        </div>
      )}
    </Note>
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
          <summary className="roomy w-fit rounded font-medium text-ink-soft hover:text-ink">{optional.length} options</summary>
          <div className="mt-4 grid gap-5">{optional.map(field)}</div>
        </details>
      )}
    </>
  );
}
