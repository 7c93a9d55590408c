"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { Overview } from "@/lib/contracts/events";
import { totalOf, type HourSeries } from "./hour-series";

// The chart library is larger than the rest of the page.
const HoursChart = dynamic(() => import("./hours-chart").then((module) => module.HoursChart), { ssr: false, loading: () => <Skeleton className="h-52 w-full" /> });

export const CHECK_INS: readonly HourSeries[] = [{ key: "checkIns", label: "Check-ins", color: "var(--accent)", href: null }];
export const PUSHES: readonly HourSeries[] = [
  { key: "pushesAccepted", label: "Accepted", color: "var(--good)", href: "/activity?about=pushes-accepted" },
  { key: "pushesFailed", label: "Refused or failed", color: "var(--bad)", striped: true, href: "/activity?about=pushes-failed" },
];

interface Props {
  title: string;
  hours: Overview["hours"];
  series: readonly HourSeries[];
  /** What the sum of all leads to, and what that is. */
  behind: { href: string; title: string };
  className?: string;
}

/** The last 48 hours as a chart, and the same as a table for those who read it so. */
export function HoursCard({ title, hours, series, behind, className }: Props) {
  const [asTable, setAsTable] = useState(false);
  const total = series.reduce((sum, { key }) => sum + totalOf(hours, key), 0);
  return (
    <Card
      title={title}
      {...(className === undefined ? {} : { className })}
      aside={
        <>
          <Link href={behind.href} title={behind.title} className="inline-flex min-h-6 items-center rounded tabular-nums underline-offset-2 hover:underline">
            {total.toLocaleString()} in 48 h
          </Link>
          <Button look="quiet" size="small" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            Table
          </Button>
        </>
      }
      flush
    >
      {asTable ? (
        <div className="max-h-60 overflow-y-auto">
          <HoursTable title={title} hours={hours} series={series} />
        </div>
      ) : (
        <div className="p-4">
          {series.length > 1 && <Legend hours={hours} series={series} />}
          <HoursChart title={title} hours={hours} series={series} />
        </div>
      )}
    </Card>
  );
}

/** Each part by its mark, its word and its sum. */
function Legend({ hours, series }: Pick<Props, "hours" | "series">) {
  return (
    <ul aria-label="In 48 hours" className="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-soft">
      {series.map(({ key, label, color, striped = false, href }) => (
        <li key={key} className="flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-xs border" style={{ borderColor: color, background: striped ? `repeating-linear-gradient(45deg, ${color} 0 2px, transparent 2px 4px)` : color }} />
          <LegendLabel href={href}>
            {label} <span className="font-medium text-ink tabular-nums">{totalOf(hours, key).toLocaleString()}</span>
          </LegendLabel>
        </li>
      ))}
    </ul>
  );
}

function LegendLabel({ href, children }: { href: string | null; children: ReactNode }) {
  if (href === null) return <span>{children}</span>;
  return (
    <Link href={href} className="inline-flex min-h-6 items-center gap-1 rounded underline-offset-2 hover:underline">
      {children}
    </Link>
  );
}

function HoursTable({ title, hours, series }: Pick<Props, "title" | "hours" | "series">) {
  return (
    <Table
      label={title}
      head={
        <>
          <HeadCell>Hour</HeadCell>
          {series.map(({ key, label }) => (
            <HeadCell key={key} className="text-right">
              {label}
            </HeadCell>
          ))}
        </>
      }
    >
      {hours.toReversed().map((hour) => (
        <tr key={hour.hour}>
          <Cell className="!py-1.5 whitespace-nowrap">{new Date(hour.hour).toLocaleString(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" })}</Cell>
          {series.map(({ key }) => (
            <Cell key={key} className="!py-1.5 text-right tabular-nums">
              {hour[key].toLocaleString()}
            </Cell>
          ))}
        </tr>
      ))}
    </Table>
  );
}
