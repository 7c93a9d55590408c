import { database, type Executor } from "@/lib/db/database";
import { BY_NOW } from "@/lib/db/due";

/** One push per enrollment in that time, however often one is asked for (APNs answers 429 otherwise). */
export const PUSH_GAP_MS = 5_000;
/** A node that took a push and fell silent has lost it after that time. */
const LEASE_MS = 60_000;

const GAP = `interval '${PUSH_GAP_MS} milliseconds'`;
const UNCLAIMED = `("pushClaimedUntil" IS NULL OR "pushClaimedUntil" <= now())`;
/** May the enrollment be pushed at all? */
export const PUSHABLE = `("state" <> 'ended' AND "tokenSealed" IS NOT NULL AND "magicSealed" IS NOT NULL AND "tokenDeadAt" IS NULL)`;
/** A push is under way, and its lease stands in place of a due time: nobody has asked for another meanwhile. */
const ONLY_CLAIMED = `(e."pushClaimedUntil" > now() AND e."pushDueAt" = e."pushClaimedUntil")`;
/** APNs asked us to wait with this token; the pending repetition serves the new wish as well. */
const TOLD_TO_WAIT = `("pushDueAt" IS NOT NULL AND ${UNCLAIMED} AND "lastPushStatus" >= 429 AND "lastPushAt" > "tokenUpdatedAt")`;
/** A push of the schedule after enrollment that has lost its purpose. */
const LEFT_OVER = `("firstConnectAt" IS NOT NULL AND "pushDueAt" - "enrolledAt" IN (interval '2 seconds', interval '30 seconds', interval '5 minutes'))`;

/**
 * Sets the due time of each to the earlier of its own and `dueAt` (null: now), not within the gap after its last push.
 * One that is being pushed gets it whenever it is: what is under way may be over long before.
 */
export async function bringForward(executor: Executor, enrollmentIds: readonly string[], dueAt: Date | null): Promise<void> {
  await executor.query(
    `WITH wanted AS (
       SELECT "id", GREATEST(COALESCE($2::timestamptz, now()), "lastPushAt" + ${GAP}) AS "dueAt" FROM "Enrollment"
       WHERE "id" = ANY($1::uuid[]) AND ${PUSHABLE} AND ${TOLD_TO_WAIT} IS NOT TRUE ORDER BY "id" FOR NO KEY UPDATE)
     UPDATE "Enrollment" e SET "pushDueAt" = wanted."dueAt" FROM wanted
     WHERE e."id" = wanted."id" AND (e."pushDueAt" IS NULL OR e."pushDueAt" > wanted."dueAt" OR ${ONLY_CLAIMED})`,
    [enrollmentIds, dueAt],
  );
}

/** Sets the first push of a new enrollment, in place of any due before it. */
export async function setFirstPush(executor: Executor, enrollmentId: string, afterMs: number): Promise<void> {
  await executor.query(
    `UPDATE "Enrollment" SET "pushDueAt" = GREATEST("enrolledAt" + $2 * interval '1 millisecond', "lastPushAt" + ${GAP})
     WHERE "id" = $1 AND "enrolledAt" IS NOT NULL AND ${PUSHABLE}`,
    [enrollmentId, afterMs],
  );
}

/** A push that this node has taken. */
export interface ClaimedPush {
  id: string;
  deviceId: string;
  channelKey: string;
  tokenSealed: Buffer;
  magicSealed: Buffer;
  /** As PostgreSQL writes it: only compared again. */
  tokenUpdatedAt: string | null;
  /** As PostgreSQL writes it; `leaseEndsMs` is the same by our clock. */
  claimedUntil: string;
  leaseEndsMs: number;
  /** How long the push waited after a failed one: the backoff to be doubled. Null after success. */
  lastDelayMs: number | null;
}

/**
 * Takes at most `limit` pushes of the topic that are due, so that no other node takes them. Meanwhile the row is
 * due again at the end of the lease, so a node that dies loses none; a due time that differs from it was asked
 * for in between. Rows that cannot be pushed lose their due time. `found` counts both.
 */
export async function claimDuePushes(topic: string, limit: number): Promise<{ found: number; pushes: ClaimedPush[] }> {
  const leaseEndsMs = Date.now() + LEASE_MS;
  const { rows } = await database().pool.query<Omit<ClaimedPush, "leaseEndsMs"> & { pushable: boolean }>(
    `WITH due AS (
       SELECT "id", "pushDueAt", (${PUSHABLE} AND ${LEFT_OVER} IS NOT TRUE) AS "pushable" FROM "Enrollment"
       WHERE "topic" = $1 AND "pushDueAt" <= ${BY_NOW} AND ${UNCLAIMED}
       ORDER BY "pushDueAt" LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)
     UPDATE "Enrollment" e SET
       "pushDueAt" = CASE WHEN due."pushable" THEN now() + $3 * interval '1 millisecond' END,
       "pushClaimedUntil" = CASE WHEN due."pushable" THEN now() + $3 * interval '1 millisecond' END
     FROM due WHERE e."id" = due."id"
     RETURNING e."id", e."deviceId", e."channelKey", e."tokenSealed", e."magicSealed",
       replace(e."tokenUpdatedAt"::text, ' ', 'T') AS "tokenUpdatedAt", replace(e."pushClaimedUntil"::text, ' ', 'T') AS "claimedUntil", due."pushable",
       CASE WHEN e."lastPushStatus" IS DISTINCT FROM 200 AND e."lastPushAt" > e."tokenUpdatedAt"
         THEN (EXTRACT(EPOCH FROM due."pushDueAt" - e."lastPushAt") * 1000)::float8 END AS "lastDelayMs"`,
    [topic, limit, LEASE_MS],
  );
  return { found: rows.length, pushes: rows.filter((row) => row.pushable).map((row) => ({ ...row, leaseEndsMs })) };
}

/** Milliseconds until the next push of the topic is due: negative when it is overdue, null when there is none. */
export async function nextPushInMs(topic: string): Promise<number | null> {
  const { rows } = await database().pool.query<{ inMs: number }>(
    `SELECT (EXTRACT(EPOCH FROM "pushDueAt" - clock_timestamp()) * 1000)::float8 AS "inMs" FROM "Enrollment"
     WHERE "topic" = $1 AND "pushDueAt" IS NOT NULL AND ${UNCLAIMED} ORDER BY "pushDueAt" LIMIT 1`,
    [topic],
  );
  return rows[0]?.inMs ?? null;
}

/** Topics with pushes overdue, apart from the known ones. */
export async function overdueTopicsExcept(known: readonly string[]): Promise<string[]> {
  const { rows } = await database().pool.query<{ topic: string }>(
    `SELECT DISTINCT "topic" FROM "Enrollment" WHERE "pushDueAt" <= ${BY_NOW} AND "topic" <> ALL($1) AND ${PUSHABLE} LIMIT 20`,
    [known],
  );
  return rows.map((row) => row.topic);
}

/**
 * Makes due what a node took and never told the end of, where a wish for later stands in place of the lease. The push
 * now serves that wish too: the device is offered all that waits.
 */
export async function takeBackLostPushes(): Promise<number> {
  const { rowCount } = await database().pool.query(
    `UPDATE "Enrollment" SET "pushDueAt" = now(), "pushClaimedUntil" = NULL WHERE "pushClaimedUntil" <= now() AND "pushDueAt" > now() AND ${PUSHABLE}`,
  );
  return rowCount ?? 0;
}

/** Pushes that were refused wait for hours; a new push certificate may be what they waited for. */
export async function hurryRefused(topic: string): Promise<void> {
  await database().pool.query(
    `UPDATE "Enrollment" SET "pushDueAt" = now() WHERE "topic" = $1 AND "pushDueAt" > now() AND ${UNCLAIMED} AND "lastPushStatus" IN (400, 403) AND ${PUSHABLE}`,
    [topic],
  );
}
