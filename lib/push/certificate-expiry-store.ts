import type { Executor } from "@/lib/db/database";

export interface WatchedCertificate {
  id: string;
  topic: string;
  notAfter: Date;
  appleAccount: string | null;
  /** The threshold of the last warning. */
  warnedDays: number | null;
  /** Live device enrollments of its topic. */
  enrollments: number;
}

/** Certificates in use that end within so many days. */
export async function findEndingCertificates(tx: Executor, withinDays: number): Promise<WatchedCertificate[]> {
  const { rows } = await tx.query<WatchedCertificate>(
    `SELECT "id", "topic", "notAfter", "appleAccount", "warnedDays",
       (SELECT count(*)::int FROM "Enrollment" e WHERE e."topic" = c."topic" AND e."state" <> 'ended' AND e."channel" = 'device') AS "enrollments"
     FROM "PushCertificate" c WHERE "replacedAt" IS NULL AND "notAfter" < now() + $1 * interval '1 day' ORDER BY "notAfter"`,
    [withinDays],
  );
  return rows;
}

export async function writeWarned(tx: Executor, id: string, threshold: number): Promise<void> {
  await tx.query(`UPDATE "PushCertificate" SET "warnedDays" = $2 WHERE "id" = $1`, [id, threshold]);
}
