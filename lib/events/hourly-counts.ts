import { log } from "@/lib/config/log";
import { processWide } from "@/lib/config/process-wide";
import { addToHours, type HourlyKind } from "./hourly-count-store";

const FLUSH_INTERVAL_MS = 2_000;
const HOUR_MS = 3_600_000;

interface Tally {
  counts: Map<string, { hour: Date; kind: HourlyKind; count: number }>;
  timer: NodeJS.Timeout | null;
}
const tally = processWide<Tally>("hourly-counts", () => ({ counts: new Map(), timer: null }));

/**
 * Counts something for the charts of the dashboard. Written together every two seconds, so it costs a poll nothing; what a process
 * had not written when it was killed is missing from its hour, and nothing but a chart shows it.
 */
export function countInHour(kind: HourlyKind, at: Date, count = 1): void {
  const hour = Math.floor(at.getTime() / HOUR_MS) * HOUR_MS;
  const key = `${hour} ${kind}`;
  const entry = tally.counts.get(key) ?? { hour: new Date(hour), kind, count: 0 };
  entry.count += count;
  tally.counts.set(key, entry);
  tally.timer ??= setTimeout(() => void flushHourlyCounts(), FLUSH_INTERVAL_MS).unref();
}

/** Writes what was counted; called by the timer and when the server stops. Counts that could not be written are kept for the next time. */
export async function flushHourlyCounts(): Promise<void> {
  const counts = [...tally.counts.values()];
  if (tally.timer !== null) clearTimeout(tally.timer);
  tally.timer = null;
  tally.counts = new Map();
  if (counts.length === 0) return;
  try {
    await addToHours(counts);
  } catch (error) {
    log.warn("hourly counts were not written", { error: String(error) });
    for (const { kind, hour, count } of counts) countInHour(kind, hour, count);
  }
}
