import type { Executor } from "@/lib/db/database";
import { updateDevice } from "@/lib/devices/device-store";
import { markNotNow } from "@/lib/devices/enrollment-store";
import { saveInventoryFact } from "@/lib/devices/inventory-store";
import type { EventKind } from "@/lib/contracts/event-kinds";
import type { CommandState } from "@/lib/contracts/words";
import { recordEvents } from "@/lib/events/event-log";
import { readCommandOf } from "@/lib/protocol/commands/read-command";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import type { CommandReport } from "@/lib/protocol/checkin-message";
import { deviceFacts, inventoryOf } from "@/lib/protocol/results/inventory";
import { requestPush } from "@/lib/push/push-schedule";
import type { ReportedCommandRow } from "./command-store";
import { endCommand, lockNextCommand, lockReportedCommand, markDeferred, markDelivered } from "./command-store";
import { openRequest, sealResponse } from "./queue-command";

/** Deliveries without any answer after which a command is taken out, so that it cannot block the queue. */
const POISON_DELIVERIES = 3;
/** Minutes after a NotNow until our own push, by the number of NotNows so far. */
const DEFERRAL_MINUTES = [1, 5, 15, 60];

/** The enrollment a report or an Idle belongs to. */
export interface Recipient {
  enrollmentId: string;
  deviceId: string;
}

export interface TakenReport {
  requestType: string;
  state: CommandState;
}

const END_OF_STATUS: Record<string, { state: CommandState; event: EventKind }> = {
  Acknowledged: { state: "acknowledged", event: "command.acknowledged" },
  Error: { state: "failed", event: "command.failed" },
  CommandFormatError: { state: "malformed", event: "command.malformed" },
};

/**
 * Takes the report of a command: state, answer, inventory and event in the transaction given. A report that came
 * before, or of a command never sent to this enrollment, changes nothing and answers null. A status Apple may add
 * later ends the command as failed: left open it would come back for ever.
 */
export async function takeReport(tx: Executor, recipient: Recipient, report: CommandReport, raw: Buffer): Promise<TakenReport | null> {
  if (report.commandUuid === null || !isUuid(report.commandUuid)) return null;
  const command = await lockReportedCommand(tx, report.commandUuid, recipient.enrollmentId);
  // An answer to a command that was cancelled after its delivery still tells what happened on the device.
  const late = command !== null && (command.state === "cancelled" || command.state === "expired" || command.state === "poisoned") && command.deliveries > 0;
  if (command === null || (isEnded(command.state) && !late)) return null;
  const about = { actor: "device", deviceId: recipient.deviceId, enrollmentId: recipient.enrollmentId, commandId: command.id };
  if (report.status === "NotNow") {
    if (late) return null;
    const deferrals = await markDeferred(tx, command.id);
    await markNotNow(tx, recipient.enrollmentId);
    await schedulePushAfterNotNow(tx, recipient.enrollmentId, deferrals);
    await recordEvents(tx, [{ ...about, kind: "command.deferred", data: { requestType: command.requestType, deferrals } }]);
    return { requestType: command.requestType, state: "deferred" };
  }
  const end = END_OF_STATUS[report.status] ?? { state: "failed" as const, event: "command.failed" as const };
  await endCommand(tx, command.id, { state: end.state, responseSealed: sealResponse(command.id, raw), errorChain: report.errorChain, cause: null });
  if (end.state === "acknowledged") await learn(tx, recipient.deviceId, command, report);
  await recordEvents(tx, [{ ...about, kind: end.event, data: { requestType: command.requestType, status: report.status, late } }]);
  return { requestType: command.requestType, state: end.state };
}

/**
 * What an answer tells of the device goes into its inventory in the same transaction. DeviceInformation answers just
 * what was asked and is laid over what is known; a list that was narrowed would pass for the whole and is left out.
 */
async function learn(tx: Executor, deviceId: string, command: ReportedCommandRow, report: CommandReport): Promise<void> {
  const { requestType } = command;
  const fact = inventoryOf(requestType, report.body);
  if (fact === null) return;
  const merge = requestType === "DeviceInformation";
  if (!merge && isNarrowed(readCommandOf(openRequest(command.id, command.requestSealed)))) return;
  await saveInventoryFact(tx, deviceId, fact.kind, fact.value, merge);
  const facts = deviceFacts(requestType, report.body);
  if (Object.keys(facts).length > 0) await updateDevice(tx, deviceId, facts);
}

/** A list is asked for as a whole when the question is nothing but its type. */
function isNarrowed(command: PlistDictionary): boolean {
  return Object.entries(command).some(([key, value]) => key !== "RequestType" && value !== false);
}

/**
 * The device polls again by itself only when NotNow was the last thing it said, and then at its own time. Our own
 * push makes sure that a deferred command never waits for ever (Apple, "Handling NotNow status responses").
 */
async function schedulePushAfterNotNow(tx: Executor, enrollmentId: string, deferrals: number): Promise<void> {
  const minutes = DEFERRAL_MINUTES[Math.min(deferrals, DEFERRAL_MINUTES.length) - 1] ?? 60;
  await requestPush(tx, [enrollmentId], new Date(Date.now() + minutes * 60_000));
}

/**
 * Marks the next command delivered and gives its property list; null when the device may rest. After a NotNow in
 * this session only commands that no device refuses are offered.
 */
export async function deliverNext(tx: Executor, recipient: Recipient, neverDeferredOnly: boolean): Promise<Buffer | null> {
  for (;;) {
    const next = await lockNextCommand(tx, recipient.enrollmentId, neverDeferredOnly);
    if (next === null) return null;
    const about = { deviceId: recipient.deviceId, enrollmentId: recipient.enrollmentId, commandId: next.id };
    if (next.state === "delivered" && next.deliveries >= POISON_DELIVERIES) {
      await endCommand(tx, next.id, { state: "poisoned", responseSealed: null, errorChain: null, cause: `Delivered ${next.deliveries} times without any answer.` });
      await recordEvents(tx, [{ ...about, kind: "command.poisoned", actor: "system", data: { requestType: next.requestType, deliveries: next.deliveries } }]);
      continue;
    }
    await markDelivered(tx, next.id);
    await recordEvents(tx, [{ ...about, kind: "command.delivered", actor: "device", data: { requestType: next.requestType, delivery: next.deliveries + 1 } }]);
    return openRequest(next.id, next.requestSealed);
  }
}

function isEnded(state: CommandState): boolean {
  return state !== "queued" && state !== "scheduled" && state !== "delivered" && state !== "deferred";
}

/** A device may answer with any text; PostgreSQL takes only UUIDs for one. */
function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
