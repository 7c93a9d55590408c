"use client";

import { useState, type ReactNode } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LoadMore } from "@/components/ui/load-more";
import { ProblemNote } from "@/components/ui/problem-note";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { counted } from "@/lib/client/text";
import { usePermission } from "@/lib/client/use-permission";
import type { ManyDecided } from "@/lib/contracts/admissions";
import { DecisionRows, type DecisionRow, type DecisionWords } from "./decision-rows";
import { RefuseDialog } from "./refuse-dialog";

/** The parts of an infinite query that a list shows. */
interface Paged {
  isPending: boolean;
  error: Error | null;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch: () => unknown;
  fetchNextPage: () => unknown;
}

interface Props {
  label: string;
  permission: string;
  words: DecisionWords;
  /** What saying no brings about, for the person who is about to. */
  consequence: string;
  query: Paged;
  /** Null until the first page is there. */
  rows: readonly DecisionRow[] | null;
  total: number;
  onlyWaiting: boolean;
  onOnlyWaiting: (only: boolean) => void;
  decide: (ids: string[], yes: boolean) => Promise<ManyDecided>;
  empty: ReactNode;
}

const VIEWS = [
  { value: "waiting", label: "Waiting" },
  { value: "all", label: "All" },
];

/** Devices that wait for a person, to be decided on one by one or together. */
export function DecisionList({ label, permission, words, consequence, query, rows, total, onlyWaiting, onOnlyWaiting, decide, empty }: Props) {
  const allowed = usePermission(permission);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [refusing, setRefusing] = useState<readonly string[] | null>(null);
  const open = (rows ?? []).filter((row) => row.decidable).map((row) => row.id);
  const chosen = open.filter((id) => picked.has(id));
  const toggle = (id: string): void => setPicked((before) => new Set(before.has(id) ? [...before].filter((each) => each !== id) : [...before, id]));
  const carryOut = (ids: readonly string[], yes: boolean): void => {
    setRefusing(null);
    setPicked(new Set());
    decide([...ids], yes).then(tell, (error: unknown) => toast.error(error instanceof Error ? error.message : "It was not decided"));
  };
  return (
    <>
      {query.error !== null && rows === null && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {(query.isPending || rows !== null) && (
        <Card flush>
          <div className="flex min-h-14 flex-wrap items-center gap-2 border-b border-line px-4 py-2">
            <Select label="Show" className="w-32" value={onlyWaiting ? "waiting" : "all"} options={VIEWS} onChange={(next) => onOnlyWaiting(next === "waiting")} />
            {allowed && chosen.length > 0 && (
              <div className="ml-auto flex flex-wrap items-center gap-2">
                <span className="text-xs text-ink-soft">{counted(chosen.length, "device")} selected</span>
                <Button size="small" onClick={() => carryOut(chosen, true)}>
                  {words.yes} all
                </Button>
                <Button size="small" look="danger" onClick={() => setRefusing(chosen)}>
                  {words.no} all
                </Button>
              </div>
            )}
          </div>
          {query.isPending && <SkeletonRows rows={3} label={`Loading ${label.toLowerCase()}`} />}
          {rows !== null && rows.length === 0 && empty}
          {rows !== null && rows.length > 0 && (
            <>
              <DecisionRows label={label} rows={rows} words={words} allowed={allowed} picked={picked} onPick={toggle} onYes={(id) => carryOut([id], true)} onNo={(id) => setRefusing([id])} />
              <LoadMore shown={rows.length} total={total} hasMore={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
            </>
          )}
        </Card>
      )}
      <RefuseDialog ids={refusing} verb={words.no} consequence={consequence} onClose={() => setRefusing(null)} onConfirm={(ids) => carryOut(ids, false)} />
    </>
  );
}

function tell({ decided, skipped }: ManyDecided): void {
  if (decided > 0) toast.success(`Decided on ${counted(decided, "device")}`);
  for (const { reason } of skipped.slice(0, 3)) toast.error(reason);
}
