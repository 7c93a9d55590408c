import type { Executor } from "@/lib/db/database";
import type { EndCause } from "@/lib/contracts/words";
import { cancelOpenCommands } from "@/lib/commands/command-store";
import { endEnrollments } from "@/lib/devices/enrollment-store";
import { recordEvents } from "@/lib/events/event-log";
import { closeQuestions } from "./restore-store";

/**
 * Ends a life with those of its users and cancels what still waited for it: nothing of one life may run in the
 * next. Inventory and escrowed secrets stay. A life that had ended before stays as it is.
 */
export async function endLife(
  tx: Executor,
  life: { enrollmentId: string; deviceId: string; cause: EndCause; actor: string; reason: string },
): Promise<void> {
  const ended = await endEnrollments(tx, life.enrollmentId, life.cause);
  if (ended.length === 0) return;
  await closeQuestions(tx, ended);
  const cancelled = await cancelOpenCommands(tx, ended, life.reason);
  await recordEvents(tx, [
    { kind: "enrollment.ended", actor: life.actor, deviceId: life.deviceId, enrollmentId: life.enrollmentId, data: { cause: life.cause, reason: life.reason, cancelledCommands: cancelled.length } },
    ...cancelled.map((command) => ({ kind: "command.cancelled" as const, actor: life.actor, deviceId: life.deviceId, enrollmentId: command.enrollmentId, commandId: command.id, data: { cause: life.reason } })),
  ]);
}
