import { database } from "@/lib/db/database";
import { STAGE_JOINS, STAGE_SQL } from "@/lib/renewal/renewal-store";

export interface Count {
  labels: Record<string, string>;
  count: number;
}

export interface StoredMetrics {
  devices: Count[];
  commands: Count[];
  /** Pushes that are due now or under way, by topic, and the age of the oldest in seconds. */
  pushesDue: Count[];
  oldestPush: Count[];
  /** Topics whose pushes fail for every device. */
  pushAlarms: Count[];
  /** Enrollments by what APNs said last. */
  pushes: Count[];
  /** Seconds since 1970 at which the push certificates in use expire. */
  pushCertificates: Count[];
  /** Seconds since 1970 at which server tokens for Automated Device Enrollment end. */
  adeTokens: Count[];
  /** Seconds since 1970 at which the devices of an account were last read. */
  adeSyncs: Count[];
  /** 1 for each server that Apple refuses. */
  adeProblems: Count[];
  /** Identity renewals that are under way, by stage. */
  renewals: Count[];
  /** Identity renewals that ended in the last 24 hours. */
  renewalsEnded: Count[];
  /** Identities of managed devices that end within a time, each counted in every longer one as well. */
  identitiesEnding: Count[];
}

const DUE = `"pushDueAt" IS NOT NULL AND ("pushDueAt" <= now() OR "pushClaimedUntil" > now())`;

/** Reads every number, a statement each. */
export async function readStoredMetrics(): Promise<StoredMetrics> {
  const [devices, commands, pushes, pushCertificates, pushesDue, oldestPush, pushAlarms, adeTokens, adeSyncs, adeProblems, renewals, renewalsEnded, identitiesEnding] = await Promise.all([
    counted(`SELECT COALESCE(e."state", 'none') AS "state", d."platform", count(*) AS "count"
             FROM "Device" d LEFT JOIN "Enrollment" e ON e."id" = d."enrollmentId" GROUP BY 1, 2 ORDER BY 1, 2`),
    counted(`SELECT "state", count(*) AS "count" FROM "Command" GROUP BY 1 ORDER BY 1`),
    counted(`SELECT "lastPushStatus" AS "status", COALESCE("lastPushReason", '') AS "reason", count(*) AS "count"
             FROM "Enrollment" WHERE "liveKey" IS NOT NULL AND "lastPushStatus" IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`),
    counted(`SELECT "topic", floor(extract(epoch FROM max("notAfter"))) AS "count"
             FROM "PushCertificate" WHERE "replacedAt" IS NULL GROUP BY 1 ORDER BY 1`),
    counted(`SELECT "topic", count(*) AS "count" FROM "Enrollment" WHERE ${DUE} GROUP BY 1 ORDER BY 1`),
    counted(`SELECT "topic", extract(epoch FROM now() - min("pushDueAt")) AS "count" FROM "Enrollment" WHERE "pushDueAt" <= now() GROUP BY 1 ORDER BY 1`),
    counted(`SELECT substr("key", 12) AS "topic", 1 AS "count" FROM "Setting" WHERE starts_with("key", 'push-alarm:') ORDER BY 1`),
    counted(`SELECT "name" AS "server", floor(extract(epoch FROM min("tokenExpiresAt"))) AS "count" FROM "AdeServer" WHERE "tokenExpiresAt" IS NOT NULL GROUP BY 1 ORDER BY 1`),
    counted(`SELECT "name" AS "server", floor(extract(epoch FROM min("syncedAt"))) AS "count" FROM "AdeServer" WHERE "syncedAt" IS NOT NULL GROUP BY 1 ORDER BY 1`),
    counted(`SELECT "name" AS "server", "problem", count(*) AS "count" FROM "AdeServer" WHERE "problem" IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`),
    counted(`SELECT ${STAGE_SQL} AS "stage", r."stuckAt" IS NOT NULL AS "stuck", count(*) AS "count"
             FROM "IdentityRenewal" r JOIN "Enrollment" e ON e."id" = r."enrollmentId" ${STAGE_JOINS} WHERE r."endedAt" IS NULL GROUP BY 1, 2 ORDER BY 1, 2`),
    counted(`SELECT "outcome", "cause", count(*) AS "count" FROM "IdentityRenewal" WHERE "endedAt" > now() - interval '24 hours' GROUP BY 1, 2 ORDER BY 1, 2`),
    counted(`SELECT w."within", count(i."notAfter") AS "count" FROM (VALUES ('0d', interval '0'), ('7d', interval '7 days'), ('30d', interval '30 days'), ('60d', interval '60 days')) w("within", "time")
             LEFT JOIN (SELECT i."notAfter" FROM "Identity" i JOIN "Enrollment" e ON e."id" = i."enrollmentId" AND e."identityFingerprint" = i."fingerprint" AND e."channel" = 'device' AND e."endedAt" IS NULL
               WHERE i."notAfter" < now() + interval '60 days') i ON i."notAfter" < now() + w."time" GROUP BY w."within", w."time" ORDER BY w."time"`),
  ]);
  return { devices, commands, pushes, pushCertificates, pushesDue, oldestPush, pushAlarms, adeTokens, adeSyncs, adeProblems, renewals, renewalsEnded, identitiesEnding };
}

async function counted(sql: string): Promise<Count[]> {
  const { rows } = await database().pool.query<Record<string, string | number>>(sql);
  return rows.map(({ count, ...labels }) => ({
    labels: Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)])),
    count: Number(count),
  }));
}
