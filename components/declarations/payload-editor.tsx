"use client";

import { useRef } from "react";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/inputs";
import { jsonPlaces, lineOf, placeOf } from "./json-places";
import type { PayloadFault } from "./payload-draft";

interface Props {
  text: string;
  onText: (text: string) => void;
  faults: readonly PayloadFault[];
  readOnly?: boolean;
}

/** The payload as JSON, and under it what is wrong with it; a complaint leads to its line. */
export function PayloadEditor({ text, onText, faults, readOnly = false }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const places = jsonPlaces(text);
  const located = faults
    .map((fault) => ({ ...fault, place: fault.offset ?? placeOf(places, fault.pointer) }))
    .toSorted((a, b) => a.place - b.place);
  const show = (place: number): void => {
    const end = text.indexOf("\n", place);
    area.current?.focus();
    area.current?.setSelectionRange(place, end === -1 ? text.length : end);
  };
  const words = located.length === 0 ? null : `${located.length === 1 ? "One place does" : `${located.length.toLocaleString()} places do`} not fit Apple’s schema.`;
  return (
    <div className="grid min-w-0 gap-2">
      <Field label="Payload" help="JSON by Apple’s key names; data is base64." error={words}>
        {(control) => (
          <TextArea
            {...control}
            ref={area}
            value={text}
            readOnly={readOnly}
            onChange={(event) => onText(event.target.value)}
            spellCheck={false}
            autoCapitalize="off"
            wrap="off"
            className="min-h-72 overflow-x-auto font-mono !text-[13px] leading-relaxed"
          />
        )}
      </Field>
      {located.length > 0 && (
        <ul aria-label="What does not fit" className="grid gap-0.5 rounded-lg border border-bad/30 bg-bad-soft p-1.5">
          {located.map(({ pointer, detail, place }) => (
            <li key={`${pointer} ${detail}`}>
              <button type="button" onClick={() => show(place)} className="flex w-full flex-wrap gap-x-2 rounded-md px-2 py-1 text-left text-xs hover:underline">
                <span className="text-ink-soft tabular-nums">Line {lineOf(text, place)}</span>
                <code className="break-all">{pointer === "" ? "/" : pointer}</code>
                <span>{detail}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
