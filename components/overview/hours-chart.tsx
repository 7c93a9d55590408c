"use client";

import { useId } from "react";
import { Area, Bar, CartesianGrid, ComposedChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { Overview } from "@/lib/contracts/events";
import { totalOf, type HourSeries } from "./hour-series";

const TICK = { fill: "var(--ink-faint)", fontSize: 11 };
const clock = (hour: string): string => new Date(hour).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
const short = (value: number): string => (value >= 1_000 ? `${Number((value / 1_000).toFixed(1)).toLocaleString()}k` : value.toLocaleString());

interface Props {
  title: string;
  hours: Overview["hours"];
  series: readonly HourSeries[];
}

/** One series as an area over the hours, several as bars upon each other. Loaded by itself: everything of Recharts is in here. */
export function HoursChart({ title, hours, series }: Props) {
  const stripes = useId();
  const sums = series.map(({ key, label }) => `${totalOf(hours, key).toLocaleString()} ${label.toLowerCase()}`).join(", ");
  return (
    <div role="img" aria-label={`${title}, the last 48 hours: ${sums}`} className="h-52">
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart data={[...hours]} margin={{ top: 4, right: 4, bottom: 0, left: -12 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="hour" tickFormatter={clock} tick={TICK} tickLine={false} axisLine={false} minTickGap={48} />
          <YAxis allowDecimals={false} tickFormatter={short} tick={TICK} tickLine={false} axisLine={false} width={52} />
          <Tooltip
            labelFormatter={(hour) => new Date(String(hour)).toLocaleString(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" })}
            contentStyle={{ background: "var(--raised)", border: "1px solid var(--line)", borderRadius: 8, fontSize: 12 }}
            itemStyle={{ color: "var(--ink)" }}
            labelStyle={{ color: "var(--ink-soft)" }}
            cursor={{ stroke: "var(--line-strong)", fill: "var(--hover)" }}
          />
          {series.map(({ key, color }) => (
            <pattern key={key} id={`${stripes}${key}`} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="2" height="4" fill={color} />
            </pattern>
          ))}
          {series.map(({ key, label, color, striped = false }) =>
            series.length === 1 ? (
              <Area key={key} type="monotone" dataKey={key} name={label} stroke={color} fill={color} fillOpacity={0.14} strokeWidth={1.75} isAnimationActive={false} />
            ) : (
              <Bar key={key} dataKey={key} name={label} stackId="all" stroke={color} strokeWidth={striped ? 1 : 0} fill={striped ? `url(#${stripes}${key})` : color} isAnimationActive={false} />
            ),
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
