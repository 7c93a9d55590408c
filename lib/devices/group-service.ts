import { randomUUID } from "node:crypto";
import type { ChangeMembersBody, CreateGroupBody } from "@/lib/contracts/groups";
import { MusterError } from "@/lib/contracts/errors";
import { decodeTimeCursor } from "@/lib/db/cursor";
import { pageOf, type Page } from "@/lib/db/page";
import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import { isUniqueViolation } from "@/lib/db/storage-errors";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { DeviceListRow } from "./device-list-store";
import { findMatchingDevices } from "./device-list-store";
import type { GroupRow } from "./group-store";
import { countGroupRows, insertGroup, insertMembers, listGroupRows, listMemberRows, lockGroup, readGroupRow, removeGroup, removeMembers, unknownDevices } from "./group-store";

/** @throws MusterError conflict when the name is taken */
export async function createGroup(body: CreateGroupBody, actor: string): Promise<GroupRow> {
  const id = randomUUID();
  try {
    await transaction(async (tx) => {
      await insertGroup(tx, { id, name: body.name, createdBy: actor });
      await recordEvents(tx, [{ kind: "group.created", actor, data: { groupId: id, name: body.name } }]);
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new MusterError("conflict", "there is a group of this name already", { cause: error });
    throw error;
  }
  return readGroup(id);
}

/** @throws MusterError not-found */
export async function readGroup(id: string): Promise<GroupRow> {
  const group = await readGroupRow(database().pool, id);
  if (group === null) throw new MusterError("not-found", `no group ${id}`);
  return group;
}

/** One page of groups, newest first. */
export async function listGroups(query: { query?: string | undefined; cursor?: string | undefined; limit: number }): Promise<Page<GroupRow>> {
  const wanted = query.query?.trim() || null;
  const [rows, total] = await Promise.all([listGroupRows(wanted, placeOf(query.cursor), query.limit + 1), countGroupRows(wanted)]);
  return pageOf(rows, query.limit, total, byTime);
}

/** One page of a group's devices. @throws MusterError not-found */
export async function listMembers(id: string, query: { cursor?: string | undefined; limit: number }): Promise<Page<DeviceListRow>> {
  const { members: total } = await readGroup(id);
  return pageOf(await listMemberRows(id, placeOf(query.cursor), query.limit + 1), query.limit, total, byTime);
}

/** What else a change of membership brings about, in the same transaction. */
type Consequence = (tx: Executor, groupId: string, deviceIds: string[] | null) => Promise<void>;

/**
 * Adds devices and removes others; who is a member already, or is none, stays so. `consequence` is told who came and went.
 * @throws MusterError not-found, invalid-input with a pointer to every unknown device
 */
export async function changeMembers(id: string, body: ChangeMembersBody, actor: string, consequence: Consequence): Promise<GroupRow> {
  const { add = [], remove = [], addMatching } = body;
  return transaction(async (tx) => {
    const group = await existing(tx, id);
    const unknown = new Set(await unknownDevices(tx, add));
    if (unknown.size > 0) {
      const errors = add.flatMap((deviceId, index) => (unknown.has(deviceId) ? [{ pointer: `/add/${index}`, detail: "there is no such device" }] : []));
      throw new MusterError("invalid-input", "some devices are not known", { errors: errors.slice(0, 100) });
    }
    const removed = await removeMembers(tx, id, remove);
    const matching = addMatching === undefined ? [] : await findMatchingDevices(tx, addMatching);
    const added = await insertMembers(tx, id, [...new Set([...add, ...matching])]);
    if (added.length + removed.length > 0) {
      await recordEvents(tx, [{ kind: "group.members-changed", actor, data: { groupId: id, name: group.name, added: added.length, removed: removed.length } }]);
      await consequence(tx, id, [...added, ...removed]);
    }
    return (await readGroupRow(tx, id)) ?? vanished(id);
  });
}

/** Within the caller's transaction. Answers whether it is new there; a group that is no more takes nobody. */
export async function addMember(tx: Executor, id: string, deviceId: string): Promise<boolean> {
  const group = await lockGroup(tx, id);
  if (group === null || (await insertMembers(tx, id, [deviceId])).length === 0) return false;
  await recordEvents(tx, [{ kind: "group.members-changed", actor: "system", deviceId, data: { groupId: id, name: group.name, added: 1, removed: 0 } }]);
  return true;
}

/** Its devices stay. `consequence` is called while they still are its members, with null for all of them. @throws MusterError not-found */
export async function deleteGroup(id: string, actor: string, consequence: Consequence): Promise<GroupRow> {
  return transaction(async (tx) => {
    await existing(tx, id);
    const group = (await readGroupRow(tx, id)) ?? vanished(id);
    await consequence(tx, id, null);
    await removeGroup(tx, id);
    await recordEvents(tx, [{ kind: "group.deleted", actor, data: { groupId: id, name: group.name, members: group.members } }]);
    return group;
  });
}

async function existing(tx: Executor, id: string): Promise<{ id: string; name: string }> {
  return (await lockGroup(tx, id)) ?? vanished(id);
}

function vanished(id: string): never {
  throw new MusterError("not-found", `no group ${id}`);
}

function placeOf(cursor: string | undefined): { at: Date; id: string } | null {
  return cursor === undefined ? null : decodeTimeCursor(cursor);
}

function byTime(last: { createdAt: Date; id: string }): readonly [string, string] {
  return [last.createdAt.toISOString(), last.id];
}
