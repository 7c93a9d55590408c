import { startAssigned } from "@/lib/assignments/group-changes";
import { endCommand, findCommandTarget } from "@/lib/commands/command-store";
import { MusterError } from "@/lib/contracts/errors";
import { COMMAND_STATES, type EnrollmentState } from "@/lib/contracts/words";
import type { Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { listOpenUsers } from "@/lib/devices/enrollment-store";
import { recordEvents } from "@/lib/events/event-log";
import { requestPush } from "@/lib/push/push-schedule";
import { lockRemoval, lockTerminating, resumeLife, type RemovalRow } from "./termination-store";

/**
 * Lets management go on: RemoveProfile leaves the queue, and no 401 or 403 comes any more. Who was refused is accepted
 * instead. `mayStillRun` is true when the device had RemoveProfile already.
 * @throws MusterError not-found, conflict when nothing is under way, the device has heard the answer, or was refused
 */
export async function withdrawTermination(deviceId: string, actor: string): Promise<{ state: EnrollmentState; mayStillRun: boolean }> {
  return transaction(async (tx) => {
    // An answer of the device locks in this order as well: the command, then the life.
    const removal = await lockRemoval(tx, deviceId);
    const life = await lockTerminating(tx, deviceId);
    if (life === null) throw await nothingToWithdraw(tx, deviceId);
    if (life.cause === "rejected") throw new MusterError("conflict", "this device was refused: accept it instead");
    if (life.commandId !== (removal?.id ?? null)) throw new MusterError("conflict", "another termination was asked for meanwhile");
    const mayStillRun = removal !== null && (await cancelRemoval(tx, removal, { actor, deviceId, enrollmentId: life.id }));
    const state = await resumeLife(tx, life.id);
    const data = { method: life.method, requestedBy: life.requestedBy, mayStillRun };
    await recordEvents(tx, [{ kind: "termination.withdrawn", actor, deviceId, enrollmentId: life.id, data }]);
    // What was on its way of its profiles and declarations was cancelled for RemoveProfile, or held back.
    if (state === "enrolled") for (const { id } of [life, ...(await listOpenUsers(tx, life.id))]) await startAssigned(tx, { id });
    await requestPush(tx, [life.id]);
    return { state, mayStillRun };
  });
}

async function nothingToWithdraw(tx: Executor, deviceId: string): Promise<MusterError> {
  const target = await findCommandTarget(tx, deviceId);
  if (target === null) return new MusterError("not-found", `no device ${deviceId}`);
  return new MusterError("conflict", target.state === "ended" ? "the management of this device has ended already" : "no termination of this device is under way");
}

/** Takes RemoveProfile out of the queue. Answers whether the device had it, and may run it for all that. */
async function cancelRemoval(tx: Executor, { id, state, deliveredAt }: RemovalRow, by: { actor: string; deviceId: string; enrollmentId: string }): Promise<boolean> {
  // A failed one has run and left the profile; one that was taken out unanswered may have run, or run yet.
  if (COMMAND_STATES[state].ended) return state !== "failed" && state !== "malformed" && deliveredAt !== null;
  const mayStillRun = state === "delivered";
  const cause = "The termination was withdrawn.";
  await endCommand(tx, id, { state: "cancelled", responseSealed: null, errorChain: null, cause });
  await recordEvents(tx, [{ kind: "command.cancelled", ...by, commandId: id, data: { requestType: "RemoveProfile", mayStillRun, cause } }]);
  return mayStillRun;
}
