"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, Circle, Minus, TriangleAlert, X } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { ProblemNote } from "@/components/ui/problem-note";
import { SkeletonRows } from "@/components/ui/skeleton";
import { readinessQueries } from "@/lib/client/queries/readiness";
import { CHECKS, type CheckDto, type CheckKey } from "@/lib/contracts/readiness";

const LOOKS = {
  good: { word: "in order", icon: Check, look: "border-good bg-good-soft text-good" },
  open: { word: "to do", icon: Circle, look: "border-info text-info" },
  warning: { word: "to look at", icon: TriangleAlert, look: "border-warning bg-warning-soft text-warning" },
  failed: { word: "wrong", icon: X, look: "border-bad bg-bad-soft text-bad" },
  skipped: { word: "not looked at", icon: Minus, look: "border-line-strong bg-sunken text-ink-faint" },
} as const;

/** Where to see to it, for those that the console can help with. */
const PLACES: Partial<Record<CheckKey, { href: string; label: string }>> = {
  push: { href: "/push-certificate", label: "Push certificate" },
  link: { href: "/enrollment-links", label: "Create a link" },
  device: { href: "/enrollment-links", label: "Show the links" },
};

export function CheckList() {
  const { data, error, refetch } = useQuery(readinessQueries.checks());
  if (data === undefined && error !== null) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <Card flush>
        <SkeletonRows rows={Object.keys(CHECKS).length} label="Checking" />
      </Card>
    );
  }
  return (
    <Card flush>
      <ul className="divide-y divide-line">
        {data.items.map((check) => (
          <CheckRow key={check.key} check={check} />
        ))}
      </ul>
    </Card>
  );
}

function CheckRow({ check }: { check: CheckDto }) {
  const { word, icon: Icon, look } = LOOKS[check.state];
  const place = check.state === "good" || check.state === "skipped" ? undefined : PLACES[check.key];
  return (
    <li className="flex gap-3 px-4 py-3.5">
      <span aria-hidden className={classNames("mt-0.5 grid size-6 shrink-0 place-items-center rounded-full border [&_svg]:size-3.5", look)}>
        <Icon />
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {check.title}
          <span className="sr-only">: {word}</span>
        </p>
        <p className="break-words text-ink-soft">{check.detail}</p>
        {check.advice !== null && <p className="mt-1 text-sm break-words text-ink">{check.advice}</p>}
      </div>
      {place !== undefined && (
        <Button asChild size="small" className="self-start">
          <Link href={place.href}>{place.label}</Link>
        </Button>
      )}
    </li>
  );
}
