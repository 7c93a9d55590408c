import { MusterError } from "@/lib/contracts/errors";
import { TERMINATION_METHODS, wordsOf, type TerminationMethod } from "@/lib/contracts/words";
import { cancelOpenCommands, findCommandTarget } from "@/lib/commands/command-store";
import { queueCommand } from "@/lib/commands/queue-command";
import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { readDeviceRow } from "@/lib/devices/device-list-store";
import { listOpenUsers } from "@/lib/devices/enrollment-store";
import { recordEvents } from "@/lib/events/event-log";
import { encodeCommand } from "@/lib/protocol/commands/encode-command";
import { knowsUnrecognized } from "@/lib/protocol/errors/knows-unrecognized";
import { PROFILE_IDENTIFIER } from "@/lib/protocol/profile/profile-identifier";
import { requestPush } from "@/lib/push/push-schedule";
import { isOfScript, type Decider } from "./decider";
import { terminationsPerHour } from "./termination";
import { countRecentTerminations, lockAwaitingAnswer, markTermination, saveConfirmation, savePerson, type MarkedLifeRow } from "./termination-store";

/**
 * Marks a device to be released and wakes it: by RemoveProfile, which is always possible and which it confirms,
 * or by our answer to its next request (Apple, "Managing MDM Connections"). What still waited for it is cancelled
 * before RemoveProfile, so that nothing comes in its way.
 * @throws MusterError not-found, conflict when its management has ended already
 */
export async function requestTermination(deviceId: string, method: TerminationMethod, by: Decider): Promise<void> {
  await transaction(async (tx) => {
    const target = await findCommandTarget(tx, deviceId);
    if (target === null) throw new MusterError("not-found", `no device ${deviceId}`);
    const { enrollmentId, state } = target;
    if (state === "ended") throw new MusterError("conflict", "the management of this device has ended already");
    await recordEvents(tx, [{ kind: "termination.requested", actor: by.label, deviceId, enrollmentId, data: { method } }]);
    const commandId = method === "remove-profile" ? await queueRemoval(tx, deviceId, enrollmentId, by.label) : null;
    const marked = await markTermination(tx, { enrollmentId, method, cause: null, requestedBy: by.label, personId: by.personId, commandId });
    if (!marked) throw new MusterError("conflict", "the management of this device has ended already");
    await requestPush(tx, [enrollmentId]);
  });
}

async function queueRemoval(tx: Executor, deviceId: string, enrollmentId: string, actor: string): Promise<string> {
  const encoded = encodeCommand("RemoveProfile", { Identifier: PROFILE_IDENTIFIER });
  if (!encoded.ok) throw new MusterError("internal", "RemoveProfile of the enrollment profile is not acceptable");
  const users = (await listOpenUsers(tx, enrollmentId)).map((user) => user.id);
  const cause = "Management is about to end.";
  const cancelled = await cancelOpenCommands(tx, [enrollmentId, ...users], cause);
  await recordEvents(tx, cancelled.map((command) => ({ kind: "command.cancelled" as const, actor, deviceId, enrollmentId: command.enrollmentId, commandId: command.id, data: { cause } })));
  const { id } = await queueCommand(tx, { enrollmentId, deviceId, requestType: "RemoveProfile", command: encoded.command, createdBy: actor, notBefore: null, expiresAt: null, deduplicateKey: null });
  return id;
}

/**
 * A second person stands for a 401 or 403: the hourly limit holds it back no longer. Whoever asked for it cannot, nor
 * can a script. What a script of nobody has asked for has a first person only once somebody confirms it; the second
 * comes after.
 * @throws MusterError not-found, forbidden, conflict when nothing waits for an answer or the person is the same
 */
export async function confirmTermination(deviceId: string, by: Decider & { kind: "user" | "token" }): Promise<void> {
  await transaction(async (tx) => {
    const life = await lockAwaitingAnswer(tx, deviceId);
    if (life === null) throw new MusterError("conflict", "no termination of this device waits to be confirmed");
    if (by.kind !== "user" || by.personId === null) throw new MusterError("forbidden", "a person has to confirm this, signed in to the console");
    if (by.personId === life.personId) throw new MusterError("conflict", "somebody other than the one who asked has to confirm this");
    if (life.confirmedAt !== null) return;
    if (life.personId === null && isOfScript(life.requestedBy)) return takeOn(tx, life, { label: by.label, id: by.personId });
    await saveConfirmation(tx, life.id, by.label);
    await recordEvents(tx, [{ kind: "termination.confirmed", actor: by.label, deviceId, enrollmentId: life.id, data: { requestedBy: life.requestedBy } }]);
    await requestPush(tx, [life.id]);
  });
}

/** Nobody stands behind the token that this machine keeps for its administrator: it must not be one of two people. */
async function takeOn(tx: Executor, life: MarkedLifeRow, person: { label: string; id: string }): Promise<void> {
  await savePerson(tx, life.id, person);
  await recordEvents(tx, [{ kind: "termination.taken-on", actor: person.label, deviceId: life.deviceId, enrollmentId: life.id, data: { requestedBy: life.requestedBy } }]);
}

export interface TerminationOptions {
  methods: { method: TerminationMethod; fits: boolean }[];
  limit: { perHour: number; used: number };
}

/** Which ways out this device understands, and how many answers the hour has left. @throws MusterError not-found */
export async function terminationOptions(deviceId: string): Promise<TerminationOptions> {
  const [device, used, perHour] = await Promise.all([readDeviceRow(deviceId), countRecentTerminations(database().pool), terminationsPerHour()]);
  if (device === null) throw new MusterError("not-found", `no device ${deviceId}`);
  const fits = (method: TerminationMethod) => method !== "unrecognized" || knowsUnrecognized(device.platform, device.osVersion);
  return { methods: wordsOf(TERMINATION_METHODS).map((method) => ({ method, fits: fits(method) })), limit: { perHour, used } };
}
