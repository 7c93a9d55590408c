import { deliverNext, type Recipient } from "@/lib/commands/command-delivery";
import type { Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { markConnected, setNotOnConsole } from "@/lib/devices/enrollment-store";
import { noteSeen } from "@/lib/devices/presence";
import { recordEvents } from "@/lib/events/event-log";
import type { CommandReport } from "@/lib/protocol/checkin-message";
import { booleanField } from "@/lib/protocol/plist/plist-fields";
import type { BoundContact } from "./admit-contact";
import { mayReceive } from "./admit-contact";
import { takeOver } from "./take-answer";

/**
 * A device or a user asks for work or reports (Apple, "Sending MDM Commands to a Device"). Answers the property list
 * of the next command of his own queue, or null when he may rest. An idle poll with nothing waiting has cost its one
 * read by now and writes nothing.
 */
export async function connect(contact: BoundContact, report: CommandReport, raw: Buffer, receivedAt: Date): Promise<Buffer | null> {
  const enrollmentId = report.channel.kind === "user" ? contact.userEnrollmentId : contact.enrollmentId;
  if (enrollmentId === null) return null; // a user we have no token of: nothing can wait for him
  const recipient: Recipient = { enrollmentId, deviceId: contact.deviceId };
  noteSeen(enrollmentId, receivedAt);
  await noteConsole(contact, enrollmentId, report);
  if (report.status === "Idle") {
    if (contact.fresh === true) await transaction((tx) => beginSession(tx, recipient));
    return contact.openCommands > 0 && mayReceive(contact) ? deliverNext(recipient, false) : null;
  }
  const { taken, ended } = await takeOver(contact, recipient, report, raw);
  // Whatever was queued since the contact was read brings its own push.
  const last = contact.openCommands === 1 && taken !== null && !taken.late && taken.state !== "deferred";
  if (ended || last || !mayReceive(contact)) return null;
  return deliverNext(recipient, report.status === "NotNow" || contact.notNowAt !== null);
}

/** A Mac says with every report of a user whether he is the one at the screen; on the device channel it means nothing. */
async function noteConsole(contact: BoundContact, enrollmentId: string, report: CommandReport): Promise<void> {
  const notOnConsole = report.channel.kind === "user" ? booleanField(report.body, "NotOnConsole") : null;
  if (notOnConsole !== null && notOnConsole !== contact.notOnConsole) await setNotOnConsole(enrollmentId, notOnConsole);
}

async function beginSession(tx: Executor, recipient: Recipient): Promise<void> {
  const first = await markConnected(tx, recipient.enrollmentId);
  if (first) await recordEvents(tx, [{ kind: "device.connected", actor: "device", deviceId: recipient.deviceId, enrollmentId: recipient.enrollmentId }]);
}
