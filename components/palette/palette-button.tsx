"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";

/** Loaded when it is first opened: no page has to carry it. */
const CommandPalette = dynamic(() => import("./command-palette").then((module) => module.CommandPalette), { ssr: false });

/** Opens the palette by a click. */
export function PaletteButton({ onOpen }: { onOpen: () => void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-keyshortcuts="Meta+K Control+K"
      className="flex h-9 w-full items-center gap-2.5 rounded-lg border border-line bg-surface px-2.5 text-sm text-ink-faint hover:bg-hover hover:text-ink"
    >
      <Search aria-hidden className="size-4" />
      <span className="flex-1 text-left">Search or go to…</span>
      <kbd className="rounded border border-line bg-sunken px-1.5 font-sans text-[11px]">⌘K</kbd>
    </button>
  );
}

/** The palette itself, opened by ⌘K or Ctrl-K wherever the focus is. One for the whole console. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      onOpenChange(!open);
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [open, onOpenChange]);
  if (open && !wanted) setWanted(true);
  return wanted ? <CommandPalette open={open} onOpenChange={onOpenChange} /> : null;
}
