"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { TextInput } from "@/components/ui/inputs";

const TYPING_PAUSE_MS = 250;

/** Asks the server after a pause in typing; "/" brings the cursor here. */
export function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
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
  return (
    <div className="relative w-full sm:w-80">
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-ink-faint" />
      <TextInput
        ref={input}
        id="device-search"
        type="search"
        aria-label="Search devices"
        aria-keyshortcuts="/"
        placeholder="Name, serial, UDID, model, user"
        maxLength={200}
        className="pr-9 pl-9"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && input.current?.blur()}
      />
      <kbd aria-hidden className="pointer-events-none absolute top-2 right-2.5 hidden h-5 rounded border border-line px-1.5 font-mono text-[11px] leading-[18px] text-ink-faint sm:block">
        /
      </kbd>
    </div>
  );
}
