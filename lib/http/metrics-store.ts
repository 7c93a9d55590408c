import { database } from "@/lib/db/database";

export interface Count {
  labels: Record<string, string>;
  count: number;
}

export interface StoredMetrics {
  devices: Count[];
  commands: Count[];
  /** Enrollments by what APNs said last. */
  pushes: Count[];
  /** Seconds since 1970 at which the push certificates in use expire. */
  pushCertificates: Count[];
}

/** Reads every number in four statements. */
export async function readStoredMetrics(): Promise<StoredMetrics> {
  const [devices, commands, pushes, pushCertificates] = await Promise.all([
    counted(`SELECT COALESCE(e."state", 'none') AS "state", d."platform", count(*) AS "count"
             FROM "Device" d LEFT JOIN "Enrollment" e ON e."id" = d."enrollmentId" GROUP BY 1, 2 ORDER BY 1, 2`),
    counted(`SELECT "state", count(*) AS "count" FROM "Command" GROUP BY 1 ORDER BY 1`),
    counted(`SELECT "lastPushStatus" AS "status", COALESCE("lastPushReason", '') AS "reason", count(*) AS "count"
             FROM "Enrollment" WHERE "liveKey" IS NOT NULL AND "lastPushStatus" IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`),
    counted(`SELECT "topic", floor(extract(epoch FROM max("notAfter"))) AS "count"
             FROM "PushCertificate" WHERE "replacedAt" IS NULL GROUP BY 1 ORDER BY 1`),
  ]);
  return { devices, commands, pushes, pushCertificates };
}

async function counted(sql: string): Promise<Count[]> {
  const { rows } = await database().pool.query<Record<string, string | number>>(sql);
  return rows.map(({ count, ...labels }) => ({
    labels: Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)])),
    count: Number(count),
  }));
}
