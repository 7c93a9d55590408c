import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import type { DeviceListRow } from "./device-list-store";
import { DEVICE_LIST } from "./device-list-store";

export interface GroupRow {
  id: string;
  name: string;
  members: number;
  createdAt: Date;
  createdBy: string;
}

const GROUP = `SELECT g.*, (SELECT count(*)::int FROM "GroupMember" m WHERE m."groupId" = g."id") AS "members" FROM "DeviceGroup" g`;

export async function insertGroup(tx: Executor, group: { id: string; name: string; createdBy: string }): Promise<void> {
  await tx.query(`INSERT INTO "DeviceGroup" ("id","name","createdBy") VALUES ($1,$2,$3)`, [group.id, group.name, group.createdBy]);
}

/** Its memberships and assignments go with it. */
export async function removeGroup(tx: Executor, id: string): Promise<void> {
  await tx.query(`DELETE FROM "DeviceGroup" WHERE "id" = $1`, [id]);
}

/** Null when there is no such group. */
export async function readGroupRow(executor: Executor, id: string): Promise<GroupRow | null> {
  const { rows } = await executor.query<GroupRow>(`${GROUP} WHERE g."id" = $1`, [id]);
  return rows[0] ?? null;
}

/** Locked, so that its members change one after another; null when there is no such group. */
export async function lockGroup(tx: Executor, id: string): Promise<{ id: string; name: string } | null> {
  const { rows } = await tx.query<{ id: string; name: string }>(`SELECT "id","name" FROM "DeviceGroup" WHERE "id" = $1 FOR UPDATE`, [id]);
  return rows[0] ?? null;
}

const SEARCHED = `($1::text IS NULL OR g."name" ILIKE $1)`;
const patternOf = (query: string | null) => (query === null ? null : `%${query.replace(/[\\%_]/g, "\\$&")}%`);

/** Newest first, below the cursor when there is one. */
export async function listGroupRows(query: string | null, before: { at: Date; id: string } | null, limit: number): Promise<GroupRow[]> {
  const { rows } = await database().pool.query<GroupRow>(
    `${GROUP} WHERE ${SEARCHED} AND ($2::timestamptz IS NULL OR (g."createdAt", g."id") < ($2, $3::uuid)) ORDER BY g."createdAt" DESC, g."id" DESC LIMIT $4`,
    [patternOf(query), before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
}

export async function countGroupRows(query: string | null): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM "DeviceGroup" g WHERE ${SEARCHED}`, [patternOf(query)]);
  return rows[0]?.total ?? 0;
}

/** Those of the ids that are no devices. */
export async function unknownDevices(tx: Executor, ids: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT w."id" FROM unnest($1::uuid[]) AS w("id") LEFT JOIN "Device" d ON d."id" = w."id" WHERE d."id" IS NULL`,
    [ids],
  );
  return rows.map((row) => row.id);
}

/** Answers the devices that were not members before. */
export async function insertMembers(tx: Executor, groupId: string, deviceIds: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ deviceId: string }>(
    `INSERT INTO "GroupMember" ("groupId","deviceId") SELECT $1, w."id" FROM unnest($2::uuid[]) AS w("id")
     ON CONFLICT DO NOTHING RETURNING "deviceId"`,
    [groupId, deviceIds],
  );
  return rows.map((row) => row.deviceId);
}

/** Answers the devices that were members until now. */
export async function removeMembers(tx: Executor, groupId: string, deviceIds: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ deviceId: string }>(
    `DELETE FROM "GroupMember" WHERE "groupId" = $1 AND "deviceId" = ANY($2::uuid[]) RETURNING "deviceId"`,
    [groupId, deviceIds],
  );
  return rows.map((row) => row.deviceId);
}

/** The members, newest device first, below the cursor when there is one. */
export async function listMemberRows(groupId: string, before: { at: Date; id: string } | null, limit: number): Promise<DeviceListRow[]> {
  const { rows } = await database().pool.query<DeviceListRow>(
    `${DEVICE_LIST} WHERE EXISTS (SELECT 1 FROM "GroupMember" m WHERE m."groupId" = $1 AND m."deviceId" = d."id")
       AND ($2::timestamptz IS NULL OR (d."createdAt", d."id") < ($2, $3::uuid)) ORDER BY d."createdAt" DESC, d."id" DESC LIMIT $4`,
    [groupId, before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
}
