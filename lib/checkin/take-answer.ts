import { takeReport, type Recipient, type TakenReport } from "@/lib/commands/command-delivery";
import { readCommandRow } from "@/lib/commands/command-store";
import { hasNews, isMoreThanInventory, learnFrom, NOTHING_LEARNED, type Learned } from "@/lib/commands/learn-answer";
import { openRequest } from "@/lib/commands/queue-command";
import { log } from "@/lib/config/log";
import { MusterError } from "@/lib/contracts/errors";
import type { Executor } from "@/lib/db/database";
import { autocommit } from "@/lib/db/prepared";
import { isStorageUnavailable } from "@/lib/db/storage-errors";
import { transaction } from "@/lib/db/transaction";
import { uuidOrNull } from "@/lib/db/uuid";
import { lockEnrollment, setAwaitingConfiguration } from "@/lib/devices/enrollment-store";
import { noteTold, tellsOfProfiles } from "@/lib/profiles/refresh-schedule";
import type { CommandReport } from "@/lib/protocol/checkin-message";
import { readCommandOf } from "@/lib/protocol/commands/read-command";
import { booleanField, dictionaryField } from "@/lib/protocol/plist/plist-fields";
import { PROFILE_IDENTIFIER } from "@/lib/protocol/profile/profile-identifier";
import type { BoundContact } from "./admit-contact";
import { endLife } from "./end-life";
import { noteDeparture } from "./termination-store";

/** Their acknowledgment lets Setup Assistant go on. */
const RELEASES = new Set(["DeviceConfigured", "UserConfigured"]);

export interface TakenOver {
  taken: TakenReport | null;
  ended: boolean;
}

/** What follows from a report besides the end of its command. */
interface Consequences {
  learned: Learned;
  /** Whether the device waits in Setup Assistant; null when it does not say. */
  awaiting: boolean | null;
}
const NO_CONSEQUENCES: Consequences = { learned: NOTHING_LEARNED, awaiting: null };

/**
 * Takes the report with all that follows from it, or nothing of it. An answer so odd that this fails is taken again as
 * unreadable, kept as it came: a refusal would bring it back for ever. Only a database that is away makes it fail.
 */
export async function takeOver(contact: BoundContact, recipient: Recipient, report: CommandReport, raw: Buffer): Promise<TakenOver> {
  try {
    const consequences = await consequencesOf(contact, report);
    const work = (tx: Executor) => take(tx, contact, recipient, report, raw, consequences);
    return isOneStatement(contact, report, consequences) ? await work(autocommit) : await transaction(work);
  } catch (error) {
    if (isStorageUnavailable(error) || error instanceof MusterError || report.unreadable === true) throw error;
    log.warn("an answer could not be taken over", { command: report.commandUuid, error: error instanceof Error ? error.name : "unknown" });
    return transaction((tx) => take(tx, contact, recipient, { ...report, unreadable: true }, raw, NO_CONSEQUENCES));
  }
}

async function consequencesOf({ reportedType: requestType, facts }: BoundContact, report: CommandReport): Promise<Consequences> {
  const commandId = uuidOrNull(report.commandUuid);
  if (report.status !== "Acknowledged" || report.unreadable === true || requestType === null || facts === null || commandId === null) return NO_CONSEQUENCES;
  return { learned: await learnFrom(report, { commandId, requestType, facts }), awaiting: awaitingOf(requestType, report) };
}

/** A single statement is all or nothing by itself, and spares the two that a transaction costs. */
function isOneStatement({ reportedType }: BoundContact, report: CommandReport, { learned, awaiting }: Consequences): boolean {
  if (reportedType === null || report.unreadable === true || report.status === "NotNow") return false;
  return awaiting === null && !isMoreThanInventory(learned) && !tellsOfProfiles(reportedType);
}

async function take(tx: Executor, contact: BoundContact, recipient: Recipient, report: CommandReport, raw: Buffer, { learned, awaiting }: Consequences): Promise<TakenOver> {
  const taken = await takeReport(tx, recipient, report, raw, learned);
  if (taken === null) return { taken, ended: false };
  if (awaiting !== null) await setAwaitingConfiguration(tx, recipient.enrollmentId, awaiting);
  const ended = await endsLife(tx, contact, report, taken);
  if (!ended && (tellsOfProfiles(taken.requestType) || hasNews(learned))) await noteTold(tx, recipient.enrollmentId);
  return { taken, ended };
}

/** Setup Assistant goes on by our release; if the device says that it waits nevertheless, the watchdog sends another. */
function awaitingOf(requestType: string, report: CommandReport): boolean | null {
  if (RELEASES.has(requestType)) return false;
  const answers = requestType === "DeviceInformation" ? dictionaryField(report.body, "QueryResponses") : null;
  return answers === null ? null : booleanField(answers, "AwaitingConfiguration");
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
