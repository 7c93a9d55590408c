import type { RestorePolicy, RestoreSign, RestoreState } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";

export interface RestoreRow {
  id: string;
  deviceId: string;
  deviceName: string | null;
  serialNumber: string | null;
  modelName: string | null;
  /** The life it goes on with, or waits in. */
  enrollmentId: string;
  /** The life its identity belonged to before; null when that is the same. */
  formerId: string | null;
  signs: RestoreSign[];
  policy: RestorePolicy;
  policySource: "link" | "setting" | "standard";
  state: RestoreState;
  createdAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
}

const RESTORE = `SELECT r.*, d."name" AS "deviceName", d."serialNumber", d."modelName" FROM "Restore" r JOIN "Device" d ON d."id" = r."deviceId"`;

export type NewRestore = Pick<RestoreRow, "id" | "deviceId" | "enrollmentId" | "formerId" | "signs" | "policy" | "policySource" | "state">;

export async function insertRestore(tx: Executor, restore: NewRestore): Promise<void> {
  const decided = restore.state !== "waiting";
  await tx.query(
    `INSERT INTO "Restore" ("id","deviceId","enrollmentId","formerId","signs","policy","policySource","state","decidedAt","decidedBy")
     VALUES ($1,$2,$3,$4,$5,$6,$7,$8,CASE WHEN $9::bool THEN now() END,CASE WHEN $9::bool THEN 'policy' END)`,
    [restore.id, restore.deviceId, restore.enrollmentId, restore.formerId, restore.signs, restore.policy, restore.policySource, restore.state, decided],
  );
}

/** Locked; null when there is none. */
export async function lockRestore(tx: Executor, id: string): Promise<RestoreRow | null> {
  const { rows } = await tx.query<RestoreRow>(`${RESTORE} WHERE r."id" = $1 FOR UPDATE OF r`, [id]);
  return rows[0] ?? null;
}

/** The newest restore of a device that waits, else the newest of all; null when it never came back from a backup. */
export async function findRestoreOf(deviceId: string): Promise<string | null> {
  const { rows } = await database().pool.query<{ id: string }>(
    `SELECT "id" FROM "Restore" WHERE "deviceId" = $1 ORDER BY ("state" = 'waiting') DESC, "createdAt" DESC LIMIT 1`,
    [deviceId],
  );
  return rows[0]?.id ?? null;
}

export async function saveRestoreDecision(tx: Executor, id: string, state: RestoreState, decidedBy: string): Promise<void> {
  await tx.query(`UPDATE "Restore" SET "state" = $2, "decidedAt" = now(), "decidedBy" = $3 WHERE "id" = $1`, [id, state, decidedBy]);
}

/** Lives that are over need no decision any more, neither on a restore nor on an admission. */
export async function closeQuestions(tx: Executor, endedIds: readonly string[]): Promise<void> {
  await tx.query(`UPDATE "Restore" SET "state" = 'superseded', "decidedAt" = now() WHERE "enrollmentId" = ANY($1::uuid[]) AND "state" = 'waiting'`, [endedIds]);
  await tx.query(`DELETE FROM "Admission" WHERE "enrollmentId" = ANY($1::uuid[]) AND "state" = 'waiting'`, [endedIds]);
}

/** Has the device acknowledged in this life that it erases itself? */
export async function wasErased(tx: Executor, enrollmentId: string): Promise<boolean> {
  const { rowCount } = await tx.query(`SELECT 1 FROM "Command" WHERE "enrollmentId" = $1 AND "requestType" = 'EraseDevice' AND "state" = 'acknowledged' LIMIT 1`, [enrollmentId]);
  return (rowCount ?? 0) > 0;
}

/** Where the life was last pushed to, sealed. */
export async function readAddress(tx: Executor, enrollmentId: string): Promise<{ tokenSealed: Buffer | null; magicSealed: Buffer | null }> {
  const { rows } = await tx.query<{ tokenSealed: Buffer | null; magicSealed: Buffer | null }>(`SELECT "tokenSealed","magicSealed" FROM "Enrollment" WHERE "id" = $1`, [enrollmentId]);
  return rows[0] ?? { tokenSealed: null, magicSealed: null };
}

/** Newest first, below the cursor. */
export async function listRestoreRows(state: RestoreState | null, before: { at: Date; id: string } | null, limit: number): Promise<RestoreRow[]> {
  const { rows } = await database().pool.query<RestoreRow>(
    `${RESTORE} WHERE ($1::text IS NULL OR r."state" = $1) AND ($2::timestamptz IS NULL OR (r."createdAt", r."id") < ($2, $3::uuid))
     ORDER BY r."createdAt" DESC, r."id" DESC LIMIT $4`,
    [state, before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
}

export async function countRestoreRows(state: RestoreState | null): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM "Restore" WHERE ($1::text IS NULL OR "state" = $1)`, [state]);
  return rows[0]?.total ?? 0;
}

/** Null when there is none. */
export async function readRestoreRow(id: string): Promise<RestoreRow | null> {
  const { rows } = await database().pool.query<RestoreRow>(`${RESTORE} WHERE r."id" = $1`, [id]);
  return rows[0] ?? null;
}
