"use client";

import { Field } from "@/components/ui/field";
import { TextArea, TextInput } from "@/components/ui/inputs";
import { Select } from "@/components/ui/select";
import { wordsFromKey } from "@/lib/client/text";
import type { ParameterSpec } from "@/lib/protocol/commands/command-spec";
import type { ParameterProps } from "./parameter-props";

/** A line of text, a number or a date. */
export function TextField({ spec, draft, onChange, pointer, errors, label }: ParameterProps) {
  const isNumber = spec.type === "integer" || spec.type === "real";
  return (
    <Field label={label ?? wordsFromKey(spec.name)} help={spec.help === "" ? undefined : spec.help} optional={!spec.required} error={errors.get(pointer)}>
      {(control) => (
        <TextInput
          {...control}
          type={spec.type === "date" ? "datetime-local" : spec.secret === true ? "password" : "text"}
          inputMode={isNumber ? "decimal" : undefined}
          autoComplete={spec.secret === true ? "new-password" : "off"}
          spellCheck={false}
          placeholder={spec.patternHelp}
          value={typeof draft === "string" ? draft : ""}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** Yes or no, or one of the values there are. */
export function ChoiceField({ spec, draft, onChange, pointer, errors, label }: ParameterProps) {
  const choices = spec.type === "boolean" ? [{ value: "true", label: "Yes" }, { value: "false", label: "No" }] : (spec.values ?? []).map((value) => ({ value: String(value), label: valueLabel(spec, value) }));
  const options = spec.required && draft !== "" ? choices : [{ value: "", label: spec.required ? "Choose" : "Not set" }, ...choices];
  return (
    <Field label={label ?? wordsFromKey(spec.name)} help={spec.help === "" ? undefined : spec.help} optional={!spec.required} error={errors.get(pointer)}>
      {(control) => (
        <Select
          id={control.id}
          describedBy={control["aria-describedby"]}
          invalid={control["aria-invalid"] === true}
          className="w-full sm:w-auto sm:max-w-full sm:min-w-56"
          value={typeof draft === "string" ? draft : ""}
          options={options}
          onChange={onChange}
        />
      )}
    </Field>
  );
}

function valueLabel(spec: ParameterSpec, value: string | number): string {
  const meaning = spec.valueHelp?.[String(value)];
  return meaning === undefined ? String(value) : `${value}: ${meaning}`;
}

/** Keys that nobody can know before: written as JSON. */
export function JsonField({ spec, draft, onChange, pointer, errors, label }: ParameterProps) {
  const below = [...errors].find(([at]) => at === pointer || at.startsWith(`${pointer}/`));
  const error = below === undefined ? undefined : `${below[0].slice(pointer.length)} ${below[1]}`.trim();
  return (
    <Field label={label ?? wordsFromKey(spec.name)} help={`${spec.help} Written as JSON; data as {"$data": "base64"}.`.trim()} optional={!spec.required} error={error}>
      {(control) => (
        <TextArea
          {...control}
          value={typeof draft === "string" ? draft : ""}
          onChange={(event) => onChange(event.target.value)}
          spellCheck={false}
          autoCapitalize="off"
          placeholder="{ }"
          className="font-mono text-xs leading-relaxed"
        />
      )}
    </Field>
  );
}
