import type { Executor } from "@/lib/db/database";
import type { Platform } from "@/lib/contracts/words";

/** What eligibility is judged by, as the database has it. */
export interface EligibilityRow {
  enrollmentId: string;
  channel: "device" | "user";
  awaitingConfiguration: boolean;
  platform: Platform;
  osVersion: string | null;
  supervised: boolean | null;
  hasUdid: boolean;
  enrolledViaDep: string | null;
  isUserEnrollment: string | null;
  isMultiUser: string | null;
  accessRights: number;
  secrets: string[];
  factsVersion: number;
}

/** Of an enrollment whose link is gone (Apple, "MDM" payload, AccessRights). */
const ALL_RIGHTS = 8191;

const FACTS = `e."id" AS "enrollmentId", e."channel", COALESCE(p."awaitingConfiguration", e."awaitingConfiguration") AS "awaitingConfiguration",
  d."platform", d."osVersion", d."supervised", d."udid" IS NOT NULL AS "hasUdid", d."factsVersion",
  s."value" #>> '{ManagementStatus,EnrolledViaDEP}' AS "enrolledViaDep", s."value" #>> '{ManagementStatus,IsUserEnrollment}' AS "isUserEnrollment",
  i."value" ->> 'IsMultiUser' AS "isMultiUser", COALESCE(l."accessRights", ${ALL_RIGHTS}) AS "accessRights",
  ARRAY(SELECT DISTINCT x."kind" FROM "EscrowedSecret" x WHERE x."enrollmentId" = e."id" AND x."source" = '') AS "secrets"`;
const OF_ENROLLMENT = `JOIN "Device" d ON d."id" = e."deviceId" LEFT JOIN "Enrollment" p ON p."id" = e."parentId"
  LEFT JOIN "EnrollmentLink" l ON l."id" = COALESCE(p."linkId", e."linkId")
  LEFT JOIN "InventoryFact" s ON s."deviceId" = d."id" AND s."kind" = 'SecurityInfo'
  LEFT JOIN "InventoryFact" i ON i."deviceId" = d."id" AND i."kind" = 'DeviceInformation'`;

/** The facts of many enrollments by one statement. */
export async function readEligibilityRows(executor: Executor, enrollmentIds: readonly string[]): Promise<EligibilityRow[]> {
  const { rows } = await executor.query<EligibilityRow>(`SELECT ${FACTS} FROM "Enrollment" e ${OF_ENROLLMENT} WHERE e."id" = ANY($1::uuid[])`, [enrollmentIds]);
  return rows;
}

/** The command was found to fit its device as it is known at this version. */
export async function markJudged(executor: Executor, id: string, factsVersion: number): Promise<void> {
  await executor.query(`UPDATE "Command" SET "judgedVersion" = $2 WHERE "id" = $1`, [id, factsVersion]);
}

/** Takes out a command that no device has seen in its present turn. Answers whether it was still there. */
export async function withdrawCommand(tx: Executor, id: string, cause: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE "Command" SET "state" = 'cancelled', "queueRank" = NULL, "endedAt" = now(), "cause" = $2
     WHERE "id" = $1 AND "queueRank" IS NOT NULL AND "state" <> 'delivered'`,
    [id, cause],
  );
  return rowCount === 1;
}
