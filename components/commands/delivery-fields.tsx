"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { EXPIRIES, deliveryWords, type DeliveryDraft } from "./delivery-draft";

const WHEN = [
  { value: "now", label: "At once" },
  { value: "later", label: "At a time" },
] as const;

interface Props {
  draft: DeliveryDraft;
  onDraft: (draft: DeliveryDraft) => void;
  /** What is wrong with the time. */
  error: string | null;
}

/** When the command goes out, how long it may wait, and whether the device is woken for it. Folded; its line says the choice. */
export function DeliveryFields({ draft, onDraft, error }: Props) {
  const [open, setOpen] = useState(false);
  const expiry = (value: string): DeliveryDraft["expiry"] => EXPIRIES.find((each) => each.value === value)?.value ?? "";
  return (
    <details open={open || error !== null} onToggle={(event) => setOpen(event.currentTarget.open)} className="rounded-lg border border-line">
      <summary className="rounded-lg px-3 py-2.5">
        <span className="font-medium">Delivery</span> <span className="text-ink-soft">{deliveryWords(draft)}</span>
      </summary>
      <div className="grid gap-4 px-3 pt-1 pb-3">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Goes out">
            {(control) => (
              <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full" value={draft.at === null ? "now" : "later"} options={WHEN} onChange={(value) => onDraft({ ...draft, at: value === "now" ? null : "" })} />
            )}
          </Field>
          <Field label="Expires after" help="What the device has not taken by then is never delivered.">
            {(control) => (
              <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full" value={draft.expiry} options={EXPIRIES} onChange={(value) => onDraft({ ...draft, expiry: expiry(value) })} />
            )}
          </Field>
        </div>
        {draft.at !== null && (
          <Field label="Not before" help="In your time zone." error={error}>
            {(control) => <TextInput {...control} type="datetime-local" value={draft.at ?? ""} onChange={(event) => onDraft({ ...draft, at: event.target.value })} />}
          </Field>
        )}
        <Switch checked={draft.push} onChange={(push) => onDraft({ ...draft, push })} label="Wake the device" help="Without a push the command waits until the device connects by itself." />
      </div>
    </details>
  );
}
