import type { Executor } from "@/lib/db/database";

/** Any number that no other advisory lock of ours has. */
const RETENTION_LOCK = 7_302_001;

/** One node at a time: the lock goes with the transaction. */
export async function takeRetentionLock(tx: Executor): Promise<boolean> {
  const { rows } = await tx.query<{ taken: boolean }>(`SELECT pg_try_advisory_xact_lock($1) AS "taken"`, [RETENTION_LOCK]);
  return rows[0]?.taken === true;
}

/** Removes at most `limit` commands that ended before. Request types of `kept` stay, and what ended a management. */
export async function deleteEndedCommands(tx: Executor, endedBefore: Date, kept: readonly string[], limit: number): Promise<number> {
  const { rowCount } = await tx.query(
    `DELETE FROM "Command" WHERE "id" IN (
       SELECT c."id" FROM "Command" c JOIN "Enrollment" e ON e."id" = c."enrollmentId"
       WHERE c."endedAt" < $1 AND c."queueRank" IS NULL AND c."requestType" <> ALL($2::text[])
         AND NOT (c."requestType" = 'RemoveProfile' AND e."terminationMethod" IS NOT NULL)
       ORDER BY c."endedAt" LIMIT $3)`,
    [endedBefore, kept, limit],
  );
  return rowCount ?? 0;
}

/** Batches of before with no command left. */
export async function deleteEmptyBatches(tx: Executor, createdBefore: Date, limit: number): Promise<number> {
  const { rowCount } = await tx.query(
    `DELETE FROM "CommandBatch" WHERE "id" IN (
       SELECT b."id" FROM "CommandBatch" b WHERE b."createdAt" < $1 AND NOT EXISTS (SELECT 1 FROM "Command" c WHERE c."batchId" = b."id")
       ORDER BY b."createdAt" LIMIT $2)`,
    [createdBefore, limit],
  );
  return rowCount ?? 0;
}

/** What devices said before: the inspector looks back no further. */
export async function deleteExchanges(tx: Executor, before: Date, limit: number): Promise<number> {
  const { rowCount } = await tx.query(`DELETE FROM "Exchange" WHERE "id" IN (SELECT "id" FROM "Exchange" WHERE "at" < $1 ORDER BY "at" LIMIT $2)`, [before, limit]);
  return rowCount ?? 0;
}

/** What devices asked Automated Device Enrollment before: the list of its devices says no more than that they asked once. */
export async function deleteAdeRequests(tx: Executor, before: Date, limit: number): Promise<number> {
  const { rowCount } = await tx.query(
    `DELETE FROM "AdeRequest" WHERE ("configurationId", "serialNumber") IN (SELECT "configurationId", "serialNumber" FROM "AdeRequest" WHERE "lastAt" < $1 LIMIT $2)`,
    [before, limit],
  );
  return rowCount ?? 0;
}

/** What serves for a while only, by table: rows for which this holds are of no use to anybody. */
const LEAVINGS = [
  ["ScepChallenge", `"expiresAt" < now() - interval '1 day' AND NOT EXISTS (SELECT 1 FROM "Identity" i WHERE i."challengeId" = t."id")`],
  ["AcmeNonce", `"expiresAt" < now()`],
  ["AcmeOrder", `"expiresAt" < now() - interval '1 day'`],
  ["OtaSession", `"expiresAt" < now() - interval '1 day'`],
  ["AccountToken", `"expiresAt" < now() - interval '1 day'`],
  ["IdempotencyRecord", `"createdAt" < now() - interval '1 day'`],
  ["SignInFailure", `"at" < now() - interval '1 day'`],
  ["EscrowedSecret", `"keepUntil" < now()`],
  ["UnknownContact", `"lastSeenAt" < now() - interval '90 days'`],
] as const;

/** Removes at most `limit` rows of each table that serves for a while only. Answers how many of the fullest. */
export async function deleteLeavings(tx: Executor, limit: number): Promise<number> {
  let most = 0;
  for (const [table, useless] of LEAVINGS) {
    const { rowCount } = await tx.query(`DELETE FROM "${table}" WHERE "id" IN (SELECT t."id" FROM "${table}" t WHERE ${useless} LIMIT $1)`, [limit]);
    most = Math.max(most, rowCount ?? 0);
  }
  return most;
}
