import { AsyncLocalStorage } from "node:async_hooks";
import { processWide } from "@/lib/config/process-wide";

type Pending = (() => void)[];
const pending = processWide("after-commit", () => new AsyncLocalStorage<Pending>());

/** Runs `action` once the surrounding transaction is committed, never when it is rolled back; at once outside of one. */
export function afterCommit(action: () => void): void {
  const actions = pending.getStore();
  if (actions) actions.push(action);
  else action();
}

/** Collects the afterCommit actions of `work`; `commit` runs them. */
export async function collectAfterCommit<T>(work: (commit: () => void) => Promise<T>): Promise<T> {
  const actions: Pending = [];
  return pending.run(actions, () => work(() => pending.exit(() => actions.splice(0).forEach((action) => action()))));
}
