"use client";

import { absoluteTime, relativeTime } from "@/lib/client/format-time";
import { useNow } from "@/lib/client/use-now";

/** An instant as people say it, with date, time and zone on hover. `at` is ISO 8601. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const now = useNow();
  const instant = Date.parse(at);
  return (
    <time dateTime={at} title={now === 0 ? undefined : absoluteTime(instant)} className={className}>
      {now === 0 ? "" : relativeTime(instant, now)}
    </time>
  );
}
