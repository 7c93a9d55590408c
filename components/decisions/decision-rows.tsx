"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Tone } from "@/lib/contracts/words";

/** A device that somebody has to decide on, or that was decided on. */
export interface DecisionRow {
  id: string;
  name: string;
  /** Null while there is no device to look at. */
  href: string | null;
  /** Who it is: a serial number, a model. */
  who: string;
  /** Why it stands here. */
  why: ReactNode;
  at: string;
  state: { label: string; tone: Tone; meaning: string };
  /** "by ada@example.com", once somebody has decided. */
  decided: string | null;
  decidable: boolean;
}

export interface DecisionWords {
  yes: string;
  no: string;
}

interface Props {
  label: string;
  rows: readonly DecisionRow[];
  words: DecisionWords;
  allowed: boolean;
  picked: ReadonlySet<string>;
  onPick: (id: string) => void;
  onYes: (id: string) => void;
  onNo: (id: string) => void;
}

/** One line for each device; on a phone the line breaks and nothing is left out. */
export function DecisionRows({ label, rows, words, allowed, picked, onPick, onYes, onNo }: Props) {
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {rows.map((row) => (
        <li key={row.id} className="flex flex-wrap items-center gap-x-4 gap-y-3 px-4 py-3">
          {row.decidable && allowed && <Checkbox label={`Select ${row.name}`} checked={picked.has(row.id)} onChange={() => onPick(row.id)} />}
          <div className="min-w-0 flex-1 basis-56">
            <p className="flex flex-wrap items-baseline gap-x-2">
              {row.href === null ? (
                <span className="font-medium">{row.name}</span>
              ) : (
                <Link href={row.href} className="roomy inline-block font-medium underline-offset-2 hover:underline">
                  {row.name}
                </Link>
              )}
              <span className="text-xs text-ink-soft">{row.who}</span>
            </p>
            <div className="text-xs text-ink-soft">{row.why}</div>
          </div>
          <div className="text-xs text-ink-soft">
            <RelativeTime at={row.at} />
            {row.decided !== null && <span className="block">{row.decided}</span>}
          </div>
          {row.decidable && allowed ? (
            <div className="flex gap-2">
              <Button size="small" onClick={() => onYes(row.id)} aria-label={`${words.yes} ${row.name}`}>
                {words.yes}
              </Button>
              <Button size="small" look="danger" onClick={() => onNo(row.id)} aria-label={`${words.no} ${row.name}`}>
                {words.no}
              </Button>
            </div>
          ) : (
            <Badge tone={row.state.tone} title={row.state.meaning}>
              {row.state.label}
            </Badge>
          )}
        </li>
      ))}
    </ul>
  );
}
