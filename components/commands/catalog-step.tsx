"use client";

import { ChevronRight, FileCode2, Search } from "lucide-react";
import { useState } from "react";
import { TextInput } from "@/components/ui/inputs";
import type { CommandSpec } from "@/lib/protocol/commands/command-spec";
import { searchCatalog } from "./search-catalog";

/** The first step: find a command by what Apple or people call it. */
export function CatalogStep({ onChoose, onRaw }: { onChoose: (spec: CommandSpec) => void; onRaw: () => void }) {
  const [text, setText] = useState("");
  const found = searchCatalog(text);
  const searching = text.trim() !== "";
  const groups = searching ? [["Found", found] as const] : groupsOf(found);
  return (
    <div className="grid gap-4">
      <div className="sticky top-0 z-10 bg-raised">
        <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-ink-faint" />
        <TextInput
          type="search"
          autoFocus
          aria-label="Search commands"
          placeholder="Search: wipe, restart, InstallProfile …"
          className="pl-9"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            const [first] = found;
            if (event.key === "Enter" && searching && first !== undefined) onChoose(first);
          }}
        />
      </div>
      {groups.map(([title, specs]) => (
        <section key={title}>
          <h3 className="mb-1 px-2 text-xs font-medium text-ink-faint">{title}</h3>
          <ul>
            {specs.map((spec) => (
              <li key={spec.requestType}>
                <CatalogRow spec={spec} onChoose={() => onChoose(spec)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {found.length === 0 && <p className="px-2 text-ink-soft">No command with a form is called that. Any command can be sent as a property list.</p>}
      <button type="button" onClick={onRaw} className="flex items-center gap-3 rounded-lg border border-dashed border-line-strong p-3 text-left hover:bg-hover">
        <FileCode2 aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <span>
          <span className="block font-medium">Raw property list</span>
          <span className="block text-xs text-ink-soft">Any command of Apple’s, written by you.</span>
        </span>
      </button>
    </div>
  );
}

function CatalogRow({ spec, onChoose }: { spec: CommandSpec; onChoose: () => void }) {
  return (
    <button type="button" onClick={onChoose} className="flex w-full items-center gap-3 rounded-lg px-2 py-2 text-left hover:bg-hover">
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{spec.title}</span>
          <code className="text-xs text-ink-faint">{spec.requestType}</code>
          {spec.danger === "serial" && <span className="text-xs font-medium text-bad">high impact</span>}
        </span>
        <span className="block text-xs text-ink-soft">{spec.summary}</span>
      </span>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint" />
    </button>
  );
}

function groupsOf(specs: readonly CommandSpec[]): (readonly [string, CommandSpec[]])[] {
  const groups = new Map<string, CommandSpec[]>();
  for (const spec of specs) groups.set(spec.group, [...(groups.get(spec.group) ?? []), spec]);
  return [...groups];
}
