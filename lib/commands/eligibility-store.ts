import type { Executor } from "@/lib/db/database";
import type { Platform } from "@/lib/contracts/words";
import type { CommandState } from "@/lib/contracts/words";

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
  secrets: string[];
}

const FACTS = `e."id" AS "enrollmentId", e."channel", COALESCE(p."awaitingConfiguration", e."awaitingConfiguration") AS "awaitingConfiguration",
  d."platform", d."osVersion", d."supervised", d."udid" IS NOT NULL AS "hasUdid",
  s."value" #>> '{ManagementStatus,EnrolledViaDEP}' AS "enrolledViaDep", s."value" #>> '{ManagementStatus,IsUserEnrollment}' AS "isUserEnrollment",
  i."value" ->> 'IsMultiUser' AS "isMultiUser",
  ARRAY(SELECT DISTINCT x."kind" FROM "EscrowedSecret" x WHERE x."enrollmentId" = e."id" AND x."source" = '') AS "secrets"`;
const OF_ENROLLMENT = `JOIN "Device" d ON d."id" = e."deviceId" LEFT JOIN "Enrollment" p ON p."id" = e."parentId"
  LEFT JOIN "InventoryFact" s ON s."deviceId" = d."id" AND s."kind" = 'SecurityInfo'
  LEFT JOIN "InventoryFact" i ON i."deviceId" = d."id" AND i."kind" = 'DeviceInformation'`;

/** The facts of many enrollments by one statement. */
export async function readEligibilityRows(executor: Executor, enrollmentIds: readonly string[]): Promise<EligibilityRow[]> {
  const { rows } = await executor.query<EligibilityRow>(`SELECT ${FACTS} FROM "Enrollment" e ${OF_ENROLLMENT} WHERE e."id" = ANY($1::uuid[])`, [enrollmentIds]);
  return rows;
}

export interface UpcomingCommandRow extends EligibilityRow {
  id: string;
  requestType: string;
  requestSealed: Buffer;
  state: CommandState;
  overridden: boolean;
}

/** The command that offerNextCommand would give out, left as it is; null when there is none. */
export async function peekNextCommand(executor: Executor, enrollmentId: string, neverDeferredOnly: boolean): Promise<UpcomingCommandRow | null> {
  const { rows } = await executor.query<UpcomingCommandRow>(
    `SELECT c."id", c."requestType", c."requestSealed", c."state", c."overridden", ${FACTS}
     FROM "Command" c JOIN "Enrollment" e ON e."id" = c."enrollmentId" ${OF_ENROLLMENT}
     WHERE c."enrollmentId" = $1 AND c."queueRank" IS NOT NULL AND (NOT $2::bool OR (c."neverDeferred" AND c."state" <> 'deferred'))
       AND (c."notBefore" IS NULL OR c."notBefore" <= now()) AND (c."expiresAt" IS NULL OR c."expiresAt" > now())
     ORDER BY c."queueRank", c."sequence" LIMIT 1`,
    [enrollmentId, neverDeferredOnly],
  );
  return rows[0] ?? null;
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
