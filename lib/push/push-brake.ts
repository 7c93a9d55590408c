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
/** Refused tokens stop a topic later: some devices may be refused for good while those between them still listen. */
const REFUSED_IN_A_ROW = 100;
/** That many refused tokens among the last hundred answers are one matter, even with good answers between them. */
const WINDOW = 100;
const REFUSED_IN_WINDOW = 20;

export interface PushBrake {
  /** Takes in an answer. True when it is about all devices of the topic: then one alarm speaks for them. */
  note(kind: PushOutcomeKind, answer: PushAnswer): boolean;
  /** False until an answer has shown that the connection works: then one push at a time tries it. */
  proven(): boolean;
  /** Nothing speaks for an alarm any more: the last answer was good and refused tokens are rare. */
  calm(): boolean;
  /** Milliseconds until the pause ends; 0 when there is none. */
  pausedMs(): number;
}

/** Stops a topic whose pushes fail for reasons of its own, longer each time, and lets a single push find out about the end. */
export function pushBrake(): PushBrake {
  let proven = false;
  let everGood = false;
  let pausedUntil = 0;
  let pauses = 0;
  let inARow = 0;
  const refusals = lastAnswers(WINDOW);

  function pause(kind: PauseKind, atLeastMs: number): void {
    if (pausedUntil > Date.now()) return; // answers that were under way when it began
    const { firstMs, longestMs } = PAUSES[kind];
    pausedUntil = Date.now() + Math.max(Math.min(firstMs * 2 ** pauses, longestMs), atLeastMs);
    pauses += 1;
    proven = false;
  }

  /** Do answers of this kind, as many as came in a row, mean that the whole topic has to wait? */
  function stops(kind: PushOutcomeKind, answer: PushAnswer): boolean {
    if (isSure(kind, answer)) return true;
    if (kind === "token-refused") return inARow >= (everGood ? REFUSED_IN_A_ROW : TROUBLE);
    return inARow >= TROUBLE || (!proven && answer.status === null);
  }

  return {
    note(kind, answer) {
      refusals.add(kind === "token-refused");
      if (kind === "accepted" || kind === "dead-token") {
        proven = everGood = true;
        pauses = inARow = 0;
        return false;
      }
      inARow += 1;
      const suspected = pauseOf(kind, answer);
      if (suspected !== null && stops(kind, answer)) pause(suspected, answer.retryAfterMs ?? 0);
      else if (answer.status !== null) proven = true;
      return isSure(kind, answer) || inARow >= TROUBLE || (kind === "token-refused" && refusals.count() >= REFUSED_IN_WINDOW);
    },
    proven: () => proven,
    calm: () => inARow === 0 && refusals.count() < REFUSED_IN_WINDOW,
    pausedMs: () => Math.max(0, pausedUntil - Date.now()),
  };
}

/** One such answer is enough. */
function isSure(kind: PushOutcomeKind, answer: PushAnswer): boolean {
  return kind === "configuration" || answer.reason === "connection-failed" || answer.reason === "refused";
}

/** The pause that such answers lead to when they come for all devices; null for those that never do. */
function pauseOf(kind: PushOutcomeKind, answer: PushAnswer): PauseKind | null {
  if (kind === "configuration" || kind === "token-refused") return "configuration";
  return kind === "retry" && answer.status !== 429 ? "unreachable" : null;
}

/** Counts the true ones among the last `size`. */
function lastAnswers(size: number): { add(value: boolean): void; count(): number } {
  const ring = Array.from({ length: size }, () => false);
  let at = 0;
  let count = 0;
  return {
    add(value) {
      count += Number(value) - Number(ring[at]);
      ring[at] = value;
      at = (at + 1) % size;
    },
    count: () => count,
  };
}
