"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ProblemNote } from "@/components/ui/problem-note";
import { Skeleton } from "@/components/ui/skeleton";
import { groupQueries } from "@/lib/client/queries/groups";
import { counted } from "@/lib/client/text";

interface Props {
  title: string;
  help: string;
  /** The groups that are assigned now. */
  saved: readonly string[];
  allowed: boolean;
  busy: boolean;
  /** What kept the last choice from being saved; null when nothing did. */
  error: unknown;
  /** Saves the choice, and calls `done` when it is. */
  onSave: (groupIds: string[], done: () => void) => void;
}

/** Which groups get something: ticked here, and in force once it is saved. */
export function AssignedGroups({ title, help, saved, allowed, busy, error: refusal, onSave }: Props) {
  const { data, error } = useQuery(groupQueries.choices());
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const ticked = chosen ?? new Set(saved);
  const changed = chosen !== null && (chosen.size !== saved.length || saved.some((id) => !chosen.has(id)));
  const toggle = (id: string): void => setChosen(ticked.has(id) ? new Set([...ticked].filter((each) => each !== id)) : new Set([...ticked, id]));
  return (
    <Card title={title} aside={<span>{help}</span>}>
      {error !== null && data === undefined && <ProblemNote error={error} />}
      {data === undefined && error === null && <Skeleton className="h-16" />}
      {data?.items.length === 0 && (
        <p className="text-ink-soft">
          There are no groups yet.{" "}
          <Link href="/groups" className="rounded text-accent underline underline-offset-2">
            Create one
          </Link>
        </p>
      )}
      {data !== undefined && data.items.length > 0 && (
        <div className="grid gap-3">
          <div role="group" aria-label={title} className="grid max-h-56 overflow-y-auto sm:grid-cols-2">
            {data.items.map((group) => (
              <label key={group.id} className="flex items-center gap-2 rounded-md px-2 py-1 hover:bg-hover">
                <input type="checkbox" className="size-4 shrink-0 accent-(--accent)" disabled={!allowed} checked={ticked.has(group.id)} onChange={() => toggle(group.id)} />
                <span className="truncate">{group.name}</span>
                <span className="ml-auto text-xs whitespace-nowrap text-ink-faint">{counted(group.members, "device")}</span>
              </label>
            ))}
          </div>
          {refusal !== null && <ProblemNote error={refusal} />}
          {changed && (
            <div className="flex justify-end gap-2">
              <Button onClick={() => setChosen(null)}>Undo</Button>
              <Button look="primary" busy={busy} onClick={() => onSave([...ticked], () => setChosen(null))}>
                Save assignment
              </Button>
            </div>
          )}
        </div>
      )}
    </Card>
  );
}
