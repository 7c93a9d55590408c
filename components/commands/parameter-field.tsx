"use client";

import { Plus, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { wordsFromKey } from "@/lib/client/text";
import { ChoiceList } from "./choice-list";
import { DataField } from "./data-field";
import { FieldGroup } from "./field-group";
import { emptyDraft, filledDictionary, isData, isRecord, variantDraft } from "./parameter-draft";
import type { ParameterProps } from "./parameter-props";
import { ChoiceField, JsonField, TextField } from "./plain-fields";

/** The control that fits a parameter's type. */
export function ParameterField(props: ParameterProps) {
  const { spec } = props;
  if (spec.type === "array") return spec.items?.values === undefined ? <ListField {...props} /> : <ChoiceList {...props} />;
  if (spec.type === "any" || spec.freeForm === true) return <JsonField {...props} />;
  if (spec.variants !== undefined) return <VariantField {...props} />;
  if (spec.type === "dictionary") return <DictionaryField {...props} />;
  if (spec.type === "data") return <DataField {...props} />;
  if (spec.type === "boolean" || spec.values !== undefined) return <ChoiceField {...props} />;
  return <TextField {...props} />;
}

/** Any number of the same thing. */
function ListField({ spec, draft, onChange, pointer, errors, label }: ParameterProps) {
  const { items } = spec;
  const drafts = Array.isArray(draft) ? draft : [];
  if (items === undefined) return null;
  return (
    <FieldGroup spec={spec} label={label} error={errors.get(pointer)}>
      {drafts.map((each, index) => (
        <div key={index} className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <ParameterField
              spec={{ ...items, required: true }}
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
      <Button size="small" className="justify-self-start" onClick={() => onChange([...drafts, emptyDraft({ ...items, required: true })])}>
        <Plus aria-hidden />
        Add {wordsFromKey(items.name).toLowerCase()}
      </Button>
    </FieldGroup>
  );
}

/** A record inside the command; an optional one is given or left out as a whole. */
function DictionaryField({ spec, draft, onChange, pointer, errors, label }: ParameterProps) {
  const keys = spec.keys ?? [];
  const given = isRecord(draft) && !isData(draft) ? draft : null;
  return (
    <FieldGroup spec={spec} label={label} error={errors.get(pointer)}>
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
        <Button size="small" className="justify-self-start" onClick={() => onChange(given === null ? filledDictionary(spec) : null)}>
          {given === null ? "Set" : "Leave out"}
        </Button>
      )}
    </FieldGroup>
  );
}

/** A record that has one of several shapes, such as a setting: first which, then its fields. */
function VariantField({ spec, draft, onChange, pointer, errors, label }: ParameterProps) {
  const variants = spec.variants ?? [];
  const given = isRecord(draft) && !isData(draft) ? draft : null;
  const variant = given === null ? undefined : variants.find((each) => each.name === given.Item);
  const choose = (name: string): void => {
    const chosen = variants.find((each) => each.name === name);
    onChange(chosen === undefined ? null : variantDraft(chosen));
  };
  return (
    <FieldGroup spec={spec} label={label} error={errors.get(pointer)}>
      <Field label="Which" help={variant?.help === "" ? undefined : variant?.help} error={errors.get(`${pointer}/Item`)}>
        {(control) => (
          <Select
            id={control.id}
            describedBy={control["aria-describedby"]}
            invalid={control["aria-invalid"] === true}
            className="w-full"
            value={variant?.name ?? ""}
            options={[...(variant === undefined ? [{ value: "", label: "Choose" }] : []), ...variants.map((each) => ({ value: each.name, label: wordsFromKey(each.name) }))]}
            onChange={choose}
          />
        )}
      </Field>
      {given !== null &&
        (variant?.keys ?? [])
          .filter((key) => key.name !== "Item")
          .map((key) => (
            <ParameterField
              key={`${variant?.name} ${key.name}`}
              spec={key}
              draft={given[key.name] ?? emptyDraft(key)}
              pointer={`${pointer}/${key.name}`}
              errors={errors}
              onChange={(next) => onChange({ ...given, [key.name]: next })}
            />
          ))}
      {!spec.required && given !== null && (
        <Button size="small" className="justify-self-start" onClick={() => onChange(null)}>
          Leave out
        </Button>
      )}
    </FieldGroup>
  );
}
