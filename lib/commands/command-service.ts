import { COUNT_CAP } from "@/lib/contracts/device-filter";
import { MusterError } from "@/lib/contracts/errors";
import type { SendCommandBody } from "@/lib/contracts/commands";
import type { CommandState } from "@/lib/contracts/words";
import { COMMAND_STATES } from "@/lib/contracts/words";
import { decodeSequenceCursor } from "@/lib/db/cursor";
import { pageOf, type Page } from "@/lib/db/page";
import type { Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { deviceExists } from "@/lib/devices/device-store";
import { recordEvents } from "@/lib/events/event-log";
import { encodeCommand, readRawCommand } from "@/lib/protocol/commands/encode-command";
import { PROFILE_IDENTIFIER } from "@/lib/protocol/profile/profile-identifier";
import { installsProfile } from "@/lib/protocol/profile/installs-profile";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { readCommandOf } from "@/lib/protocol/commands/read-command";
import { requestPush } from "@/lib/push/push-schedule";
import type { CommandRow } from "./command-store";
import type { BatchCommandRow } from "./command-list-store";
import { countCommandRows, countFleetCommandRows, listCommandRows, listFleetCommandRows } from "./command-list-store";
import { endCommand, findCommandTarget, findOpenCommand, findWaitingTwin, lockCommand, readCommandRow } from "./command-store";
import { completeCommand, refreshSecrets } from "./complete-command";
import { eligibilityFacts, judgeCommand, refuseIneligible } from "./eligibility-service";
import { deduplicateKeyOf, openRequest, queueCommand } from "./queue-command";

/** A second one while the first is open would leave the admin with two PINs and no way to tell which holds. */
export const ONE_AT_A_TIME: ReadonlySet<string> = new Set(["DeviceLock", "EraseDevice"]);

export interface QueuedCommand {
  id: string;
  state: CommandState;
}

export interface Encoded {
  requestType: string;
  command: PlistDictionary;
}

/** The command dictionary that a body asks for. @throws MusterError invalid-input with pointers */
export function encodeBody(body: Pick<SendCommandBody, "requestType" | "parameters" | "rawPlist">): Encoded {
  const encoded = body.rawPlist === undefined ? encodeCommand(body.requestType, body.parameters ?? {}) : readRawCommand(body.rawPlist);
  if (!encoded.ok) {
    const root = body.rawPlist === undefined ? "/parameters" : "/rawPlist";
    const errors = encoded.errors.map((error) => ({ pointer: error.pointer === "/requestType" ? error.pointer : root + error.pointer, detail: error.detail }));
    throw new MusterError("invalid-input", `the ${body.requestType} command is not acceptable`, { errors });
  }
  const requestType = "requestType" in encoded ? encoded.requestType : body.requestType;
  if (requestType !== body.requestType) {
    throw new MusterError("invalid-input", "requestType and the raw command disagree", { errors: [{ pointer: "/requestType", detail: `the property list says ${requestType}` }] });
  }
  return { requestType, command: encoded.command };
}

/** Installing our own enrollment profile as an ordinary one would break the management it carries. */
export function refuseEnrollmentProfile({ requestType, command }: Encoded): void {
  if (requestType === "InstallProfile" && command.Payload instanceof Uint8Array && installsProfile(command.Payload, PROFILE_IDENTIFIER)) {
    throw new MusterError("invalid-input", "this is the enrollment profile", { errors: [{ pointer: "/parameters/Payload", detail: "the enrollment profile is replaced by a renewal, not by InstallProfile" }] });
  }
  if (requestType === "RemoveProfile" && command.Identifier === PROFILE_IDENTIFIER) {
    throw new MusterError("invalid-input", "this would end the management", { errors: [{ pointer: "/parameters/Identifier", detail: "use termination to remove the enrollment profile" }] });
  }
}

/** `user` names the user whose channel it is; null is the device's own. */
async function liveTarget(tx: Executor, deviceId: string, user: string | null): Promise<string> {
  const target = await findCommandTarget(tx, deviceId, user);
  if (target === null && user !== null && (await deviceExists(deviceId))) throw new MusterError("not-found", "this device has no channel for that user: the user has not signed in there since it was enrolled");
  if (target === null) throw new MusterError("not-found", `no device ${deviceId}`);
  if (target.state === "ended") {
    throw new MusterError("conflict", user === null ? "the management of this device has ended: it can get no commands" : "the channel of this user has ended: it can get no commands");
  }
  if (target.state === "quarantined") throw new MusterError("conflict", "this device is quarantined: it gets no commands until an admin decides");
  return target.enrollmentId;
}

interface TimeWishes {
  notBefore?: string | undefined;
  expiresAt?: string | undefined;
  holdSeconds?: number | undefined;
}

/** When it may run at the earliest and at the latest; null where it does not matter. @throws MusterError invalid-input */
export function timesOf(body: TimeWishes): { notBefore: Date | null; expiresAt: Date | null } {
  const wanted = body.notBefore === undefined ? null : new Date(body.notBefore);
  const held = body.holdSeconds === undefined ? null : new Date(Date.now() + body.holdSeconds * 1000);
  const notBefore = held === null || (wanted !== null && wanted > held) ? wanted : held;
  const expiresAt = body.expiresAt === undefined ? null : new Date(body.expiresAt);
  if (expiresAt !== null && expiresAt.getTime() <= Math.max(Date.now(), notBefore?.getTime() ?? 0)) {
    throw new MusterError("invalid-input", "the command would expire before it may run", { errors: [{ pointer: "/expiresAt", detail: "must be later than now and than notBefore" }] });
  }
  return { notBefore, expiresAt };
}

/**
 * Validates, encodes and queues a command for a device, and asks for a push unless told not to.
 * @throws MusterError invalid-input with pointers, not-found, conflict (ended, quarantined, not eligible, a lock or erase still open)
 */
export async function sendCommand(deviceId: string, body: SendCommandBody, actor: string): Promise<QueuedCommand> {
  const encoded = encodeBody(body);
  refuseEnrollmentProfile(encoded);
  const { notBefore, expiresAt } = timesOf(body);
  return transaction(async (tx) => {
    const enrollmentId = await liveTarget(tx, deviceId, body.userId ?? null);
    const admitted = await admitCommand(tx, enrollmentId, encoded, body.override === true);
    const deduplicateKey = body.deduplicate === false ? null : deduplicateKeyOf(encoded.requestType, encoded.command);
    const twin = deduplicateKey === null || notBefore !== null ? null : await findWaitingTwin(tx, enrollmentId, deduplicateKey);
    if (twin === null && ONE_AT_A_TIME.has(encoded.requestType)) await refuseSecond(tx, enrollmentId, encoded.requestType);
    const queued = twin ?? (await queueCommand(tx, { enrollmentId, deviceId, ...encoded, ...admitted, createdBy: actor, notBefore, expiresAt, deduplicateKey }));
    if (body.push !== false) await requestPush(tx, [enrollmentId], notBefore ?? undefined);
    return queued;
  });
}

interface Admitted {
  command: PlistDictionary;
  overridden: boolean;
  judgedVersion: number | null;
}

/** The command as this enrollment gets it. @throws MusterError conflict when it is not eligible and not, or not to be, overridden */
async function admitCommand(tx: Executor, enrollmentId: string, { requestType, command }: Encoded, override: boolean): Promise<Admitted> {
  const facts = (await eligibilityFacts(tx, [enrollmentId])).get(enrollmentId);
  const overridden = refuseIneligible(judgeCommand(requestType, facts, command), requestType, override);
  return { command: await completeCommand(tx, { enrollmentId, platform: facts?.platform ?? "unknown" }, requestType, command), overridden, judgedVersion: facts?.version ?? null };
}

async function refuseSecond(tx: Executor, enrollmentId: string, requestType: string): Promise<void> {
  const open = await findOpenCommand(tx, enrollmentId, requestType);
  if (open !== null) {
    throw new MusterError("conflict", `a ${requestType} is still open for this device`, { meta: { commandId: open.id } });
  }
}

/** Takes a command out of the queue. `mayStillRun` is true when the device already had it. @throws MusterError not-found, conflict */
export async function cancelCommand(id: string, actor: string): Promise<QueuedCommand & { mayStillRun: boolean }> {
  return transaction(async (tx) => {
    const row = await lockCommand(tx, id);
    if (row === null) throw new MusterError("not-found", `no command ${id}`);
    if (COMMAND_STATES[row.state].ended) throw new MusterError("conflict", `the command has ended already: ${row.state}`);
    const mayStillRun = row.state === "delivered";
    const cause = `Cancelled by ${actor}.`;
    await endCommand(tx, id, { state: "cancelled", responseSealed: null, errorChain: null, cause });
    await recordEvents(tx, [{ kind: "command.cancelled", actor, deviceId: row.deviceId, enrollmentId: row.enrollmentId, commandId: id, data: { requestType: row.requestType, mayStillRun, cause } }]);
    return { id, state: "cancelled" as const, mayStillRun };
  });
}

/** Queues an ended command once more, for the device as it is enrolled now. @throws MusterError not-found, conflict */
export async function retryCommand(id: string, actor: string): Promise<QueuedCommand> {
  return transaction(async (tx) => {
    const row = await lockCommand(tx, id);
    if (row === null) throw new MusterError("not-found", `no command ${id}`);
    if (!COMMAND_STATES[row.state].ended) throw new MusterError("conflict", "the command is still open");
    const enrollmentId = await liveTarget(tx, row.deviceId, row.channel === "user" ? row.channelKey : null);
    if (ONE_AT_A_TIME.has(row.requestType)) await refuseSecond(tx, enrollmentId, row.requestType);
    const sent = await refreshSecrets(tx, enrollmentId, row.requestType, readCommandOf(openRequest(row.id, row.requestSealed)));
    refuseEnrollmentProfile({ requestType: row.requestType, command: sent });
    const admitted = await admitCommand(tx, enrollmentId, { requestType: row.requestType, command: sent }, row.overridden);
    const queued = await queueCommand(tx, { enrollmentId, deviceId: row.deviceId, requestType: row.requestType, ...admitted, createdBy: actor, notBefore: null, expiresAt: null, deduplicateKey: row.deduplicateKey });
    await requestPush(tx, [enrollmentId]);
    return queued;
  });
}

/** @throws MusterError not-found */
export async function readCommand(id: string): Promise<CommandRow> {
  const row = await readCommandRow(id);
  if (row === null) throw new MusterError("not-found", `no command ${id}`);
  return row;
}

/** The commands of all lives of a device, newest first. @throws MusterError not-found */
export async function listCommands(
  deviceId: string,
  query: { state?: string | undefined; enrollmentId?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<CommandRow>> {
  if (!(await deviceExists(deviceId))) throw new MusterError("not-found", `no device ${deviceId}`);
  const filter = { state: query.state ?? null, enrollmentId: query.enrollmentId ?? null };
  const before = query.cursor === undefined ? null : decodeSequenceCursor(query.cursor);
  const [rows, total] = await Promise.all([listCommandRows(deviceId, filter, before, query.limit + 1), countCommandRows(deviceId, filter)]);
  return pageOf(rows, query.limit, total, (last) => [last.sequence, last.id]);
}

/** One page of the commands of all devices that are open, or ended within the days that are counted, newest first. */
export async function listFleetCommands(query: { state?: CommandState | undefined; cursor?: string | undefined; limit: number }): Promise<Page<BatchCommandRow> & { totalCapped: boolean }> {
  const state = query.state ?? null;
  const before = query.cursor === undefined ? null : decodeSequenceCursor(query.cursor);
  const [rows, counted] = await Promise.all([listFleetCommandRows(state, before, query.limit + 1), countFleetCommandRows(state, COUNT_CAP + 1)]);
  return { ...pageOf(rows, query.limit, Math.min(counted, COUNT_CAP), (last) => [last.sequence, last.id]), totalCapped: counted > COUNT_CAP };
}
