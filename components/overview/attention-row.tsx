"use client";

import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { useNow } from "@/lib/client/use-now";
import type { Overview } from "@/lib/contracts/events";
import type { Tone } from "@/lib/contracts/words";
import { mattersOf } from "./attention";

const DOTS: Record<Tone, string> = { neutral: "bg-ink-faint", info: "bg-info", good: "bg-good", warning: "bg-warning", bad: "bg-bad" };

/** The first thing to read: what is not as it should be. */
export function AttentionRow({ overview }: { overview: Overview }) {
  const now = useNow();
  const matters = now === 0 ? [] : mattersOf(overview, now);
  if (matters.length === 0) return null;
  return (
    <section aria-label="Needs attention" className="mb-6">
      <h2 className="mb-2 text-xs font-medium text-ink-faint">Needs attention</h2>
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {matters.map((matter) => (
          <li key={matter.key}>
            <Link href={matter.href} className="group flex h-full items-start gap-3 rounded-xl border border-line bg-surface p-4 transition-colors hover:border-line-strong hover:bg-hover">
              <span aria-hidden className={classNames("mt-1.5 size-2 shrink-0 rounded-full", DOTS[matter.tone])} />
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{matter.title}</span>
                <span className="block text-xs text-ink-soft">{matter.words}</span>
              </span>
              <ArrowRight aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-faint transition-transform group-hover:translate-x-0.5" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
