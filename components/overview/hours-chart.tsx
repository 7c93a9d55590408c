"use client";

import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { Overview } from "@/lib/contracts/events";
import type { HourSeries } from "./hour-series";

const TICK = { fill: "var(--ink-faint)", fontSize: 11 };
const clock = (hour: string): string => new Date(hour).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
const short = (value: number): string => (value >= 1_000 ? `${Number((value / 1_000).toFixed(1)).toLocaleString()}k` : value.toLocaleString());

interface Props {
  title: string;
  hours: Overview["hours"];
  series: readonly HourSeries[];
}

/** Areas over the hours, one upon the other. Loaded by itself: everything of Recharts is in here. */
export function HoursChart({ title, hours, series }: Props) {
  return (
    <div role="img" aria-label={`${title}, the last 48 hours`} className="h-52">
      <ResponsiveContainer width="100%" height="100%">
        <AreaChart data={[...hours]} margin={{ top: 4, right: 4, bottom: 0, left: -12 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="hour" tickFormatter={clock} tick={TICK} tickLine={false} axisLine={false} minTickGap={48} />
          <YAxis allowDecimals={false} tickFormatter={short} tick={TICK} tickLine={false} axisLine={false} width={52} />
          <Tooltip
            labelFormatter={(hour) => new Date(String(hour)).toLocaleString(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" })}
            contentStyle={{ background: "var(--raised)", border: "1px solid var(--line)", borderRadius: 8, fontSize: 12 }}
            itemStyle={{ color: "var(--ink)" }}
            labelStyle={{ color: "var(--ink-soft)" }}
            cursor={{ stroke: "var(--line-strong)" }}
          />
          {series.map(({ key, label, color }) => (
            <Area key={key} type="monotone" dataKey={key} name={label} stackId="all" stroke={color} fill={color} fillOpacity={0.14} strokeWidth={1.75} isAnimationActive={false} />
          ))}
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}
