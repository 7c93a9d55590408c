import { log } from "@/lib/config/log";
import { database } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import { requestPush } from "@/lib/push/push-schedule";
import { sweepCommands } from "./command-store";

const SWEEP_INTERVAL_MS = 5_000;

async function sweep(): Promise<void> {
  const { expired, due } = await sweepCommands();
  const { pool } = database();
  if (expired.length > 0) {
    await recordEvents(pool, expired.map((row) => ({ kind: "command.expired" as const, actor: "system", deviceId: row.deviceId, enrollmentId: row.enrollmentId, commandId: row.id })));
  }
  if (due.length > 0) await requestPush(pool, [...new Set(due)]);
}

/** Expires commands and opens scheduled ones, every few seconds; several nodes may run it side by side. */
export function startCommandSweeper(): { stop(): Promise<void> } {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(sweep).catch((error: unknown) => log.warn("the command sweep failed and is tried again", { error: String(error) }));
  }, SWEEP_INTERVAL_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
