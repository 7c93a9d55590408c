import { log } from "@/lib/config/log";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { pushMany } from "./batch-queue";
import { expireCommands, releaseCommands } from "./command-store";
import { removeWhatIsOld } from "./retention";

const SWEEP_INTERVAL_MS = 5_000;
const RETENTION_INTERVAL_MS = 10 * 60_000;
const TIME_RAN_OUT = "Its time ran out before the device answered.";

async function sweep(): Promise<void> {
  await transaction(async (tx) => {
    const expired = await expireCommands(tx, TIME_RAN_OUT);
    await recordEvents(tx, expired.map(({ id, requestType, ...of }) => ({
      kind: "command.expired" as const, actor: "system", ...of, commandId: id, data: { requestType, cause: TIME_RAN_OUT },
    })));
  });
  await transaction(async (tx) => {
    const due = await releaseCommands(tx);
    await recordEvents(tx, due.map(({ id, requestType, ...of }) => ({
      kind: "command.released" as const, actor: "system", ...of, commandId: id, data: { requestType, cause: "Its time has come." },
    })));
    await pushMany(tx, [...new Set(due.map((row) => row.enrollmentId))], null);
  });
}

/** Expires commands, opens scheduled ones and removes old ones; several nodes may run it side by side. */
export function startCommandSweeper(): { stop(): Promise<void> } {
  const jobs = [every(SWEEP_INTERVAL_MS, "the command sweep", sweep), every(RETENTION_INTERVAL_MS, "the removal of what is old", removeWhatIsOld)];
  return {
    async stop() {
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}

function every(intervalMs: number, name: string, work: () => Promise<void>): { stop(): Promise<void> } {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(work).catch((error: unknown) => log.warn(`${name} failed and is tried again`, { error: String(error) }));
  }, intervalMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
