"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/inputs";
import { Select } from "@/components/ui/select";
import type { DeviceFilters } from "@/lib/client/queries/devices";
import { enrollmentState, platform } from "@/lib/contracts/devices";
import { ENROLLMENT_STATES, PLATFORMS, wordsOf } from "@/lib/contracts/words";

const TYPING_PAUSE_MS = 250;
const STATE_OPTIONS = [{ value: "", label: "Any state" }, ...wordsOf(ENROLLMENT_STATES).map((value) => ({ value, label: ENROLLMENT_STATES[value].label }))];
const PLATFORM_OPTIONS = [{ value: "", label: "Any platform" }, ...wordsOf(PLATFORMS).map((value) => ({ value, label: PLATFORMS[value] }))];

interface Props {
  filters: DeviceFilters;
  active: number;
  onChange: (part: DeviceFilters) => void;
  onClear: () => void;
}

export function DeviceFilterBar({ filters, active, onChange, onClear }: Props) {
  return (
    <div className="mb-4 flex flex-wrap gap-2">
      <SearchBox value={filters.query ?? ""} onChange={(query) => onChange({ query })} />
      <Select
        label="Enrollment state"
        className="max-sm:flex-1 sm:w-40"
        value={filters.state ?? ""}
        options={STATE_OPTIONS}
        onChange={(value) => onChange({ state: enrollmentState.safeParse(value).data })}
      />
      <Select
        label="Platform"
        className="max-sm:flex-1 sm:w-40"
        value={filters.platform ?? ""}
        options={PLATFORM_OPTIONS}
        onChange={(value) => onChange({ platform: platform.safeParse(value).data })}
      />
      {active > 0 && (
        <Button look="quiet" onClick={onClear}>
          Clear
        </Button>
      )}
    </div>
  );
}

/** Asks the server after a pause in typing; "/" brings the cursor here. */
function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  // What this box last asked for: a value that comes back later must not undo what was typed meanwhile.
  const [asked, setAsked] = useState(value);
  const [known, setKnown] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  if (value !== known) {
    setKnown(value);
    if (value !== asked) {
      setAsked(value);
      setText(value);
    }
  }
  useEffect(() => {
    if (text.trim() === asked) return;
    const timer = setTimeout(() => {
      setAsked(text.trim());
      onChange(text.trim());
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, asked, onChange]);
  useEffect(() => {
    const focus = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [contenteditable], [role=dialog]") !== null;
      if (event.key !== "/" || typing || event.metaKey || event.ctrlKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener("keydown", focus);
    return () => window.removeEventListener("keydown", focus);
  }, []);
  return (
    <div className="relative w-full sm:w-80">
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-ink-faint" />
      <TextInput
        ref={input}
        type="search"
        aria-label="Search devices"
        aria-keyshortcuts="/"
        placeholder="Name, serial number, UDID, model"
        maxLength={200}
        className="pr-9 pl-9"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <kbd aria-hidden className="pointer-events-none absolute top-2 right-2.5 hidden h-5 rounded border border-line px-1.5 font-mono text-[11px] leading-[18px] text-ink-faint sm:block">
        /
      </kbd>
    </div>
  );
}
