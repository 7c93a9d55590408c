import { recurringWork, type RecurringWork } from "@/lib/config/recurring-work";
import { transaction } from "@/lib/db/transaction";
import { requestPush } from "@/lib/push/push-schedule";
import { terminationsPerHour } from "./termination";
import { countRecentTerminations, heldToWake } from "./termination-store";

const LOOK_INTERVAL_MS = 60_000;

/** Wakes as many held devices as the hour has room for. Answers how many. */
export async function wakeHeld(): Promise<number> {
  const limit = await terminationsPerHour();
  return transaction(async (tx) => {
    const room = limit - (await countRecentTerminations(tx));
    const held = room > 0 ? await heldToWake(tx, room) : [];
    await requestPush(tx, held);
    return held.length;
  });
}

/** Looks every minute for what a past decision still owes; several nodes may do it side by side. */
export function startTerminationWatch(): RecurringWork {
  return recurringWork(LOOK_INTERVAL_MS, wakeHeld, "held terminations could not be looked for; tried again");
}
