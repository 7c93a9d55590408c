import type { Executor } from "@/lib/db/database";
import { readDeviceFacts, updateDevice } from "@/lib/devices/device-store";
import { saveInventoryFact } from "@/lib/devices/inventory-store";
import { keepSecret } from "@/lib/devices/secret-store";
import { recordEvents } from "@/lib/events/event-log";
import type { CommandReport } from "@/lib/protocol/checkin-message";
import { readCommandOf } from "@/lib/protocol/commands/read-command";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { secretsOfAnswer } from "@/lib/protocol/results/answer-secrets";
import { deviceFacts, inventoryOf, type DeviceFacts } from "@/lib/protocol/results/inventory";
import { openRequest } from "./queue-command";

export interface LearnedFrom {
  enrollmentId: string;
  deviceId: string;
  commandId: string;
  requestType: string;
  requestSealed: Uint8Array;
}

/** Answers to this question bring an envelope for somebody else's key; the one that SecurityInfo tells must stay beside it. */
const KEPT_BY_COMMAND = "RotateFileVaultKey";

/**
 * What an acknowledged answer tells of the device goes into its inventory, and secrets into escrow, in the transaction
 * given. May throw at an answer that is odd beyond all expectation: the caller takes it again as unreadable, and it is
 * kept as it came.
 */
export async function learnAnswer(tx: Executor, from: LearnedFrom, report: CommandReport): Promise<void> {
  if (report.unreadable === true) return noteUnreadable(tx, from);
  await keepSecrets(tx, from, report.body);
  await learnInventory(tx, from, report);
}

async function noteUnreadable(tx: Executor, { enrollmentId, deviceId, commandId, requestType }: LearnedFrom): Promise<void> {
  await recordEvents(tx, [{ kind: "command.answer-unreadable", actor: "system", enrollmentId, deviceId, commandId, data: { requestType } }]);
}

async function keepSecrets(tx: Executor, { enrollmentId, deviceId, commandId, requestType }: LearnedFrom, body: PlistDictionary): Promise<void> {
  const source = requestType === KEPT_BY_COMMAND ? commandId : "";
  for (const { kind, value } of secretsOfAnswer(requestType, body)) {
    await keepSecret(tx, { deviceId, enrollmentId, kind, source, value });
    await recordEvents(tx, [{ kind: "secret.escrowed", actor: "device", enrollmentId, deviceId, commandId, data: { kind } }]);
  }
}

/** A list that was narrowed would pass for the whole and is left out; what is told in parts is laid over what is known. */
async function learnInventory(tx: Executor, from: LearnedFrom, { body, channel }: CommandReport): Promise<void> {
  const fact = inventoryOf(from.requestType, body);
  if (fact === null) return;
  if (!fact.merge && isNarrowed(readCommandOf(openRequest(from.commandId, from.requestSealed)))) return;
  // A user's channel tells what holds for that user, which must not pass for the device.
  const user = channel.kind === "user" ? (channel.userShortName ?? channel.userId ?? "user") : null;
  await saveInventoryFact(tx, from.deviceId, user === null ? fact.kind : `${fact.kind}:${user.slice(0, 100)}`, fact.value, fact.merge);
  const facts = user === null ? deviceFacts(from.requestType, body) : {};
  if (Object.keys(facts).length > 0) await learnFacts(tx, from, facts);
}

/** A device that names other hardware than its record keeps the record it has: somebody has to look at it. */
async function learnFacts(tx: Executor, { enrollmentId, deviceId, commandId }: LearnedFrom, facts: Partial<DeviceFacts>): Promise<void> {
  const { udid, ...rest } = facts;
  const known = await readDeviceFacts(tx, deviceId);
  const differs = (said: string | undefined, recorded: string | null) => said !== undefined && recorded !== null && said !== recorded;
  // A User Enrollment hides its UDID, and what is not recorded contradicts nothing.
  if (differs(udid, known.udid) || differs(facts.serialNumber, known.serialNumber)) {
    const data = { said: { udid, serialNumber: facts.serialNumber }, recorded: { udid: known.udid, serialNumber: known.serialNumber } };
    await recordEvents(tx, [{ kind: "identity.contradicted", actor: "device", enrollmentId, deviceId, commandId, data }]);
    delete rest.serialNumber;
  }
  await updateDevice(tx, deviceId, rest);
}

/** A list is asked for as a whole when the question is nothing but its type. */
function isNarrowed(command: PlistDictionary): boolean {
  return Object.entries(command).some(([key, value]) => key !== "RequestType" && value !== false);
}
