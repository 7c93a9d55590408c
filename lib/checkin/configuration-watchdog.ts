import { recurringWork, type RecurringWork } from "@/lib/config/recurring-work";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { requestPush } from "@/lib/push/push-schedule";
import { queueRelease } from "./release";
import { takeWaiting } from "./waiting-store";

const LOOK_INTERVAL_MS = 60_000;
/** A device in Setup Assistant that has not gone on by then has lost our release, or refused it. */
const PATIENCE_MINUTES = 15;
/** A device that wants more than these does not wait for them. */
const MOST_RELEASES = 20;
const AT_ONCE = 200;

/**
 * No device is left in Setup Assistant: where the release was lost or answered otherwise it is queued once more, and
 * the device is woken (Apple, "Release Device from Await Configuration"). Answers how many it took care of.
 */
export async function releaseWaiting(): Promise<number> {
  return transaction(async (tx) => {
    const waiting = await takeWaiting(tx, PATIENCE_MINUTES, MOST_RELEASES, AT_ONCE);
    for (const enrollment of waiting) {
      if (!(await queueRelease(tx, enrollment))) continue;
      await recordEvents(tx, [{ kind: "configuration.repeated", actor: "system", deviceId: enrollment.deviceId, enrollmentId: enrollment.id }]);
    }
    await requestPush(tx, waiting.map((enrollment) => enrollment.id));
    return waiting.length;
  });
}

/** Looks every minute; several nodes may do it side by side. */
export function startConfigurationWatchdog(): RecurringWork {
  return recurringWork(LOOK_INTERVAL_MS, releaseWaiting, "waiting devices could not be looked for; tried again");
}
