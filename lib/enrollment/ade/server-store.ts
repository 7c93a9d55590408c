import type { AdeProblem } from "@/lib/contracts/ade-words";
import { database, type Executor } from "@/lib/db/database";
import { BY_NOW } from "@/lib/db/due";
import { toJsonb } from "@/lib/db/jsonb";
import type { AccountAnswer } from "@/lib/protocol/ade/assignment-answers";

export interface AdeServerRow {
  id: string;
  name: string;
  certificate: Buffer;
  privateKeySealed: Buffer;
  tokenSealed: Buffer | null;
  tokenExpiresAt: Date | null;
  tokenUploadedAt: Date | null;
  tokenUploadedBy: string | null;
  tokenWarnedDays: number | null;
  serverUuid: string | null;
  account: AccountAnswer | null;
  cursor: string | null;
  fullReadSince: Date | null;
  syncDueAt: Date;
  syncedAt: Date | null;
  heldUntil: Date | null;
  problem: AdeProblem | null;
  problemDetail: string | null;
  problemSince: Date | null;
  failures: number;
  defaultConfigurationId: string | null;
  createdAt: Date;
  createdBy: string;
  /** Devices the account has given to it. */
  devices: number;
  /** By the clock of the database, which all nodes share. */
  now: Date;
}

const SERVER = `SELECT s.*, now() AS "now", (SELECT count(*)::int FROM "AdeDevice" d WHERE d."serverId" = s."id" AND d."removedAt" IS NULL) AS "devices" FROM "AdeServer" s`;
/** Any number that no other advisory lock of ours has. */
const SYNC_LOCK = 7_302_002;

export async function insertServer(tx: Executor, server: { id: string; name: string; certificate: Buffer; privateKeySealed: Buffer; createdBy: string }): Promise<void> {
  await tx.query(`INSERT INTO "AdeServer" ("id","name","certificate","privateKeySealed","createdBy") VALUES ($1,$2,$3,$4,$5)`, [
    server.id, server.name, server.certificate, server.privateKeySealed, server.createdBy,
  ]);
}

/** Null when there is none. */
export async function readServerRow(executor: Executor, id: string): Promise<AdeServerRow | null> {
  const { rows } = await executor.query<AdeServerRow>(`${SERVER} WHERE s."id" = $1`, [id]);
  return rows[0] ?? null;
}

/** In the order they were made. */
export async function listServerRows(): Promise<AdeServerRow[]> {
  const { rows } = await database().pool.query<AdeServerRow>(`${SERVER} ORDER BY s."createdAt", s."id"`);
  return rows;
}

export async function updateServer(tx: Executor, id: string, change: { name: string; defaultConfigurationId: string | null }): Promise<void> {
  await tx.query(`UPDATE "AdeServer" SET "name" = $2, "defaultConfigurationId" = $3 WHERE "id" = $1`, [id, change.name, change.defaultConfigurationId]);
}

/** Its devices go with it. */
export async function removeServer(tx: Executor, id: string): Promise<void> {
  await tx.query(`DELETE FROM "AdeServer" WHERE "id" = $1`, [id]);
}

export async function saveToken(tx: Executor, id: string, token: { sealed: Buffer; expiresAt: Date; uploadedBy: string; account: AccountAnswer }): Promise<void> {
  await tx.query(
    `UPDATE "AdeServer" SET "tokenSealed" = $2, "tokenExpiresAt" = $3, "tokenUploadedAt" = now(), "tokenUploadedBy" = $4, "tokenWarnedDays" = NULL,
       "account" = $5::jsonb, "serverUuid" = $6, "heldUntil" = NULL, "problem" = NULL, "problemDetail" = NULL, "problemSince" = NULL, "failures" = 0, "syncDueAt" = now()
     WHERE "id" = $1`,
    [id, token.sealed, token.expiresAt, token.uploadedBy, toJsonb(token.account), token.account.server_uuid],
  );
}

/** The list is read from its beginning next time; `forgetProfiles` where they are of another account. */
export async function startOver(tx: Executor, id: string, { forgetProfiles }: { forgetProfiles: boolean }): Promise<void> {
  await tx.query(`UPDATE "AdeServer" SET "cursor" = NULL, "fullReadSince" = NULL, "syncDueAt" = now() WHERE "id" = $1`, [id]);
  if (forgetProfiles) await tx.query(`DELETE FROM "AdeProfile" WHERE "serverId" = $1`, [id]);
}

/** An admin wants it now, whatever Apple said before. */
export async function makeSyncDue(tx: Executor, id: string): Promise<void> {
  await tx.query(`UPDATE "AdeServer" SET "syncDueAt" = now(), "heldUntil" = NULL WHERE "id" = $1`, [id]);
}

/** Servers with something to read or to tell, which Apple lets us ask. */
export async function findDueServers(): Promise<string[]> {
  const { rows } = await database().pool.query<{ id: string }>(
    `SELECT s."id" FROM "AdeServer" s WHERE s."tokenSealed" IS NOT NULL AND (s."heldUntil" IS NULL OR s."heldUntil" <= ${BY_NOW})
       AND (s."syncDueAt" <= ${BY_NOW} OR EXISTS (SELECT 1 FROM "AdeDevice" d WHERE d."serverId" = s."id" AND d."assignDueAt" <= ${BY_NOW} AND d."removedAt" IS NULL))`,
  );
  return rows.map((row) => row.id);
}

/** One node at a time speaks for a server: the lock goes with the transaction. */
export async function takeSyncLock(tx: Executor, id: string): Promise<boolean> {
  const { rows } = await tx.query<{ taken: boolean }>(`SELECT pg_try_advisory_xact_lock($1, hashtext($2)) AS "taken"`, [SYNC_LOCK, id]);
  return rows[0]?.taken === true;
}

export async function saveCursor(tx: Executor, id: string, cursor: string, fullReadSince: Date | null): Promise<void> {
  await tx.query(`UPDATE "AdeServer" SET "cursor" = $2, "fullReadSince" = $3 WHERE "id" = $1`, [id, cursor, fullReadSince]);
}

/** Whether nobody has made it due anew; from here on nobody does before the transaction ends. */
export async function isDueSince(tx: Executor, id: string, dueAt: Date): Promise<boolean> {
  const { rowCount } = await tx.query(`SELECT 1 FROM "AdeServer" WHERE "id" = $1 AND "syncDueAt" = $2 FOR NO KEY UPDATE`, [id, dueAt]);
  return rowCount === 1;
}

/** The list was read to its end. */
export async function saveSynced(tx: Executor, id: string, againInSeconds: number): Promise<void> {
  await tx.query(`UPDATE "AdeServer" SET "syncedAt" = now(), "syncDueAt" = now() + make_interval(secs => $2) WHERE "id" = $1`, [id, againInSeconds]);
}

/** Apple answered. True when it had refused before. */
export async function clearProblem(tx: Executor, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE "AdeServer" SET "problem" = NULL, "problemDetail" = NULL, "problemSince" = NULL, "heldUntil" = NULL, "failures" = 0 WHERE "id" = $1 AND "problem" IS NOT NULL`,
    [id],
  );
  return rowCount === 1;
}

/** Answers whether that is news. */
export async function saveProblem(tx: Executor, id: string, problem: { code: AdeProblem; detail: string; heldSeconds: number }): Promise<boolean> {
  const { rows } = await tx.query<{ news: boolean }>(
    `UPDATE "AdeServer" s SET "problem" = $2, "problemDetail" = $3, "heldUntil" = now() + make_interval(secs => $4), "failures" = s."failures" + 1,
       "problemSince" = CASE WHEN s."problem" IS DISTINCT FROM $2 THEN now() ELSE s."problemSince" END
     FROM (SELECT "id", "problem" FROM "AdeServer" WHERE "id" = $1 FOR UPDATE) b WHERE s."id" = b."id" RETURNING b."problem" IS DISTINCT FROM $2 AS "news"`,
    [id, problem.code, problem.detail, problem.heldSeconds],
  );
  return rows[0]?.news === true;
}

export interface EndingToken {
  id: string;
  name: string;
  tokenExpiresAt: Date;
  /** The threshold of the last warning. */
  tokenWarnedDays: number | null;
}

/** Server tokens that end within so many days. */
export async function findEndingTokens(withinDays: number): Promise<EndingToken[]> {
  const { rows } = await database().pool.query<EndingToken>(
    `SELECT "id", "name", "tokenExpiresAt", "tokenWarnedDays" FROM "AdeServer" WHERE "tokenExpiresAt" <= now() + make_interval(days => $1)`,
    [withinDays],
  );
  return rows;
}

/** False when another node has told of it meanwhile, or there is another token. */
export async function takeTokenWarning(tx: Executor, { id, tokenExpiresAt }: EndingToken, threshold: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE "AdeServer" SET "tokenWarnedDays" = $2 WHERE "id" = $1 AND "tokenExpiresAt" = $3 AND ("tokenWarnedDays" IS NULL OR "tokenWarnedDays" > $2)`,
    [id, threshold, tokenExpiresAt],
  );
  return rowCount === 1;
}
