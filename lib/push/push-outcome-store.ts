import { arrayLiteral } from "@/lib/db/array-literal";
import type { Executor } from "@/lib/db/database";
import { PUSH_GAP_MS, type ClaimedPush } from "./push-store";

/** What came of a claimed push. */
export interface PushResult {
  push: ClaimedPush;
  sentAt: Date;
  status: number | null;
  reason: string | null;
  apnsId: string;
  accepted: boolean;
  /** APNs answered 410; `deadSince` is its timestamp. */
  tokenDead: boolean;
  deadSince: Date | null;
  /** When to push again; null when this push is done with. */
  retryAt: Date | null;
}

const SEARCH_AGAIN = `interval '1 hour'`;
const AFTER_GAP = `a."sentAt" + interval '${PUSH_GAP_MS} milliseconds'`;
const TOKEN_CHANGED = `e."tokenUpdatedAt" IS DISTINCT FROM a."tokenUpdatedAt"`;
/**
 * A timestamp before our token says that APNs speaks of an older registration (Apple, *Handling notification
 * responses from APNs*). Clocks differ, so a second 410 in a row is believed.
 */
const TOKEN_DEAD = `(a."tokenDead" AND NOT (${TOKEN_CHANGED}) AND (a."deadSince" IS NULL OR a."deadSince" >= e."tokenUpdatedAt"
  OR (e."lastPushStatus" = 410 AND e."lastPushAt" > e."tokenUpdatedAt")))`;
/** Somebody asked for a push while this one was under way; it may have been too early for what they queued. */
const ASKED_MEANWHILE = `CASE WHEN e."pushDueAt" <> e."pushClaimedUntil" THEN GREATEST(e."pushDueAt", ${AFTER_GAP}) END`;
/** Right after enrollment APNs may not know the device yet, so pushes go on at +30 s and +5 min until it connects. */
const AFTER_ENROLLMENT = `CASE WHEN e."firstConnectAt" IS NULL AND a."sentAt" < e."enrolledAt" + interval '30 seconds'
    THEN GREATEST(e."enrolledAt" + interval '30 seconds', ${AFTER_GAP})
  WHEN e."firstConnectAt" IS NULL AND a."sentAt" < e."enrolledAt" + interval '5 minutes'
    THEN GREATEST(e."enrolledAt" + interval '5 minutes', ${AFTER_GAP}) END`;

/**
 * Writes what came of the pushes and when each is due next. A token, a state or a due time that changed while the
 * push was under way wins over its outcome; a push whose lease ran out belongs to whoever took it then.
 */
export async function savePushResults(executor: Executor, results: readonly PushResult[]): Promise<void> {
  await executor.query(
    `WITH a AS (
       SELECT a.* FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::int[], $6::text[], $7::text[],
         $8::boolean[], $9::boolean[], $10::timestamptz[], $11::timestamptz[])
       AS a("id", "claimedUntil", "tokenUpdatedAt", "sentAt", "status", "reason", "apnsId", "accepted", "tokenDead", "deadSince", "retryAt")
       JOIN "Enrollment" locked USING ("id") ORDER BY "id" FOR NO KEY UPDATE OF locked)
     UPDATE "Enrollment" e SET
       "lastPushAt" = a."sentAt", "lastPushStatus" = a."status", "lastPushReason" = a."reason", "lastPushId" = a."apnsId",
       "pushClaimedUntil" = NULL,
       "pushesUnanswered" = CASE WHEN NOT a."accepted" THEN e."pushesUnanswered" WHEN e."lastSeenAt" >= a."sentAt" THEN 0
         ELSE e."pushesUnanswered" + 1 END,
       "pushSweeps" = CASE WHEN e."lastSeenAt" >= a."sentAt" THEN 0 ELSE e."pushSweeps" END,
       "tokenDeadAt" = CASE WHEN ${TOKEN_DEAD} THEN now() ELSE e."tokenDeadAt" END,
       "pushDueAt" = CASE
         WHEN e."state" = 'ended' OR ${TOKEN_DEAD} THEN NULL
         WHEN ${TOKEN_CHANGED} THEN ${AFTER_GAP}
         WHEN a."tokenDead" THEN a."sentAt" + ${SEARCH_AGAIN}
         WHEN a."retryAt" IS NOT NULL THEN a."retryAt"
         ELSE LEAST(${ASKED_MEANWHILE}, ${AFTER_ENROLLMENT}) END
     FROM a WHERE e."id" = a."id" AND e."pushClaimedUntil" = a."claimedUntil"`,
    [
      arrayLiteral(results.map(({ push }) => push.id)),
      arrayLiteral(results.map(({ push }) => push.claimedUntil)),
      arrayLiteral(results.map(({ push }) => push.tokenUpdatedAt)),
      arrayLiteral(results.map(({ sentAt }) => sentAt)),
      arrayLiteral(results.map(({ status }) => status)),
      results.map(({ reason }) => reason), // a word of APNs may hold anything
      arrayLiteral(results.map(({ apnsId }) => apnsId)),
      arrayLiteral(results.map(({ accepted }) => accepted)),
      arrayLiteral(results.map(({ tokenDead }) => tokenDead)),
      arrayLiteral(results.map(({ deadSince }) => deadSince)),
      arrayLiteral(results.map(({ retryAt }) => retryAt)),
    ],
  );
}
