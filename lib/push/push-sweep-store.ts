import type { PushReason } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";
import { PUSHABLE } from "./push-store";

/** Hours from one sweep of a silent device to the next. */
const INTERVAL_HOURS = [1, 6, 24, 72, 168];
/** Each enrollment has its own share of a tenth more or less, so that devices that fell silent together do not come together. */
const JITTER = `(0.9 + 0.2 * (abs(hashtext(e."id"::text) % 1000) / 1000.0))`;
const INTERVAL = `(ARRAY[${INTERVAL_HOURS.join(", ")}])[LEAST(e."pushSweeps" + 1, ${INTERVAL_HOURS.length})] * interval '1 hour' * ${JITTER}`;

/** Pushed and not heard of since, or in possession of a command that it has not answered: the connection may have broken. */
const OWES = `(e."pushesUnanswered" > 0 OR EXISTS (SELECT 1 FROM "Command" c
  WHERE c."enrollmentId" = e."id" AND c."queueRank" IS NOT NULL AND c."state" IN ('delivered', 'deferred')))`;

/** When the sweep comes to an enrollment `e`, given that it owes an answer and no push is due earlier. */
const SWEPT_AT = `(COALESCE(GREATEST(e."lastPushAt", e."lastSeenAt"), e."enrolledAt") + ${INTERVAL})`;

const FAILED = `(e."lastPushStatus" IS DISTINCT FROM 200 AND e."lastPushAt" > e."tokenUpdatedAt")`;

/** The next push of an enrollment and why it is planned; null when there is none. */
export async function nextPush(enrollmentId: string): Promise<{ at: Date; reason: PushReason } | null> {
  const { rows } = await database().pool.query<{ at: Date | null; reason: PushReason }>(
    `SELECT CASE WHEN e."pushDueAt" IS NOT NULL THEN e."pushDueAt" WHEN ${OWES} THEN ${SWEPT_AT} END AS "at",
       CASE WHEN e."pushDueAt" IS NULL THEN 'sweep' WHEN ${FAILED} THEN 'repeated' WHEN e."pushSweeps" > 0 THEN 'sweep' ELSE 'asked' END AS "reason"
     FROM "Enrollment" e WHERE e."id" = $1 AND ${PUSHABLE}`,
    [enrollmentId],
  );
  const [row] = rows;
  return row === undefined || row.at === null ? null : { at: row.at, reason: row.reason };
}

/**
 * Makes a push due to at most `limit` enrollments that owe an answer and have been silent long enough, each time longer.
 * Nodes that sweep together take different ones. Answers how many.
 */
export async function sweepSilent(limit: number): Promise<number> {
  const { rowCount } = await database().pool.query(
    `WITH silent AS (
       SELECT e."id" FROM "Enrollment" e
       WHERE e."pushDueAt" IS NULL AND ${PUSHABLE} AND ${SWEPT_AT} <= now() AND ${OWES}
       LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED)
     UPDATE "Enrollment" e SET "pushDueAt" = now(), "pushSweeps" = e."pushSweeps" + 1 FROM silent WHERE e."id" = silent."id"`,
    [limit],
  );
  return rowCount ?? 0;
}
