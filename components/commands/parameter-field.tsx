"use client";

import { Plus, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { Select } from "@/components/ui/select";
import { wordsFromKey } from "@/lib/client/text";
import type { ParameterSpec } from "@/lib/protocol/commands/command-spec";
import { ChoiceList } from "./choice-list";
import { DataField } from "./data-field";
import { emptyDraft, emptyDrafts, isData, isRecord } from "./parameter-draft";
import type { ParameterProps } from "./parameter-props";

/** The control that fits a parameter's type. */
export function ParameterField(props: ParameterProps) {
  const { spec } = props;
  if (spec.type === "array") return spec.items?.values === undefined ? <ListField {...props} /> : <ChoiceList {...props} />;
  if (spec.type === "dictionary") return <DictionaryField {...props} />;
  if (spec.type === "data") return <DataField {...props} />;
  if (spec.type === "boolean" || spec.values !== undefined) return <ChoiceField {...props} />;
  return <TextField {...props} />;
}

function TextField({ spec, draft, onChange, pointer, errors, label }: ParameterProps) {
  const isNumber = spec.type === "integer" || spec.type === "real";
  return (
    <Field label={label ?? wordsFromKey(spec.name)} help={spec.help} optional={!spec.required} error={errors.get(pointer)}>
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

function ChoiceField({ spec, draft, onChange, pointer, errors, label }: ParameterProps) {
  const choices = spec.type === "boolean" ? [{ value: "true", label: "Yes" }, { value: "false", label: "No" }] : (spec.values ?? []).map((value) => ({ value: String(value), label: String(value) }));
  const options = spec.required ? choices : [{ value: "", label: "Not set" }, ...choices];
  return (
    <Field label={label ?? wordsFromKey(spec.name)} help={spec.help} optional={!spec.required} error={errors.get(pointer)}>
      {(control) => (
        <Select
          id={control.id}
          describedBy={control["aria-describedby"]}
          invalid={control["aria-invalid"] === true}
          className="w-full sm:w-56"
          value={typeof draft === "string" ? draft : ""}
          options={options}
          onChange={onChange}
        />
      )}
    </Field>
  );
}

/** Any number of the same thing. */
function ListField({ spec, draft, onChange, pointer, errors }: ParameterProps) {
  const { items } = spec;
  const drafts = Array.isArray(draft) ? draft : [];
  if (items === undefined) return null;
  return (
    <Group spec={spec} error={errors.get(pointer)}>
      {drafts.map((each, index) => (
        <div key={index} className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <ParameterField
              spec={items}
              label={`${wordsFromKey(items.name)} ${index + 1}`}
              draft={each}
              pointer={`${pointer}/${index}`}
              errors={errors}
              onChange={(next) => onChange(drafts.with(index, next))}
            />
          </div>
          <Button look="quiet" size="icon" aria-label={`Remove ${wordsFromKey(items.name)} ${index + 1}`} className="mt-6" onClick={() => onChange(drafts.toSpliced(index, 1))}>
            <Trash2 aria-hidden />
          </Button>
        </div>
      ))}
      <Button size="small" className="justify-self-start" onClick={() => onChange([...drafts, emptyDraft(items)])}>
        <Plus aria-hidden />
        Add {wordsFromKey(items.name).toLowerCase()}
      </Button>
    </Group>
  );
}

/** A record inside the command; an optional one is given or left out as a whole. */
function DictionaryField({ spec, draft, onChange, pointer, errors }: ParameterProps) {
  const keys = spec.keys ?? [];
  const given = isRecord(draft) && !isData(draft) ? draft : null;
  return (
    <Group spec={spec} error={errors.get(pointer)}>
      {given !== null &&
        keys.map((key) => (
          <ParameterField
            key={key.name}
            spec={key}
            draft={given[key.name] ?? emptyDraft(key)}
            pointer={`${pointer}/${key.name}`}
            errors={errors}
            onChange={(next) => onChange({ ...given, [key.name]: next })}
          />
        ))}
      {!spec.required && (
        <Button size="small" className="justify-self-start" onClick={() => onChange(given === null ? emptyDrafts(keys) : null)}>
          {given === null ? "Set" : "Leave out"}
        </Button>
      )}
    </Group>
  );
}

function Group({ spec, error, children }: { spec: ParameterSpec; error: string | undefined; children: React.ReactNode }) {
  return (
    <fieldset className="grid gap-3 rounded-lg border border-line p-3">
      <legend className="px-1 font-medium">
        {wordsFromKey(spec.name)}
        {!spec.required && <span className="ml-1.5 font-normal text-ink-faint">optional</span>}
      </legend>
      <p className="text-xs text-ink-faint">{spec.help}</p>
      {children}
      {error !== undefined && (
        <p role="alert" className="text-xs font-medium text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
