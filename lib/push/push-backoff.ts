import type { PushAnswer } from "./apns-request";
import type { PushOutcomeKind } from "./apns-outcome";
import { PUSH_GAP_MS } from "./push-store";

const HOUR_MS = 3_600_000;

/** First and longest wait of one device. An answer about all devices waits in the brake, not here. */
const WAITS: Partial<Record<PushOutcomeKind, { firstMs: number; longestMs: number }>> = {
  configuration: { firstMs: PUSH_GAP_MS, longestMs: PUSH_GAP_MS },
  "token-refused": { firstMs: HOUR_MS, longestMs: 24 * HOUR_MS },
  ours: { firstMs: HOUR_MS, longestMs: 24 * HOUR_MS },
  retry: { firstMs: 15_000, longestMs: HOUR_MS },
};

/**
 * When the push is due again; null when it is not. Retry-After counts as it is; else the wait doubles from the
 * last one, give or take a fifth, so that a fleet that failed together does not come back together.
 */
export function retryTime(kind: PushOutcomeKind, answer: PushAnswer, sentAt: Date, lastDelayMs: number | null): Date | null {
  const wait = WAITS[kind];
  if (wait === undefined) return null;
  if (kind === "retry" && answer.retryAfterMs !== null) return after(sentAt, Math.max(answer.retryAfterMs, PUSH_GAP_MS));
  const firstMs = kind === "retry" && answer.status === null ? PUSH_GAP_MS : wait.firstMs;
  const doubled = Math.min(Math.max(2 * (lastDelayMs ?? 0), firstMs), wait.longestMs);
  return after(sentAt, Math.max(doubled * (0.8 + 0.4 * Math.random()), PUSH_GAP_MS));
}

function after(time: Date, ms: number): Date {
  return new Date(time.getTime() + ms);
}
