import { database } from "@/lib/db/database";

export interface DevicePushRow {
  simulated: boolean;
  enrollmentId: string | null;
  state: string | null;
  topic: string | null;
  profileTopic: string | null;
  hasToken: boolean;
  tokenUpdatedAt: Date | null;
  tokenDeadAt: Date | null;
  enrolledAt: Date | null;
  lastSeenAt: Date | null;
  firstConnectAt: Date | null;
  lastPushAt: Date | null;
  lastPushStatus: number | null;
  lastPushReason: string | null;
  pushesUnanswered: number;
  openCommands: number;
  /** Delivered or refused for the time being, and not answered. */
  heldCommands: number;
}

/** How the newest life of a device stands; null when there is no such device. */
export async function readDevicePushRow(deviceId: string): Promise<DevicePushRow | null> {
  const { rows } = await database().pool.query<DevicePushRow>(
    `SELECT d."simulated", e."id" AS "enrollmentId", e."state", e."topic", i."topic" AS "profileTopic", e."tokenSealed" IS NOT NULL AS "hasToken",
       e."tokenUpdatedAt", e."tokenDeadAt", e."enrolledAt", e."lastSeenAt", e."firstConnectAt", e."lastPushAt", e."lastPushStatus", e."lastPushReason",
       COALESCE(e."pushesUnanswered", 0) AS "pushesUnanswered", COALESCE(c."open", 0) AS "openCommands", COALESCE(c."held", 0) AS "heldCommands"
     FROM "Device" d
     LEFT JOIN "Enrollment" e ON e."id" = d."enrollmentId"
     LEFT JOIN "Identity" i ON i."fingerprint" = e."identityFingerprint"
     LEFT JOIN LATERAL (SELECT count(*)::int AS "open", (count(*) FILTER (WHERE "state" IN ('delivered', 'deferred')))::int AS "held"
       FROM "Command" WHERE "enrollmentId" = e."id" AND "queueRank" IS NOT NULL) c ON true
     WHERE d."id" = $1`,
    [deviceId],
  );
  return rows[0] ?? null;
}

export interface PushAttemptRow {
  at: Date;
  status: number | null;
  reason: string | null;
  apnsId: string | null;
}

/** The last pushes of one life, newest first. */
export async function listPushAttempts(deviceId: string, enrollmentId: string, limit: number): Promise<PushAttemptRow[]> {
  const { rows } = await database().pool.query<PushAttemptRow>(
    `SELECT "at", ("data"->>'status')::int AS "status", "data"->>'reason' AS "reason", "data"->>'apnsId' AS "apnsId" FROM "Event"
     WHERE "deviceId" = $1 AND "enrollmentId" = $2 AND "kind" IN ('push.sent', 'push.failed') ORDER BY "id" DESC LIMIT $3`,
    [deviceId, enrollmentId, limit],
  );
  return rows;
}
