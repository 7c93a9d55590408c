import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";
import type { AssignedDeclaration } from "./item-set";

export interface DeclarationRow {
  id: string;
  identifier: string;
  type: string;
  serverToken: string;
  payload: Record<string, unknown>;
  createdAt: Date;
  updatedAt: Date;
  createdBy: string;
  deletedAt: Date | null;
  groupIds: string[];
  userGroupIds: string[];
}

const groupsOn = (channel: string) =>
  `ARRAY(SELECT a."groupId"::text FROM "DeclarationAssignment" a WHERE a."declarationId" = d."id" AND a."channel" = '${channel}' ORDER BY a."groupId")`;
const DECLARATION = `SELECT d.*, v."payload", ${groupsOn("device")} AS "groupIds", ${groupsOn("user")} AS "userGroupIds"
  FROM "Declaration" d JOIN "DeclarationVersion" v ON v."declarationId" = d."id" AND v."serverToken" = d."serverToken"`;

/** One that was not deleted; null when there is none. */
export async function readDeclarationRow(executor: Executor, id: string): Promise<DeclarationRow | null> {
  const { rows } = await executor.query<DeclarationRow>(`${DECLARATION} WHERE d."id" = $1 AND d."deletedAt" IS NULL`, [id]);
  return rows[0] ?? null;
}

/** Locked, deleted or not; null when the identifier was never used. */
export async function lockIdentifier(tx: Executor, identifier: string): Promise<{ id: string; type: string; deletedAt: Date | null } | null> {
  const { rows } = await tx.query<{ id: string; type: string; deletedAt: Date | null }>(
    `SELECT "id","type","deletedAt" FROM "Declaration" WHERE "identifier" = $1 FOR UPDATE`,
    [identifier],
  );
  return rows[0] ?? null;
}

/** Locked; null when there is none, or it was deleted. */
export async function lockDeclaration(tx: Executor, id: string): Promise<{ id: string; identifier: string; type: string; serverToken: string } | null> {
  const { rows } = await tx.query<{ id: string; identifier: string; type: string; serverToken: string }>(
    `SELECT "id","identifier","type","serverToken" FROM "Declaration" WHERE "id" = $1 AND "deletedAt" IS NULL FOR UPDATE`,
    [id],
  );
  return rows[0] ?? null;
}

export interface NewVersion {
  id: string;
  identifier: string;
  type: string;
  serverToken: string;
  payload: unknown;
}

/** Writes a declaration with its first version, or brings a deleted one back. */
export async function saveDeclaration(tx: Executor, version: NewVersion, createdBy: string): Promise<void> {
  await tx.query(
    `INSERT INTO "Declaration" ("id","identifier","type","serverToken","createdBy") VALUES ($1,$2,$3,$4,$5)
     ON CONFLICT ("id") DO UPDATE SET "type" = EXCLUDED."type", "serverToken" = EXCLUDED."serverToken", "createdBy" = EXCLUDED."createdBy",
       "createdAt" = now(), "updatedAt" = now(), "deletedAt" = NULL`,
    [version.id, version.identifier, version.type, version.serverToken, createdBy],
  );
  await insertVersion(tx, version);
}

/** Versions are never changed: an equal one that was there before stays. */
async function insertVersion(tx: Executor, { id, serverToken, payload }: NewVersion): Promise<void> {
  await tx.query(
    `INSERT INTO "DeclarationVersion" ("declarationId","serverToken","payload") VALUES ($1,$2,$3::jsonb) ON CONFLICT DO NOTHING`,
    [id, serverToken, toJsonb(payload)],
  );
}

export async function setVersion(tx: Executor, version: NewVersion): Promise<void> {
  await insertVersion(tx, version);
  await tx.query(`UPDATE "Declaration" SET "serverToken" = $2, "updatedAt" = now() WHERE "id" = $1`, [version.id, version.serverToken]);
}

/** Devices may still ask for its versions, so the rows stay. */
export async function markDeleted(tx: Executor, id: string): Promise<void> {
  await tx.query(`UPDATE "Declaration" SET "deletedAt" = now() WHERE "id" = $1`, [id]);
  await tx.query(`DELETE FROM "DeclarationAssignment" WHERE "declarationId" = $1`, [id]);
}

/** The groups take the place of those before. Answers the ids that are no groups; then nothing is assigned to them. */
export async function setAssignments(tx: Executor, id: string, channel: string, groupIds: readonly string[]): Promise<string[]> {
  await tx.query(`DELETE FROM "DeclarationAssignment" WHERE "declarationId" = $1 AND "channel" = $2 AND "groupId" <> ALL($3::uuid[])`, [id, channel, groupIds]);
  const { rows } = await tx.query<{ id: string }>(
    `WITH "assigned" AS (
       INSERT INTO "DeclarationAssignment" ("declarationId","groupId","channel") SELECT $1, g."id", $2 FROM "DeviceGroup" g WHERE g."id" = ANY($3::uuid[])
       ON CONFLICT DO NOTHING)
     SELECT w."id" FROM unnest($3::uuid[]) AS w("id") LEFT JOIN "DeviceGroup" g ON g."id" = w."id" WHERE g."id" IS NULL`,
    [id, channel, groupIds],
  );
  return rows.map((row) => row.id);
}

/** Null for what does not matter. */
export interface DeclarationSearch {
  query: string | null;
  groupId: string | null;
}

const LISTED = `d."deletedAt" IS NULL AND ($1::text IS NULL OR concat_ws(' ', d."identifier", d."type") ILIKE $1)
  AND ($2::uuid IS NULL OR EXISTS (SELECT 1 FROM "DeclarationAssignment" a WHERE a."declarationId" = d."id" AND a."groupId" = $2))`;
const patternOf = (query: string | null) => (query === null ? null : `%${query.replace(/[\\%_]/g, "\\$&")}%`);

/** Newest first, below the cursor when there is one. */
export async function listDeclarationRows({ query, groupId }: DeclarationSearch, before: { at: Date; id: string } | null, limit: number): Promise<DeclarationRow[]> {
  const { rows } = await database().pool.query<DeclarationRow>(
    `${DECLARATION} WHERE ${LISTED} AND ($3::timestamptz IS NULL OR (d."createdAt", d."id") < ($3, $4::uuid)) ORDER BY d."createdAt" DESC, d."id" DESC LIMIT $5`,
    [patternOf(query), groupId, before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
}

export async function countDeclarationRows({ query, groupId }: DeclarationSearch): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM "Declaration" d WHERE ${LISTED}`, [patternOf(query), groupId]);
  return rows[0]?.total ?? 0;
}

/** What is assigned to each of these enrollments by the groups of its device, as ids joined in order; none where nothing is. */
export async function assignmentsOf(tx: Executor, enrollmentIds: readonly string[]): Promise<{ enrollmentId: string; declarationIds: string[] }[]> {
  const { rows } = await tx.query<{ enrollmentId: string; declarationIds: string[] }>(
    `SELECT e."id" AS "enrollmentId", array_agg(DISTINCT a."declarationId"::text ORDER BY a."declarationId"::text) AS "declarationIds"
     FROM "Enrollment" e JOIN "GroupMember" m ON m."deviceId" = e."deviceId"
     JOIN "DeclarationAssignment" a ON a."groupId" = m."groupId" AND a."channel" = e."channel"
     WHERE e."id" = ANY($1::uuid[]) GROUP BY e."id"`,
    [enrollmentIds],
  );
  return rows;
}

/** The present versions of those that were not deleted. Only activations come with their payload. */
export async function assignedDeclarations(tx: Executor, ids: readonly string[]): Promise<AssignedDeclaration[]> {
  const { rows } = await tx.query<AssignedDeclaration>(
    `SELECT d."id", d."identifier", d."type", d."serverToken", v."payload" FROM "Declaration" d
     LEFT JOIN "DeclarationVersion" v ON v."declarationId" = d."id" AND v."serverToken" = d."serverToken" AND d."type" LIKE 'com.apple.activation.%'
     WHERE d."id" = ANY($1::uuid[]) AND d."deletedAt" IS NULL`,
    [ids],
  );
  return rows;
}

/** The payload of a version; null when there is none. */
export async function readVersion(executor: Executor, declarationId: string, serverToken: string): Promise<unknown> {
  const { rows } = await executor.query<{ payload: unknown }>(
    `SELECT "payload" FROM "DeclarationVersion" WHERE "declarationId" = $1 AND "serverToken" = $2`,
    [declarationId, serverToken],
  );
  return rows[0]?.payload ?? null;
}
