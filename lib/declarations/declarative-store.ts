import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import { BY_NOW } from "@/lib/db/due";
import { toJsonb } from "@/lib/db/jsonb";
import type { StatusItems } from "@/lib/protocol/declarations/status-report";
import type { ItemSet, SnapshotItem } from "./item-set";

/** Snapshots kept for each enrollment: a slow device may still be reading an older one. */
const SNAPSHOTS_KEPT = 3;

export interface DeclarativeRow {
  enrollmentId: string;
  token: string | null;
  tokenAt: Date | null;
  fetchedToken: string | null;
  status: StatusItems;
  statusAt: Date | null;
  errors: unknown[];
}

/** Where an enrollment stands, locked; begun when it is new. */
export async function lockDeclarative(tx: Executor, enrollmentId: string): Promise<DeclarativeRow> {
  const { rows } = await tx.query<DeclarativeRow>(
    `INSERT INTO "DeclarativeState" ("enrollmentId") VALUES ($1) ON CONFLICT ("enrollmentId") DO UPDATE SET "enrollmentId" = EXCLUDED."enrollmentId" RETURNING *`,
    [enrollmentId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("an upsert answered no row");
  return row;
}

/** Null when declarative management of it never began. */
export async function readDeclarative(enrollmentId: string): Promise<DeclarativeRow | null> {
  const { rows } = await database().pool.query<DeclarativeRow>(`SELECT * FROM "DeclarativeState" WHERE "enrollmentId" = $1`, [enrollmentId]);
  return rows[0] ?? null;
}

const DUE_NOW = `ON CONFLICT ("enrollmentId") DO UPDATE SET "refreshDueAt" = EXCLUDED."refreshDueAt"`;
const LIVE = `e."endedAt" IS NULL AND e."enrolledAt" IS NOT NULL`;

/** One enrollment may have another set of declarations now. */
export async function markEnrollmentDue(tx: Executor, enrollmentId: string): Promise<void> {
  await tx.query(`INSERT INTO "DeclarativeState" ("enrollmentId","refreshDueAt") VALUES ($1, now()) ${DUE_NOW}`, [enrollmentId]);
}

/** So may all that have this declaration. */
export async function markHoldersDue(tx: Executor, declarationId: string): Promise<void> {
  await tx.query(
    `INSERT INTO "DeclarativeState" ("enrollmentId","refreshDueAt")
     SELECT e."id", now() FROM "Enrollment" e WHERE ${LIVE} AND EXISTS (
       SELECT 1 FROM "GroupMember" m JOIN "DeclarationAssignment" a ON a."groupId" = m."groupId"
       WHERE m."deviceId" = e."deviceId" AND a."channel" = e."channel" AND a."declarationId" = $1)
     ORDER BY e."id" ${DUE_NOW}`,
    [declarationId],
  );
}

/** So may these devices of a group, or all of it for null, if anything is assigned to it. */
export async function markMembersDue(tx: Executor, groupId: string, deviceIds: readonly string[] | null): Promise<void> {
  await tx.query(
    `INSERT INTO "DeclarativeState" ("enrollmentId","refreshDueAt")
     SELECT e."id", now() FROM "Enrollment" e
     WHERE ${LIVE} AND EXISTS (SELECT 1 FROM "DeclarationAssignment" a WHERE a."groupId" = $1 AND a."channel" = e."channel")
       AND e."deviceId" IN (SELECT w."id" FROM unnest($2::uuid[]) AS w("id")
         UNION ALL SELECT m."deviceId" FROM "GroupMember" m WHERE m."groupId" = $1 AND $2::uuid[] IS NULL)
     ORDER BY e."id" ${DUE_NOW}`,
    [groupId, deviceIds],
  );
}

export interface DueRow {
  enrollmentId: string;
  deviceId: string;
  token: string | null;
  fetchedToken: string | null;
  enrolled: boolean;
  /** It has just enrolled: the pushes that follow upon that are on their way. */
  fresh: boolean;
  platform: string;
  osVersion: string | null;
}

/**
 * Takes those that are due, away from other nodes until the transaction ends. An enrollment that may be sent nothing
 * now, but may be later, is looked at again.
 */
export async function claimDue(tx: Executor, limit: number): Promise<DueRow[]> {
  const { rows } = await tx.query<DueRow>(
    `WITH due AS (
       SELECT "enrollmentId" FROM "DeclarativeState" WHERE "refreshDueAt" <= ${BY_NOW} ORDER BY "refreshDueAt", "enrollmentId" LIMIT $1 FOR UPDATE SKIP LOCKED)
     UPDATE "DeclarativeState" s
     SET "refreshDueAt" = CASE WHEN e."endedAt" IS NULL AND e."state" <> 'enrolled' THEN now() + interval '5 minutes' END
     FROM due, "Enrollment" e JOIN "Device" d ON d."id" = e."deviceId"
     WHERE s."enrollmentId" = due."enrollmentId" AND e."id" = due."enrollmentId"
     RETURNING s."enrollmentId", e."deviceId", s."token", s."fetchedToken", e."state" = 'enrolled' AS "enrolled",
       e."firstConnectAt" IS NULL AND e."enrolledAt" > now() - interval '10 seconds' AS "fresh", d."platform", d."osVersion"`,
    [limit],
  );
  return rows;
}

/** Keeps what each enrollment is promised now, and forgets what no device can still be reading. */
export async function saveSnapshots(tx: Executor, sets: ReadonlyMap<string, ItemSet>): Promise<void> {
  if (sets.size === 0) return;
  const distinct = new Map([...sets.values()].map((set) => [set.token, set]));
  const enrollmentIds = [...sets.keys()];
  const tokens = [...sets.values()].map((set) => set.token);
  await tx.query(
    `INSERT INTO "DeclarationSnapshot" ("enrollmentId","token","items","createdAt")
     SELECT w."id", w."token", s."items"::jsonb, clock_timestamp() FROM unnest($1::uuid[], $2::text[]) AS w("id","token")
     JOIN unnest($3::text[], $4::text[]) AS s("token","items") ON s."token" = w."token"
     ON CONFLICT ("enrollmentId","token") DO UPDATE SET "createdAt" = EXCLUDED."createdAt"`,
    [enrollmentIds, tokens, [...distinct.keys()], [...distinct.values()].map((set) => toJsonb(set.items))],
  );
  await tx.query(
    `UPDATE "DeclarativeState" s SET "token" = w."token", "tokenAt" = now()
     FROM unnest($1::uuid[], $2::text[]) AS w("id","token") WHERE s."enrollmentId" = w."id" AND s."token" IS DISTINCT FROM w."token"`,
    [enrollmentIds, tokens],
  );
  await tx.query(
    `DELETE FROM "DeclarationSnapshot" x USING "DeclarativeState" s, (
       SELECT "enrollmentId", "token", row_number() OVER (PARTITION BY "enrollmentId" ORDER BY "createdAt" DESC) AS "place"
       FROM "DeclarationSnapshot" WHERE "enrollmentId" = ANY($1::uuid[])) AS r
     WHERE r."place" > $2 AND x."enrollmentId" = r."enrollmentId" AND x."token" = r."token"
       AND s."enrollmentId" = x."enrollmentId" AND x."token" IS DISTINCT FROM s."token" AND x."token" IS DISTINCT FROM s."fetchedToken"`,
    [enrollmentIds, SNAPSHOTS_KEPT],
  );
}

/** What was promised under a token; null when it is not kept. */
export async function readSnapshot(executor: Executor, enrollmentId: string, token: string): Promise<SnapshotItem[] | null> {
  const { rows } = await executor.query<{ items: SnapshotItem[] }>(`SELECT "items" FROM "DeclarationSnapshot" WHERE "enrollmentId" = $1 AND "token" = $2`, [enrollmentId, token]);
  return rows[0]?.items ?? null;
}

export async function setFetched(tx: Executor, enrollmentId: string, token: string): Promise<void> {
  await tx.query(`UPDATE "DeclarativeState" SET "fetchedToken" = $2 WHERE "enrollmentId" = $1`, [enrollmentId, token]);
}

export async function saveStatus(tx: Executor, enrollmentId: string, status: string, errors: string): Promise<void> {
  await tx.query(`UPDATE "DeclarativeState" SET "status" = $2::jsonb, "errors" = $3::jsonb, "statusAt" = now() WHERE "enrollmentId" = $1`, [enrollmentId, status, errors]);
}

export interface DeviceDeclarativeRow extends Omit<DeclarativeRow, "status" | "errors"> {
  channel: "device" | "user";
  live: boolean;
  items: SnapshotItem[] | null;
  status: StatusItems | null;
  errors: unknown[] | null;
}

/** Every channel of the device that is going on, the device's own first. Null columns where nothing has begun. */
export async function listDeviceDeclaratives(executor: Executor, deviceId: string): Promise<DeviceDeclarativeRow[]> {
  const { rows } = await executor.query<DeviceDeclarativeRow>(
    `SELECT e."id" AS "enrollmentId", e."channel", e."state" = 'enrolled' AS "live", s."token", s."tokenAt", s."fetchedToken", s."status", s."statusAt", s."errors", x."items"
     FROM "Enrollment" e LEFT JOIN "DeclarativeState" s ON s."enrollmentId" = e."id"
     LEFT JOIN "DeclarationSnapshot" x ON x."enrollmentId" = e."id" AND x."token" = s."token"
     WHERE e."deviceId" = $1 AND e."endedAt" IS NULL ORDER BY e."channel", e."authenticatedAt"`,
    [deviceId],
  );
  return rows;
}
