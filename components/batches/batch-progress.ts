import type { CommandBatchDto } from "@/lib/contracts/batches";
import { COMMAND_STATES, wordsOf, type CommandState, type Tone } from "@/lib/contracts/words";

export interface Share {
  state: CommandState;
  label: string;
  meaning: string;
  tone: Tone;
  count: number;
}

/** Success first, then what went wrong, then what is still under way, as the bar shows it. */
const ORDER: readonly CommandState[] = ["acknowledged", "failed", "malformed", "poisoned", "deferred", "delivered", "queued", "scheduled", "expired", "cancelled"];

/** The states that occur in a batch, in the order of the bar. */
export function sharesOf(byState: CommandBatchDto["byState"]): Share[] {
  return ORDER.map((state) => ({ state, ...COMMAND_STATES[state], count: byState[state] ?? 0 })).filter((share) => share.count > 0);
}

/** How many have ended, in whatever way. */
export function endedOf(byState: CommandBatchDto["byState"]): number {
  return wordsOf(COMMAND_STATES).reduce((sum, state) => sum + (COMMAND_STATES[state].ended ? (byState[state] ?? 0) : 0), 0);
}

/** What can still be done with a batch. */
export function choicesOf(byState: CommandBatchDto["byState"]): { failed: number; silent: number; open: number } {
  const sum = (states: readonly CommandState[]): number => states.reduce((total, state) => total + (byState[state] ?? 0), 0);
  return {
    failed: sum(["failed", "malformed"]),
    silent: sum(["poisoned", "expired", "queued", "delivered", "deferred"]),
    open: sum(["scheduled", "queued", "delivered", "deferred"]),
  };
}
