"use client";

import { Ban, ChevronRight, FileCode2, Search } from "lucide-react";
import { useId, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { TextInput } from "@/components/ui/inputs";
import type { CommandSpec } from "@/lib/protocol/commands/command-spec";
import { searchCatalog } from "./search-catalog";
import type { Verdict } from "./verdict";

interface Props {
  /** Whether the target takes a command. */
  judge: (spec: CommandSpec) => Verdict;
  onChoose: (spec: CommandSpec) => void;
  onRaw: () => void;
}

/** The first step: find a command by what Apple or people call it. What cannot be sent stays in sight, with the reason. */
export function CatalogStep({ judge, onChoose, onRaw }: Props) {
  const [text, setText] = useState("");
  const found = searchCatalog(text).map((spec) => ({ spec, verdict: judge(spec) }));
  const searching = text.trim() !== "";
  const groups = searching ? [["Found", found] as const] : groupsOf(found);
  const first = found.find(({ verdict }) => verdict.sendable !== "no")?.spec;
  return (
    <div className="grid gap-4">
      {/* The padding of the dialog would let rows show above the sticky box. */}
      <div className="sticky -top-2 z-10 -mx-1 bg-raised px-1 py-2">
        <Search aria-hidden className="pointer-events-none absolute top-4.5 left-4 size-4 text-ink-faint" />
        <TextInput
          type="search"
          autoFocus
          aria-label="Search commands"
          placeholder="Search: wipe, restart, InstallProfile …"
          className="pl-9"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && searching && first !== undefined) onChoose(first);
          }}
        />
      </div>
      {groups.map(([title, rows]) => (
        <section key={title}>
          <h3 className="mb-1 px-2 text-xs font-medium text-ink-faint">{title}</h3>
          <ul>
            {rows.map(({ spec, verdict }) => (
              <li key={spec.requestType}>
                <CatalogRow spec={spec} verdict={verdict} onChoose={() => onChoose(spec)} />
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

function CatalogRow({ spec, verdict, onChoose }: { spec: CommandSpec; verdict: Verdict; onChoose: () => void }) {
  const reasonId = useId();
  const blocked = verdict.sendable === "no";
  const Mark = blocked ? Ban : ChevronRight;
  return (
    <button
      type="button"
      onClick={() => !blocked && onChoose()}
      aria-disabled={blocked || undefined}
      aria-describedby={verdict.reasons.length === 0 ? undefined : reasonId}
      className={classNames("flex w-full items-center gap-3 rounded-lg px-2 py-2 text-left", blocked ? "cursor-not-allowed" : "hover:bg-hover")}
    >
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className={classNames("font-medium", blocked && "text-ink-faint")}>{spec.title}</span>
          <code className="text-xs text-ink-faint">{spec.requestType}</code>
          {spec.danger === "serial" && !blocked && <span className="text-xs font-medium text-bad">high impact</span>}
        </span>
        {!blocked && <span className="block text-xs text-ink-soft">{spec.summary}</span>}
        {verdict.reasons.length > 0 && (
          <span id={reasonId} className={classNames("block text-xs", blocked ? "text-ink-faint" : "text-warning")}>
            {verdict.reasons.join(" ")}
          </span>
        )}
      </span>
      <Mark aria-hidden className="size-4 shrink-0 text-ink-faint" />
    </button>
  );
}

type Judged = { spec: CommandSpec; verdict: Verdict };

/** In Apple's order, but what can be sent first. */
function groupsOf(rows: readonly Judged[]): (readonly [string, Judged[]])[] {
  const groups = new Map<string, Judged[]>();
  for (const row of rows) groups.set(row.spec.group, [...(groups.get(row.spec.group) ?? []), row]);
  return [...groups].map(([title, all]) => [title, all.toSorted((a, b) => Number(a.verdict.sendable === "no") - Number(b.verdict.sendable === "no"))] as const);
}
