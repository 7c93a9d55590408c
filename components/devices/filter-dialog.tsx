"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { Select, type SelectOption } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { linkQueries } from "@/lib/client/queries/enrollment-links";
import { groupQueries } from "@/lib/client/queries/groups";
import { CONDITIONS, wordsOfCondition, type FilterField } from "@/lib/contracts/device-conditions";
import type { DeviceFilter } from "@/lib/contracts/device-filter";
import { FIELD_LABELS } from "@/lib/contracts/device-filter-words";
import { FILTER_KINDS, only, type FilterKind } from "./filter-fields";

interface Props {
  kind: FilterKind;
  filter: DeviceFilter;
  onApply: (part: DeviceFilter) => void;
  onClose: () => void;
}

/** One condition: an operator and a value. */
export function FilterDialog({ kind, filter, onApply, onClose }: Props) {
  const title = FILTER_KINDS[kind].label;
  const apply = (part: DeviceFilter): void => onApply(only(kind, part));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Filter by ${title.toLowerCase().replace("os", "OS")}`}>
      <Editor kind={kind} filter={filter} onApply={apply} />
    </Dialog>
  );
}

type EditorProps = Omit<Props, "onClose">;

function Editor(props: EditorProps) {
  const [field] = FILTER_KINDS[props.kind].fields;
  switch (props.kind) {
    case "state":
    case "platform":
    case "push":
    case "commands":
    case "profiles":
      return <WordsEditor {...props} field={field} />;
    case "os":
      return <TextEditor {...props} operators={[["osVersion", "is"], ["osAtLeast", "is at least"], ["osBelow", "is below"]]} label="Version" placeholder="18.2" suffix="" initial="osAtLeast" />;
    case "contact":
      return <TextEditor {...props} operators={[["silentFor", "is more than … ago"], ["seenWithin", "is within"]]} label="Days" placeholder="7" suffix="d" initial="silentFor" />;
    case "identity":
      return <TextEditor {...props} operators={[["identityEndsWithin", "ends within"]]} label="Days" placeholder="30" suffix="d" initial="identityEndsWithin" />;
    case "group":
    case "link":
      return <ReferenceEditor {...props} field={field} />;
    default:
      return <FlagEditor {...props} field={field} />;
  }
}

function Frame({ ready, onSubmit, children }: { ready: boolean; onSubmit: () => void; children: ReactNode }) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) onSubmit();
  };
  return (
    <form onSubmit={submit} className="grid gap-5">
      {children}
      <Button type="submit" look="primary" disabled={!ready} className="justify-self-end">
        Apply filter
      </Button>
    </form>
  );
}

function Operator({ value, options, onChange }: { value: string; options: readonly SelectOption[]; onChange: (value: string) => void }) {
  return <Field label="Condition">{(control) => <Select id={control.id} className="w-full" value={value} options={options} onChange={onChange} />}</Field>;
}

function WordsEditor({ kind, filter, field, onApply }: EditorProps & { field: FilterField }) {
  const before = wordsOfCondition(filter[field] ?? "");
  const [not, setNot] = useState(before.not);
  const [chosen, setChosen] = useState<readonly string[]>(before.words.filter((word) => word !== ""));
  const labels = FIELD_LABELS[field] ?? {};
  const [yes, no] = kind === "commands" || kind === "profiles" ? ["has any of", "has none of"] : ["is any of", "is none of"];
  const toggle = (word: string): void => setChosen((now) => (now.includes(word) ? now.filter((each) => each !== word) : [...now, word]));
  return (
    <Frame ready={chosen.length > 0} onSubmit={() => onApply({ [field]: `${not ? "!" : ""}${Object.keys(labels).filter((word) => chosen.includes(word)).join(",")}` })}>
      <Operator value={not ? "not" : "is"} options={[{ value: "is", label: yes ?? "" }, { value: "not", label: no ?? "" }]} onChange={(next) => setNot(next === "not")} />
      <fieldset className="grid gap-1 sm:grid-cols-2">
        <legend className="mb-1.5 text-sm font-medium">{FILTER_KINDS[kind].label}</legend>
        {Object.entries(labels).map(([word, label]) => (
          <label key={word} className="flex min-h-8 items-center gap-2.5 rounded-md px-2 hover:bg-hover">
            <input type="checkbox" className="size-4 accent-(--accent)" checked={chosen.includes(word)} onChange={() => toggle(word)} />
            {label}
          </label>
        ))}
      </fieldset>
    </Frame>
  );
}

interface TextProps extends EditorProps {
  operators: readonly (readonly [FilterField, string])[];
  label: string;
  placeholder: string;
  /** Put behind what is typed. */
  suffix: string;
  initial: FilterField;
}

function TextEditor({ filter, operators, label, placeholder, suffix, initial, onApply }: TextProps) {
  const before = operators.map(([field]) => field).find((field) => filter[field] !== undefined) ?? initial;
  const [field, setField] = useState<FilterField>(before);
  const [text, setText] = useState(filter[before]?.replace(/[a-z]$/, "") ?? "");
  const value = `${text.trim()}${suffix}`;
  const good = text.trim() !== "" && CONDITIONS[field].test(value);
  const choose = (next: string): void => setField(operators.find(([each]) => each === next)?.[0] ?? initial);
  return (
    <Frame ready={good} onSubmit={() => onApply({ [field]: value })}>
      {operators.length > 1 && <Operator value={field} options={operators.map(([each, words]) => ({ value: each, label: words }))} onChange={choose} />}
      <Field label={label} error={text.trim() !== "" && !good ? (suffix === "" ? "Numbers with points between, such as 18.2" : "A number from 1 to 9999") : null}>
        {(control) => <TextInput {...control} autoFocus inputMode={suffix === "" ? "decimal" : "numeric"} placeholder={placeholder} autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
    </Frame>
  );
}

function ReferenceEditor({ kind, filter, field, onApply }: EditorProps & { field: FilterField }) {
  const before = wordsOfCondition(filter[field] ?? "");
  const [not, setNot] = useState(before.not);
  const [id, setId] = useState(before.words[0] ?? "");
  const groups = useQuery({ ...groupQueries.choices(), enabled: kind === "group" });
  const links = useInfiniteQuery({ ...linkQueries.list(), enabled: kind === "link" });
  const items = kind === "group" ? groups.data?.items : links.data?.pages.flatMap((page) => page.items);
  if (items === undefined) return <Skeleton className="h-24" />;
  if (items.length === 0) return <p className="text-ink-soft">There is none yet.</p>;
  const chosen = id === "" ? (items[0]?.id ?? "") : id;
  return (
    <Frame ready onSubmit={() => onApply({ [field]: `${not ? "!" : ""}${chosen}` })}>
      <Operator value={not ? "not" : "is"} options={[{ value: "is", label: "is" }, { value: "not", label: "is not" }]} onChange={(next) => setNot(next === "not")} />
      <Field label={FILTER_KINDS[kind].label}>
        {(control) => <Select id={control.id} className="w-full" value={chosen} options={items.map(({ id: value, name: label }) => ({ value, label }))} onChange={setId} />}
      </Field>
    </Frame>
  );
}

function FlagEditor({ kind, filter, field, onApply }: EditorProps & { field: FilterField }) {
  const [value, setValue] = useState<string>(filter[field] ?? "yes");
  return (
    <Frame ready onSubmit={() => onApply({ [field]: value })}>
      <Field label={FILTER_KINDS[kind].label}>
        {(control) => <Select id={control.id} className="w-full" value={value} options={[{ value: "yes", label: "Yes" }, { value: "no", label: "No, or not known" }]} onChange={setValue} />}
      </Field>
    </Frame>
  );
}
