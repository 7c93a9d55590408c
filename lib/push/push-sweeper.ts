import { recurringWork, type RecurringWork } from "@/lib/config/recurring-work";
import { signal } from "@/lib/db/signals";
import { takeBackLostPushes } from "./push-store";
import { sweepSilent } from "./push-sweep-store";

/** Far shorter than the shortest interval of the sweep. */
const LOOK_EVERY_MS = 5 * 60_000;
const BATCH = 1_000;

/**
 * Pushes what was lost with a node, and devices that owe an answer again after 1 h, 6 h, 24 h, 3 days, and then weekly:
 * a push may be lost, and APNs keeps one for seven days only. What is due follows from the rows, so a node that starts
 * goes on where others stopped.
 */
export async function sweepSilentDevices(): Promise<number> {
  let total = await takeBackLostPushes();
  if (total > 0) signal("push");
  for (let swept = BATCH; swept === BATCH; total += swept) {
    swept = await sweepSilent(BATCH);
    if (swept > 0) signal("push");
  }
  return total;
}

/** Sweeps now and then until stopped; any number of nodes may run it. */
export function startPushSweeper(): RecurringWork {
  const sweep = recurringWork(LOOK_EVERY_MS, sweepSilentDevices, "the sweep of silent devices failed and is tried again");
  sweep.wake();
  return sweep;
}
