import { recurringWork } from "@/lib/config/recurring-work";
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
  const jobs = [
    recurringWork(SWEEP_INTERVAL_MS, sweep, "the command sweep failed and is tried again"),
    recurringWork(RETENTION_INTERVAL_MS, removeWhatIsOld, "the removal of what is old failed and is tried again"),
  ];
  return {
    async stop() {
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}
