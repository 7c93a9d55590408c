import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";
import { seal, unseal } from "@/lib/db/sealed";
import type { ProfileState } from "@/lib/contracts/words";
import type { LintFinding } from "@/lib/protocol/library/lint-finding";
import { SHOWN_STATE, STANDINGS } from "./standing-sql-store";

export interface PayloadSummary {
  type: string;
  identifier: string | null;
  displayName: string | null;
}

/** A version without its content. */
export interface VersionRow {
  id: string;
  profileId: string;
  number: number;
  bytes: number;
  digest: string;
  signer: string | null;
  payloads: PayloadSummary[];
  variables: string[];
  findings: LintFinding[];
  createdAt: Date;
  createdBy: string;
}

export interface ProfileRow {
  id: string;
  identifier: string;
  name: string;
  note: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  createdBy: string;
  groupIds: string[];
  current: VersionRow;
  states: Partial<Record<ProfileState, number>>;
}

export interface NewVersion extends Omit<VersionRow, "createdAt" | "number"> {
  content: Buffer;
}

const VERSION = `v."id", v."profileId", v."number", v."bytes", v."digest", v."signer", v."payloads", v."variables", v."findings", v."createdAt", v."createdBy"`;
const PROFILE = `SELECT p.*, ARRAY(SELECT a."groupId"::text FROM "ProfileAssignment" a WHERE a."profileId" = p."id" ORDER BY a."groupId") AS "groupIds" FROM "Profile" p`;

export async function insertProfile(tx: Executor, profile: { id: string; identifier: string; name: string; note: string; createdBy: string }): Promise<void> {
  await tx.query(`INSERT INTO "Profile" ("id","identifier","name","note","version","createdBy") VALUES ($1,$2,$3,$4,1,$5)`, [
    profile.id, profile.identifier, profile.name, profile.note, profile.createdBy,
  ]);
}

/** The next version of its profile, which becomes the one that devices get. Answers its number. The profile has to be locked. */
export async function insertVersion(tx: Executor, version: NewVersion): Promise<number> {
  const { rows } = await tx.query<{ number: number }>(
    `INSERT INTO "ProfileVersion" ("id","profileId","number","contentSealed","bytes","digest","signer","payloads","variables","findings","createdBy")
     SELECT $1, $2::uuid, COALESCE(max(v."number"), 0) + 1, $3, $4, $5, $6, $7::jsonb, $8::text[], $9::jsonb, $10 FROM "ProfileVersion" v WHERE v."profileId" = $2::uuid
     RETURNING "number"`,
    [version.id, version.profileId, sealContent(version.id, version.content), version.bytes, version.digest, version.signer, toJsonb(version.payloads), version.variables,
      toJsonb(version.findings), version.createdBy],
  );
  const number = rows[0]?.number ?? 1;
  await setCurrentVersion(tx, version.profileId, number);
  return number;
}

export async function setCurrentVersion(tx: Executor, id: string, number: number): Promise<void> {
  await tx.query(`UPDATE "Profile" SET "version" = $2, "updatedAt" = now() WHERE "id" = $1`, [id, number]);
}

export async function setWords(tx: Executor, id: string, words: { name: string; note: string }): Promise<void> {
  await tx.query(`UPDATE "Profile" SET "name" = $2, "note" = $3, "updatedAt" = now() WHERE "id" = $1`, [id, words.name, words.note]);
}

/** Its versions and assignments go with it. What devices still have of it stays to be taken away. */
export async function removeProfile(tx: Executor, id: string): Promise<void> {
  await tx.query(`DELETE FROM "Profile" WHERE "id" = $1`, [id]);
}

/** Locked; null when there is none. */
export async function lockProfile(tx: Executor, id: string): Promise<{ id: string; identifier: string; name: string; note: string; version: number } | null> {
  const { rows } = await tx.query<{ id: string; identifier: string; name: string; note: string; version: number }>(
    `SELECT "id","identifier","name","note","version" FROM "Profile" WHERE "id" = $1 FOR UPDATE`,
    [id],
  );
  return rows[0] ?? null;
}

/** The profile that devices know by this identifier; null when there is none. */
export async function findIdentifier(executor: Executor, identifier: string): Promise<string | null> {
  const { rows } = await executor.query<{ id: string }>(`SELECT "id" FROM "Profile" WHERE "identifier" = $1`, [identifier]);
  return rows[0]?.id ?? null;
}

/** Null when there is none. */
export async function readProfileRow(executor: Executor, id: string): Promise<ProfileRow | null> {
  const { rows } = await executor.query<Bare>(`${PROFILE} WHERE p."id" = $1`, [id]);
  return (await completed(executor, rows))[0] ?? null;
}

/** Null for what does not matter. */
export interface ProfileSearch {
  query: string | null;
  groupId: string | null;
}

const SEARCHED = `($1::text IS NULL OR concat_ws(' ', p."name", p."identifier", p."note") ILIKE $1)
  AND ($2::uuid IS NULL OR EXISTS (SELECT 1 FROM "ProfileAssignment" a WHERE a."profileId" = p."id" AND a."groupId" = $2))`;
const patternOf = (query: string | null) => (query === null ? null : `%${query.replace(/[\\%_]/g, "\\$&")}%`);

/** Newest first, below the cursor when there is one. */
export async function listProfileRows({ query, groupId }: ProfileSearch, before: { at: Date; id: string } | null, limit: number): Promise<ProfileRow[]> {
  const { pool } = database();
  const { rows } = await pool.query<Bare>(
    `${PROFILE} WHERE ${SEARCHED} AND ($3::timestamptz IS NULL OR (p."createdAt", p."id") < ($3, $4::uuid)) ORDER BY p."createdAt" DESC, p."id" DESC LIMIT $5`,
    [patternOf(query), groupId, before?.at ?? null, before?.id ?? null, limit],
  );
  return completed(pool, rows);
}

export async function countProfileRows({ query, groupId }: ProfileSearch): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM "Profile" p WHERE ${SEARCHED}`, [patternOf(query), groupId]);
  return rows[0]?.total ?? 0;
}

type Bare = Omit<ProfileRow, "current" | "states">;

/** With the version that devices get, and how many of them stand where: one statement each for all of them. */
async function completed(executor: Executor, profiles: readonly Bare[]): Promise<ProfileRow[]> {
  if (profiles.length === 0) return [];
  const ids = profiles.map(({ id }) => id);
  const versions = await executor.query<VersionRow>(
    `SELECT ${VERSION} FROM "ProfileVersion" v JOIN "Profile" p ON p."id" = v."profileId" AND p."version" = v."number" WHERE p."id" = ANY($1::uuid[])`,
    [ids],
  );
  const counts = await executor.query<{ profileId: string; state: ProfileState; count: number }>(
    `WITH ${STANDINGS} SELECT "profileId", "state", count(*)::int AS "count" FROM (SELECT w."profileId", ${SHOWN_STATE} AS "state" FROM "standing" w
       LEFT JOIN "Command" c ON c."id" = w."commandId") AS s GROUP BY 1, 2`,
    [ids],
  );
  return profiles.flatMap((profile) => {
    const current = versions.rows.find(({ profileId }) => profileId === profile.id);
    const states = Object.fromEntries(counts.rows.filter(({ profileId }) => profileId === profile.id).map(({ state, count }) => [state, count]));
    return current === undefined ? [] : [{ ...profile, current, states }];
  });
}

/** Newest first. */
export async function listVersionRows(executor: Executor, profileId: string): Promise<VersionRow[]> {
  const { rows } = await executor.query<VersionRow>(`SELECT ${VERSION} FROM "ProfileVersion" v WHERE v."profileId" = $1 ORDER BY v."number" DESC`, [profileId]);
  return rows;
}

/** Null when there is none. */
export async function readVersionRow(executor: Executor, profileId: string, number: number): Promise<VersionRow | null> {
  const { rows } = await executor.query<VersionRow>(`SELECT ${VERSION} FROM "ProfileVersion" v WHERE v."profileId" = $1 AND v."number" = $2`, [profileId, number]);
  return rows[0] ?? null;
}

/** The files of these versions as they were uploaded, by the id of the version. */
export async function openVersions(executor: Executor, ids: readonly string[]): Promise<Map<string, Buffer>> {
  const { rows } = await executor.query<{ id: string; contentSealed: Buffer }>(`SELECT "id","contentSealed" FROM "ProfileVersion" WHERE "id" = ANY($1::uuid[])`, [ids]);
  return new Map(rows.map(({ id, contentSealed }) => [id, openContent(id, contentSealed)]));
}

/** The groups take the place of those before. Answers the ids that are no groups; then nothing is assigned to them. */
export async function setAssignments(tx: Executor, id: string, groupIds: readonly string[]): Promise<string[]> {
  await tx.query(`DELETE FROM "ProfileAssignment" WHERE "profileId" = $1 AND "groupId" <> ALL($2::uuid[])`, [id, groupIds]);
  const { rows } = await tx.query<{ id: string }>(
    `WITH "assigned" AS (
       INSERT INTO "ProfileAssignment" ("profileId","groupId") SELECT $1, g."id" FROM "DeviceGroup" g WHERE g."id" = ANY($2::uuid[]) ON CONFLICT DO NOTHING)
     SELECT w."id" FROM unnest($2::uuid[]) AS w("id") LEFT JOIN "DeviceGroup" g ON g."id" = w."id" WHERE g."id" IS NULL`,
    [id, groupIds],
  );
  return rows.map((row) => row.id);
}

export async function isAssigned(tx: Executor, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(`SELECT 1 FROM "ProfileAssignment" WHERE "profileId" = $1 LIMIT 1`, [id]);
  return rowCount === 1;
}

function sealContent(id: string, content: Buffer): Buffer {
  return seal(content, { table: "ProfileVersion", row: id, column: "contentSealed" });
}

function openContent(id: string, sealed: Uint8Array): Buffer {
  return unseal(sealed, { table: "ProfileVersion", row: id, column: "contentSealed" });
}
