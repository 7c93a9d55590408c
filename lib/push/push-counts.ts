import { processWide } from "@/lib/config/process-wide";
import { PUSH_OUTCOMES } from "@/lib/contracts/words";
import type { PushOutcomeKind } from "./apns-outcome";

/** Since the process began. Simulated devices are counted apart: nothing of theirs goes to APNs. */
const counts = processWide("push-counts", () => new Map<string, number>());
const keyOf = (outcome: PushOutcomeKind, test: boolean): string => `${outcome} ${test}`;

export function countPush(outcome: PushOutcomeKind, test: boolean): void {
  const key = keyOf(outcome, test);
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** How many pushes this process has sent, by what came of them; outcomes that never came are there with zero. */
export function pushesByOutcome(): { outcome: string; simulated: string; count: number }[] {
  const outcomes = Object.keys(PUSH_OUTCOMES) as PushOutcomeKind[];
  return [false, true].flatMap((test) => outcomes.map((outcome) => ({ outcome, simulated: String(test), count: counts.get(keyOf(outcome, test)) ?? 0 })));
}
