import { log } from "@/lib/config/log";
import { MusterError } from "@/lib/contracts/errors";
import { isStorageUnavailable } from "@/lib/db/storage-errors";
import { transaction } from "@/lib/db/transaction";
import { lockEnrollment, markConnected, setAwaitingConfiguration, setNotOnConsole } from "@/lib/devices/enrollment-store";
import { noteSeen } from "@/lib/devices/presence";
import type { Recipient, TakenReport } from "@/lib/commands/command-delivery";
import { deliverNext, takeReport } from "@/lib/commands/command-delivery";
import { readCommandRow } from "@/lib/commands/command-store";
import { openRequest } from "@/lib/commands/queue-command";
import type { Executor } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import type { CommandReport } from "@/lib/protocol/checkin-message";
import { readCommandOf } from "@/lib/protocol/commands/read-command";
import { booleanField, dictionaryField } from "@/lib/protocol/plist/plist-fields";
import { noteAnswer } from "@/lib/profiles/refresh-schedule";
import { PROFILE_IDENTIFIER } from "@/lib/protocol/profile/profile-identifier";
import type { BoundContact } from "./admit-contact";
import { mayReceive } from "./admit-contact";
import { endLife } from "./end-life";
import { noteDeparture } from "./termination-store";

/** Their acknowledgment lets Setup Assistant go on. */
const RELEASES = new Set(["DeviceConfigured", "UserConfigured"]);

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

interface TakenOver {
  taken: TakenReport | null;
  ended: boolean;
}

/**
 * Takes the report with all that follows from it in one transaction. An answer so odd that this fails is taken again as
 * unreadable, kept as it came: a refusal would bring it back for ever. Only a database that is away makes it fail.
 */
async function takeOver(contact: BoundContact, recipient: Recipient, report: CommandReport, raw: Buffer): Promise<TakenOver> {
  try {
    return await transaction((tx) => take(tx, contact, recipient, report, raw));
  } catch (error) {
    if (isStorageUnavailable(error) || error instanceof MusterError || report.unreadable === true) throw error;
    log.warn("an answer could not be taken over", { command: report.commandUuid, error: error instanceof Error ? error.name : "unknown" });
    return transaction((tx) => take(tx, contact, recipient, { ...report, unreadable: true }, raw));
  }
}

async function take(tx: Executor, contact: BoundContact, recipient: Recipient, report: CommandReport, raw: Buffer): Promise<TakenOver> {
  const taken = await takeReport(tx, recipient, report, raw);
  if (taken === null) return { taken, ended: false };
  if (report.unreadable !== true) await noteConfiguration(tx, recipient.enrollmentId, report, taken);
  const ended = await endsLife(tx, contact, report, taken);
  if (!ended) await noteAnswer(tx, recipient.enrollmentId, taken.requestType);
  return { taken, ended };
}

/** A Mac says with every report of a user whether he is the one at the screen; on the device channel it means nothing. */
async function noteConsole(contact: BoundContact, enrollmentId: string, report: CommandReport): Promise<void> {
  const notOnConsole = report.channel.kind === "user" ? booleanField(report.body, "NotOnConsole") : null;
  if (notOnConsole !== null && notOnConsole !== contact.notOnConsole) await setNotOnConsole(enrollmentId, notOnConsole);
}

/** Setup Assistant goes on by our release; if the device says that it waits nevertheless, the watchdog sends another. */
async function noteConfiguration(tx: Executor, enrollmentId: string, report: CommandReport, taken: TakenReport): Promise<void> {
  if (taken.state !== "acknowledged") return;
  const answers = taken.requestType === "DeviceInformation" ? dictionaryField(report.body, "QueryResponses") : null;
  const awaiting = RELEASES.has(taken.requestType) ? false : answers === null ? null : booleanField(answers, "AwaitingConfiguration");
  if (awaiting !== null) await setAwaitingConfiguration(tx, enrollmentId, awaiting);
}

async function beginSession(tx: Executor, recipient: Recipient): Promise<void> {
  const first = await markConnected(tx, recipient.enrollmentId);
  if (first) await recordEvents(tx, [{ kind: "device.connected", actor: "device", deviceId: recipient.deviceId, enrollmentId: recipient.enrollmentId }]);
}

/**
 * The device has removed the enrollment profile: nothing of it will be heard again. Only a termination asks for that; it
 * may have been withdrawn when the device had the command already.
 */
async function endsLife(tx: Executor, contact: BoundContact, report: CommandReport, taken: TakenReport): Promise<boolean> {
  if (taken.requestType !== "RemoveProfile" || taken.state !== "acknowledged") return false;
  if (report.channel.kind === "user" || !(await removesEnrollment(report))) return false;
  const life = await lockEnrollment(tx, contact.enrollmentId);
  if (life === null) return true;
  await noteDeparture(tx, life.id, "profile-removed");
  if (life.endedAt !== null) return true;
  await endLife(tx, { enrollmentId: life.id, deviceId: life.deviceId, cause: "profile-removed", actor: "device", reason: "The enrollment profile was removed as asked." });
  return true;
}

/** Another profile may have been on its way out before the termination was asked for. */
async function removesEnrollment(report: CommandReport): Promise<boolean> {
  const command = report.commandUuid === null ? null : await readCommandRow(report.commandUuid.toLowerCase());
  return command !== null && readCommandOf(openRequest(command.id, command.requestSealed))["Identifier"] === PROFILE_IDENTIFIER;
}
