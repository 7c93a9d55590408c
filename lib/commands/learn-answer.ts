import type { Executor } from "@/lib/db/database";
import { updateDevice } from "@/lib/devices/device-store";
import { keepSecret } from "@/lib/devices/secret-store";
import { recordEvents } from "@/lib/events/event-log";
import type { CommandReport } from "@/lib/protocol/checkin-message";
import { readCommandOf } from "@/lib/protocol/commands/read-command";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { secretsOfAnswer, type AnswerSecret } from "@/lib/protocol/results/answer-secrets";
import { deviceFacts, inventoryOf, type DeviceFacts, type InventoryAnswer, type RecordedFacts } from "@/lib/protocol/results/inventory";
import { readCommandRow } from "./command-store";
import { openRequest } from "./queue-command";

/** A command that a device answers, and what the record of the device says. */
export interface Answered {
  commandId: string;
  requestType: string;
  facts: RecordedFacts;
}

/** What an acknowledged answer tells. */
export interface Learned {
  inventory: InventoryAnswer | null;
  /** Facts that the record does not have. */
  news: Partial<DeviceFacts>;
  /** Other hardware than the record names. */
  contradiction: { said: object; recorded: object } | null;
  secrets: AnswerSecret[];
}

export const NOTHING_LEARNED: Learned = { inventory: null, news: {}, contradiction: null, secrets: [] };

/** Answers to this question bring an envelope for somebody else's key; the one that SecurityInfo tells must stay beside it. */
const KEPT_BY_COMMAND = "RotateFileVaultKey";

/** Writes nothing. May throw at an answer that is odd beyond all expectation: the caller takes it as unreadable then. */
export async function learnFrom(report: CommandReport, answered: Answered): Promise<Learned> {
  const { requestType, facts } = answered;
  const { body, channel } = report;
  // A user's channel tells what holds for that user, which must not pass for the device.
  const user = channel.kind === "user" ? (channel.userShortName ?? channel.userId ?? "user") : null;
  const inventory = await wholeInventory(body, answered);
  const said = inventory === null || user !== null ? {} : deviceFacts(requestType, body);
  return {
    inventory: inventory === null || user === null ? inventory : { ...inventory, kind: `${inventory.kind}:${user.slice(0, 100)}` },
    ...heldAgainst(said, facts),
    secrets: secretsOfAnswer(requestType, body),
  };
}

/** Whether keeping it takes more than the statement that ends the command. */
export function isMoreThanInventory(learned: Learned): boolean {
  return hasNews(learned) || learned.contradiction !== null || learned.secrets.length > 0;
}

export function hasNews({ news }: Learned): boolean {
  return Object.keys(news).length > 0;
}

/** Secrets go into escrow and news into the record of the device, in the transaction given; the inventory is kept with the answer. */
export async function keepLearned(tx: Executor, at: { enrollmentId: string; deviceId: string; commandId: string; requestType: string }, learned: Learned): Promise<void> {
  const { requestType, ...place } = at;
  const source = requestType === KEPT_BY_COMMAND ? at.commandId : "";
  for (const { kind, value } of learned.secrets) {
    await keepSecret(tx, { deviceId: at.deviceId, enrollmentId: at.enrollmentId, kind, source, value });
    await recordEvents(tx, [{ kind: "secret.escrowed", actor: "device", ...place, data: { kind } }]);
  }
  if (learned.contradiction !== null) await recordEvents(tx, [{ kind: "identity.contradicted", actor: "device", ...place, data: learned.contradiction }]);
  if (hasNews(learned)) await updateDevice(tx, at.deviceId, learned.news);
}

/** A list that was narrowed would pass for the whole and is left out; what is told in parts is laid over what is known. */
async function wholeInventory(body: PlistDictionary, { requestType, commandId }: Answered): Promise<InventoryAnswer | null> {
  const inventory = inventoryOf(requestType, body);
  if (inventory === null || inventory.merge) return inventory;
  const command = await readCommandRow(commandId);
  return command === null || isNarrowed(readCommandOf(openRequest(command.id, command.requestSealed))) ? null : inventory;
}

/** A list is asked for as a whole when the question is nothing but its type. */
function isNarrowed(command: PlistDictionary): boolean {
  return Object.entries(command).some(([key, value]) => key !== "RequestType" && value !== false);
}

/** A device that names other hardware than its record keeps the record it has: somebody has to look at it. */
function heldAgainst(said: Partial<DeviceFacts>, recorded: RecordedFacts): Pick<Learned, "news" | "contradiction"> {
  const { udid, ...rest } = said;
  const differs = (now: string | undefined, before: string | null) => now !== undefined && before !== null && now !== before;
  // A User Enrollment hides its UDID, and what is not recorded contradicts nothing.
  const isOther = differs(udid, recorded.udid) || differs(said.serialNumber, recorded.serialNumber);
  if (isOther) delete rest.serialNumber;
  return {
    news: Object.fromEntries(Object.entries(rest).filter(([fact, value]) => value !== recorded[fact as keyof DeviceFacts])),
    contradiction: isOther
      ? { said: { udid, serialNumber: said.serialNumber }, recorded: { udid: recorded.udid, serialNumber: recorded.serialNumber } }
      : null,
  };
}
