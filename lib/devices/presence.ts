import { log } from "@/lib/config/log";
import { processWide } from "@/lib/config/process-wide";
import { countInHour } from "@/lib/events/hourly-counts";
import { saveLastSeen } from "./enrollment-store";

const FLUSH_INTERVAL_MS = 2_000;

interface Presence {
  seen: Map<string, Date>;
  timer: NodeJS.Timeout | null;
}
const presence = processWide<Presence>("presence", () => ({ seen: new Map(), timer: null }));

/**
 * Notes that an enrollment spoke to us. Written together every two seconds: a polling fleet must not cost a
 * write per poll, and what depends on "last seen" reckons in minutes.
 */
export function noteSeen(enrollmentId: string, at: Date): void {
  presence.seen.set(enrollmentId, at);
  countInHour("check-in", at);
  presence.timer ??= setTimeout(() => void flushPresence(), FLUSH_INTERVAL_MS).unref();
}

/** Writes what was noted; called by the timer and when the server stops. */
export async function flushPresence(): Promise<void> {
  const { seen, timer } = presence;
  if (timer !== null) clearTimeout(timer);
  presence.timer = null;
  if (seen.size === 0) return;
  presence.seen = new Map();
  try {
    await saveLastSeen(seen);
  } catch (error) {
    log.warn("last-seen times were not written", { enrollments: seen.size, error: String(error) });
  }
}
