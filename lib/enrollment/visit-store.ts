import type { LinkFunnel } from "@/lib/contracts/enrollment-links";
import { database } from "@/lib/db/database";

export interface VisitRow {
  downloaded: boolean;
  certified: boolean;
  /** Of the newest life that began with a profile of this page; null before Authenticate. */
  state: string | null;
}

/** What came of the profiles downloaded from one page of a link. */
export async function readVisit(linkId: string, visitHash: string): Promise<VisitRow> {
  const { rows } = await database().pool.query<VisitRow>(
    `SELECT EXISTS (SELECT 1 FROM "ScepChallenge" c WHERE c."visitHash" = $2 AND c."linkId" = $1)
         OR EXISTS (SELECT 1 FROM "OtaSession" o WHERE o."visitHash" = $2 AND o."linkId" = $1) AS "downloaded",
       EXISTS (SELECT 1 FROM "ScepChallenge" c JOIN "Identity" i ON i."challengeId" = c."id" WHERE c."visitHash" = $2 AND c."linkId" = $1) AS "certified",
       (SELECT e."state" FROM "ScepChallenge" c JOIN "Identity" i ON i."challengeId" = c."id" JOIN "Enrollment" e ON e."id" = i."enrollmentId"
        WHERE c."visitHash" = $2 AND c."linkId" = $1 ORDER BY e."authenticatedAt" DESC LIMIT 1) AS "state"`,
    [linkId, visitHash],
  );
  return rows[0] ?? { downloaded: false, certified: false, state: null };
}

export async function countOpening(linkId: string): Promise<void> {
  await database().pool.query(`UPDATE "EnrollmentLink" SET "openings" = "openings" + 1 WHERE "id" = $1`, [linkId]);
}

/** How far people got by this link. Renewals are none of it. */
export async function readFunnel(linkId: string): Promise<LinkFunnel> {
  const { rows } = await database().pool.query<LinkFunnel>(
    `SELECT l."openings" AS "opened",
       (SELECT count(*)::int FROM "Event" v WHERE v."linkId" = l."id" AND v."kind" = 'profile.downloaded') AS "downloaded",
       l."uses" AS "certified",
       (SELECT count(*)::int FROM "Enrollment" e WHERE e."linkId" = l."id" AND e."channel" = 'device' AND e."enrolledAt" IS NOT NULL) AS "enrolled"
     FROM "EnrollmentLink" l WHERE l."id" = $1`,
    [linkId],
  );
  return rows[0] ?? { opened: 0, downloaded: 0, certified: 0, enrolled: 0 };
}
