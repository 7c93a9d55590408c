import type { Executor } from "@/lib/db/database";
import type { WaitingEnrollment } from "./release";

/**
 * Takes enrollments whose Setup Assistant still waits `minutes` after it said so and after our last release ended;
 * locked, so that another node leaves them alone. One that was released `most` times gets no more.
 */
export async function takeWaiting(tx: Executor, minutes: number, most: number, limit: number): Promise<WaitingEnrollment[]> {
  const { rows } = await tx.query<WaitingEnrollment>(
    `SELECT e."id", e."deviceId", e."channel" FROM "Enrollment" e
     WHERE e."awaitingConfiguration" AND e."state" = 'enrolled' AND e."tokenUpdatedAt" < now() - $1 * interval '1 minute'
       AND (e."lastPushAt" IS NULL OR e."lastPushAt" < now() - $1 * interval '1 minute')
       AND (SELECT count(*) < $2 AND (max(COALESCE(c."endedAt", c."queuedAt")) < now() - $1 * interval '1 minute') IS NOT FALSE
            FROM "Command" c WHERE c."enrollmentId" = e."id" AND c."requestType" IN ('DeviceConfigured','UserConfigured'))
     ORDER BY e."tokenUpdatedAt" LIMIT $3 FOR UPDATE OF e SKIP LOCKED`,
    [minutes, most, limit],
  );
  return rows;
}
