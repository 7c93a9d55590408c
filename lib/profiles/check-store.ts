import type { Executor } from "@/lib/db/database";
import { BY_NOW } from "@/lib/db/due";

const DUE_NOW = `ON CONFLICT ("enrollmentId") DO UPDATE SET "dueAt" = now()`;
const LIVE = `e."endedAt" IS NULL AND e."channel" = 'device'`;

/** One enrollment, if anything is assigned to its device or has been installed there. */
export async function markEnrollmentDue(tx: Executor, enrollmentId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO "ProfileCheck" ("enrollmentId","dueAt")
     SELECT e."id", now() FROM "Enrollment" e WHERE e."id" = $1 AND ${LIVE} AND (
       EXISTS (SELECT 1 FROM "GroupMember" m JOIN "ProfileAssignment" a ON a."groupId" = m."groupId" WHERE m."deviceId" = e."deviceId")
       OR EXISTS (SELECT 1 FROM "DeviceProfile" s WHERE s."enrollmentId" = e."id")) ${DUE_NOW}`,
    [enrollmentId],
  );
  return (rowCount ?? 0) > 0;
}

/** An enrollment that is watched already. Answers whether it is. */
export async function markWatchedDue(tx: Executor, enrollmentId: string): Promise<boolean> {
  const { rowCount } = await tx.query(`UPDATE "ProfileCheck" SET "dueAt" = now() WHERE "enrollmentId" = $1`, [enrollmentId]);
  return (rowCount ?? 0) > 0;
}

/** All that have these profiles or should have them. */
export async function markHoldersDue(tx: Executor, profileIds: readonly string[]): Promise<void> {
  await tx.query(
    `INSERT INTO "ProfileCheck" ("enrollmentId","dueAt")
     SELECT e."id", now() FROM "Enrollment" e WHERE ${LIVE} AND (
       EXISTS (SELECT 1 FROM "GroupMember" m JOIN "ProfileAssignment" a ON a."groupId" = m."groupId" WHERE m."deviceId" = e."deviceId" AND a."profileId" = ANY($1::uuid[]))
       OR EXISTS (SELECT 1 FROM "DeviceProfile" s WHERE s."enrollmentId" = e."id" AND s."profileId" = ANY($1::uuid[])))
     ORDER BY e."id" ${DUE_NOW}`,
    [profileIds],
  );
}

/** These devices of a group, or all of it for null, if anything is assigned to it. */
export async function markMembersDue(tx: Executor, groupId: string, deviceIds: readonly string[] | null): Promise<void> {
  await tx.query(
    `INSERT INTO "ProfileCheck" ("enrollmentId","dueAt")
     SELECT e."id", now() FROM "Enrollment" e
     WHERE ${LIVE} AND EXISTS (SELECT 1 FROM "ProfileAssignment" a WHERE a."groupId" = $1)
       AND e."deviceId" IN (SELECT w."id" FROM unnest($2::uuid[]) AS w("id") UNION ALL SELECT m."deviceId" FROM "GroupMember" m WHERE m."groupId" = $1 AND $2::uuid[] IS NULL)
     ORDER BY e."id" ${DUE_NOW}`,
    [groupId, deviceIds],
  );
}

/** Commands end without an answer too: cancelled, out of time, taken out. */
export async function markEndedCommandsDue(executor: Executor): Promise<void> {
  await executor.query(
    `UPDATE "ProfileCheck" k SET "dueAt" = now() FROM "DeviceProfile" s LEFT JOIN "Command" c ON c."id" = s."commandId"
     WHERE k."enrollmentId" = s."enrollmentId" AND s."state" IN ('installing','removing') AND s."retryAt" IS NULL AND c."queueRank" IS NULL
       AND (k."dueAt" IS NULL OR k."dueAt" > now() + interval '5 minutes')`,
    [],
  );
}

export interface ClaimedCheck {
  enrollmentId: string;
  /** Until then no other node takes it; still there at the end, nothing new has come meanwhile. */
  lease: Date;
  listAskedAt: Date | null;
}

/** Takes what is due away from other nodes for five minutes. */
export async function claimChecks(executor: Executor, limit: number): Promise<ClaimedCheck[]> {
  const { rows } = await executor.query<ClaimedCheck>(
    `WITH "due" AS (SELECT "enrollmentId" FROM "ProfileCheck" WHERE "dueAt" <= ${BY_NOW} ORDER BY "dueAt", "enrollmentId" LIMIT $1 FOR UPDATE SKIP LOCKED)
     UPDATE "ProfileCheck" c SET "dueAt" = now() + interval '5 minutes' FROM "due" d WHERE c."enrollmentId" = d."enrollmentId"
     RETURNING c."enrollmentId", c."dueAt" AS "lease", c."listAskedAt"`,
    [limit],
  );
  return rows;
}

export interface FinishedCheck extends ClaimedCheck {
  /** When to look again by ourselves; null: when something happens. */
  nextAt: Date | null;
}

/** Says when each is looked at next, unless something has happened meanwhile. Call it last: reports of devices wait for nothing else. */
export async function finishChecks(tx: Executor, checks: readonly FinishedCheck[]): Promise<void> {
  if (checks.length === 0) return;
  const sorted = checks.toSorted((a, b) => (a.enrollmentId < b.enrollmentId ? -1 : 1));
  await tx.query(
    `UPDATE "ProfileCheck" c SET "dueAt" = CASE WHEN c."dueAt" = w."lease" THEN w."nextAt" ELSE c."dueAt" END, "listAskedAt" = w."askedAt"
     FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[]) AS w("id","lease","nextAt","askedAt") WHERE c."enrollmentId" = w."id"`,
    [sorted.map((check) => check.enrollmentId), sorted.map((check) => check.lease), sorted.map((check) => check.nextAt), sorted.map((check) => check.listAskedAt)],
  );
}

/** Lives that are over have nothing to be held against any more. */
export async function forgetEnded(tx: Executor, enrollmentIds: readonly string[]): Promise<void> {
  if (enrollmentIds.length === 0) return;
  await tx.query(`DELETE FROM "DeviceProfile" WHERE "enrollmentId" = ANY($1::uuid[])`, [enrollmentIds]);
  await tx.query(`DELETE FROM "ProfileCheck" WHERE "enrollmentId" = ANY($1::uuid[])`, [enrollmentIds]);
}
