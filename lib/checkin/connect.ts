import { transaction } from "@/lib/db/transaction";
import { lockEnrollment, markConnected } from "@/lib/devices/enrollment-store";
import { noteSeen } from "@/lib/devices/presence";
import type { Recipient, TakenReport } from "@/lib/commands/command-delivery";
import { deliverNext, takeReport } from "@/lib/commands/command-delivery";
import type { Executor } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import type { CommandReport } from "@/lib/protocol/checkin-message";
import type { BoundContact } from "./admit-contact";
import { endLife } from "./end-life";

/**
 * A device asks for work or reports (Apple, "Sending MDM Commands to a Device"). Answers the property list of the
 * next command, or null when the device may rest. An idle poll with nothing waiting has cost its one read by now
 * and writes nothing.
 */
export async function connect(contact: BoundContact, report: CommandReport, raw: Buffer, receivedAt: Date): Promise<Buffer | null> {
  const enrollmentId = report.channel.kind === "user" ? contact.userEnrollmentId : contact.enrollmentId;
  if (enrollmentId === null) return null; // a user we have no token of: nothing can wait for him
  const recipient: Recipient = { enrollmentId, deviceId: contact.deviceId };
  noteSeen(enrollmentId, receivedAt);
  if (report.status === "Idle") {
    if (contact.fresh === true) await transaction((tx) => beginSession(tx, recipient));
    return contact.openCommands > 0 && maySend(contact) ? deliverNext(recipient, false) : null;
  }
  const { taken, ended } = await transaction(async (tx) => {
    const taken = await takeReport(tx, recipient, report, raw);
    return { taken, ended: taken !== null && (await endsLife(tx, contact, taken)) };
  });
  // Whatever was queued since the contact was read brings its own push.
  const last = contact.openCommands === 1 && taken !== null && taken.state !== "deferred";
  if (ended || last || !maySend(contact)) return null;
  return deliverNext(recipient, report.status === "NotNow" || contact.notNowAt !== null);
}

/** Lives that have ended or are quarantined are listened to and get nothing. */
function maySend(contact: BoundContact): boolean {
  return contact.state === "enrolled" || contact.state === "unenrolling" || contact.state === "authenticating";
}

async function beginSession(tx: Executor, recipient: Recipient): Promise<void> {
  const first = await markConnected(tx, recipient.enrollmentId);
  if (first) await recordEvents(tx, [{ kind: "device.connected", actor: "device", deviceId: recipient.deviceId, enrollmentId: recipient.enrollmentId }]);
}

/** The device has removed the enrollment profile as an admin had asked: nothing of it will be heard again. */
async function endsLife(tx: Executor, contact: BoundContact, taken: TakenReport): Promise<boolean> {
  if (contact.terminationMethod !== "remove-profile" || taken.requestType !== "RemoveProfile" || taken.state !== "acknowledged") return false;
  const life = await lockEnrollment(tx, contact.enrollmentId);
  if (life === null || life.endedAt !== null) return true;
  await endLife(tx, { enrollmentId: life.id, deviceId: life.deviceId, cause: "profile-removed", actor: "device", reason: "The enrollment profile was removed as asked." });
  return true;
}
