"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/inputs";
import { wordsFromKey } from "@/lib/client/text";
import type { ParameterProps } from "./parameter-props";

const FILTER_FROM = 15;

/** Several out of a known list, with a filter once the list is long. */
export function ChoiceList({ spec, draft, onChange, pointer, errors }: ParameterProps) {
  const [filter, setFilter] = useState("");
  const all = (spec.items?.values ?? []).map(String);
  const chosen = new Set(Array.isArray(draft) ? draft.filter((each) => typeof each === "string") : []);
  const shown = all.filter((value) => value.toLowerCase().includes(filter.trim().toLowerCase()));
  const pick = (next: ReadonlySet<string>): void => onChange(all.filter((value) => next.has(value)));
  const toggle = (value: string): void => pick(chosen.has(value) ? new Set([...chosen].filter((each) => each !== value)) : new Set([...chosen, value]));
  const error = errors.get(pointer);
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium">
        {wordsFromKey(spec.name)}
        {!spec.required && <span className="ml-1.5 font-normal text-ink-faint">optional</span>}
      </legend>
      <div className="flex flex-wrap items-center gap-2">
        {all.length >= FILTER_FROM && (
          <div className="w-44">
            <TextInput type="search" aria-label={`Filter ${spec.name}`} placeholder="Filter" value={filter} onChange={(event) => setFilter(event.target.value)} />
          </div>
        )}
        <Button size="small" look="quiet" onClick={() => pick(new Set([...chosen, ...shown]))}>
          All
        </Button>
        <Button size="small" look="quiet" onClick={() => pick(new Set())}>
          None
        </Button>
        <span className="ml-auto text-xs text-ink-faint tabular-nums" role="status">
          {chosen.size} of {all.length}
        </span>
      </div>
      <div className="grid max-h-56 grid-cols-1 overflow-y-auto rounded-lg border border-line p-1.5 sm:grid-cols-2">
        {shown.map((value) => (
          <label key={value} className="flex items-center gap-2 rounded-md px-2 py-1 hover:bg-hover">
            <input type="checkbox" className="size-4 accent-(--accent)" checked={chosen.has(value)} onChange={() => toggle(value)} />
            <span className="truncate" title={value}>
              {value}
            </span>
          </label>
        ))}
      </div>
      <p className="text-xs text-ink-faint">{spec.help}</p>
      {error !== undefined && (
        <p role="alert" className="text-xs font-medium text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
