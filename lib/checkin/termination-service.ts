import { MusterError } from "@/lib/contracts/errors";
import type { TerminationMethod } from "@/lib/contracts/words";
import { findCommandTarget } from "@/lib/commands/command-store";
import { queueCommand } from "@/lib/commands/queue-command";
import type { Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { markTermination } from "@/lib/devices/enrollment-store";
import { recordEvents } from "@/lib/events/event-log";
import { encodeCommand } from "@/lib/protocol/commands/encode-command";
import { PROFILE_IDENTIFIER } from "@/lib/protocol/profile/profile-identifier";
import { requestPush } from "@/lib/push/push-schedule";

/**
 * Marks a device to be released and wakes it: by RemoveProfile, which is always possible and which it confirms,
 * or by our answer to its next request (Apple, "Managing MDM Connections").
 * @throws MusterError not-found, conflict when its management has ended already
 */
export async function requestTermination(deviceId: string, method: TerminationMethod, actor: string): Promise<void> {
  await transaction(async (tx) => {
    const target = await findCommandTarget(tx, deviceId);
    if (target === null) throw new MusterError("not-found", `no device ${deviceId}`);
    if (!(await markTermination(tx, target.enrollmentId, method, actor))) throw new MusterError("conflict", "the management of this device has ended already");
    await recordEvents(tx, [{ kind: "termination.requested", actor, deviceId, enrollmentId: target.enrollmentId, data: { method } }]);
    if (method === "remove-profile") await queueRemoval(tx, deviceId, target.enrollmentId, actor);
    await requestPush(tx, [target.enrollmentId]);
  });
}

async function queueRemoval(tx: Executor, deviceId: string, enrollmentId: string, actor: string): Promise<void> {
  const encoded = encodeCommand("RemoveProfile", { Identifier: PROFILE_IDENTIFIER });
  if (!encoded.ok) throw new MusterError("internal", "RemoveProfile of the enrollment profile is not acceptable");
  await queueCommand(tx, { enrollmentId, deviceId, requestType: "RemoveProfile", command: encoded.command, createdBy: actor, notBefore: null, expiresAt: null, deduplicateKey: null });
}
