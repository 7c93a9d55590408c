import { log } from "@/lib/config/log";
import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { removeExpiredSecrets } from "@/lib/devices/secret-store";
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

/** Secrets of devices whose record was removed go when their time is over. Answers how many went. */
export function sweepSecrets(): Promise<number> {
  return removeExpiredSecrets(database().pool);
}

/** Looks every minute for what a past decision still owes; several nodes may do it side by side. */
export function startTerminationWatch(): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(wakeHeld).then(sweepSecrets).catch((error: unknown) => log.warn("held terminations could not be looked for; tried again", { error: String(error) }));
  }, LOOK_INTERVAL_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
