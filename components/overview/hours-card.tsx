"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { Overview } from "@/lib/contracts/events";
import type { HourSeries } from "./hour-series";

// The chart library is larger than the rest of the page.
const HoursChart = dynamic(() => import("./hours-chart").then((module) => module.HoursChart), { ssr: false, loading: () => <Skeleton className="h-52 w-full" /> });

export const CHECK_INS: readonly HourSeries[] = [{ key: "checkIns", label: "Check-ins", color: "var(--accent)" }];
export const PUSHES: readonly HourSeries[] = [
  { key: "pushesAccepted", label: "Accepted", color: "var(--good)" },
  { key: "pushesFailed", label: "Refused", color: "var(--bad)" },
];

interface Props {
  title: string;
  hours: Overview["hours"];
  series: readonly HourSeries[];
  className?: string;
}

/** The last 48 hours as a chart, and the same as a table for those who read it so. */
export function HoursCard({ title, hours, series, className }: Props) {
  const [asTable, setAsTable] = useState(false);
  const total = hours.reduce((sum, hour) => sum + series.reduce((inner, { key }) => inner + hour[key], 0), 0);
  return (
    <Card
      title={title}
      {...(className === undefined ? {} : { className })}
      aside={
        <>
          <span className="tabular-nums">{total.toLocaleString()} in 48 h</span>
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
          <HoursChart title={title} hours={hours} series={series} />
        </div>
      )}
    </Card>
  );
}

function HoursTable({ title, hours, series }: Props) {
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
