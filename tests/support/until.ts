import { setTimeout as sleep } from "node:timers/promises";

/** Waits until `condition` holds. The limit only ends a test that hangs; it measures nothing. */
export async function until(condition: () => boolean | Promise<boolean>, limitMs = 30_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not so within ${limitMs} ms: ${condition.toString()}`);
    await sleep(20);
  }
}
