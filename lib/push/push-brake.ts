import type { PushOutcomeKind } from "./apns-outcome";
import type { PushAnswer } from "./apns-request";

/** Why the pushes of a topic rest: our certificate, or APNs that cannot be reached. */
const PAUSES = {
  configuration: { firstMs: 60_000, longestMs: 30 * 60_000 },
  unreachable: { firstMs: 2_000, longestMs: 60_000 },
} as const;
type PauseKind = keyof typeof PAUSES;

/** That many answers in a row, none of them good, say that it is not about single devices. */
const TROUBLE = 20;

export interface PushBrake {
  /** Takes in an answer. True when it is about all devices of the topic: then one alarm speaks for them. */
  note(kind: PushOutcomeKind, answer: PushAnswer): boolean;
  /** False until an answer has shown that the connection works: then one push at a time tries it. */
  proven(): boolean;
  /** Milliseconds until the pause ends; 0 when there is none. */
  pausedMs(): number;
}

/** Stops a topic whose pushes fail for reasons of its own, longer each time, and lets a single push find out about the end. */
export function pushBrake(): PushBrake {
  let proven = false;
  let pausedUntil = 0;
  let pauses = 0;
  let inARow = 0;

  function pause(kind: PauseKind): void {
    if (pausedUntil > Date.now()) return; // answers that were under way when it began
    const { firstMs, longestMs } = PAUSES[kind];
    pausedUntil = Date.now() + Math.min(firstMs * 2 ** pauses, longestMs);
    pauses += 1;
    proven = false;
  }

  return {
    note(kind, answer) {
      if (kind === "accepted" || kind === "dead-token") {
        proven = true;
        pauses = 0;
        inARow = 0;
        return false;
      }
      inARow += 1;
      const suspected = pauseOf(kind, answer);
      const sure = kind === "configuration" || answer.reason === "connection-failed" || answer.reason === "refused";
      if (suspected !== null && (sure || inARow >= TROUBLE || (!proven && answer.status === null))) pause(suspected);
      else if (answer.status !== null && !sure) proven = true;
      return sure || inARow >= TROUBLE;
    },
    proven: () => proven,
    pausedMs: () => Math.max(0, pausedUntil - Date.now()),
  };
}

/** The pause that such answers lead to when they come for all devices; null for those that never do. */
function pauseOf(kind: PushOutcomeKind, answer: PushAnswer): PauseKind | null {
  if (kind === "configuration" || kind === "token-refused") return "configuration";
  return kind === "retry" && answer.status !== 429 ? "unreachable" : null;
}
