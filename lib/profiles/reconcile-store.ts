import type { Platform } from "@/lib/contracts/words";
import type { Executor } from "@/lib/db/database";
import type { VariableValues } from "@/lib/protocol/library/variables";
import type { CommandFact, Standing } from "./next-step";

export interface LockedEnrollment {
  enrollmentId: string;
  deviceId: string;
  state: string;
  ended: boolean;
  /** It has just enrolled: the pushes that follow upon that are on their way. */
  fresh: boolean;
  platform: Platform;
  values: VariableValues;
}

const VALUES = `jsonb_build_object('SERIAL_NUMBER', NULLIF(d."serialNumber", ''), 'UDID', d."udid", 'DEVICE_NAME', NULLIF(d."name", ''), 'MODEL_NAME', COALESCE(d."modelName", d."model"),
  'PRODUCT_NAME', d."productName", 'OS_VERSION', d."osVersion", 'OWNER', e."owner", 'DEVICE_ID', d."id") AS "values"`;

/** Those that nobody else is at, held until the transaction ends. */
export async function lockEnrollments(tx: Executor, ids: readonly string[]): Promise<LockedEnrollment[]> {
  const { rows } = await tx.query<LockedEnrollment>(
    `SELECT e."id" AS "enrollmentId", e."deviceId", e."state", e."endedAt" IS NOT NULL AS "ended", d."platform",
       e."firstConnectAt" IS NULL AND e."enrolledAt" > now() - interval '10 seconds' AS "fresh", ${VALUES}
     FROM "Enrollment" e JOIN "Device" d ON d."id" = e."deviceId" WHERE e."id" = ANY($1::uuid[]) ORDER BY e."id" FOR NO KEY UPDATE OF e SKIP LOCKED`,
    [ids],
  );
  return rows;
}

/** The values for the variables of a device as it is enrolled now; null when there is no such device. */
export async function readValues(executor: Executor, deviceId: string): Promise<VariableValues | null> {
  const { rows } = await executor.query<{ values: VariableValues }>(
    `SELECT ${VALUES} FROM "Device" d LEFT JOIN "Enrollment" e ON e."id" = d."enrollmentId" WHERE d."id" = $1`,
    [deviceId],
  );
  return rows[0]?.values ?? null;
}

export interface AssignedVersion {
  enrollmentId: string;
  profileId: string;
  identifier: string;
  name: string;
  versionId: string;
  variables: string[];
}

/** What the groups of each device assign to it. */
export async function assignedVersions(tx: Executor, enrollmentIds: readonly string[]): Promise<AssignedVersion[]> {
  const { rows } = await tx.query<AssignedVersion>(
    `SELECT DISTINCT e."id" AS "enrollmentId", p."id" AS "profileId", p."identifier", p."name", v."id" AS "versionId", v."variables"
     FROM "Enrollment" e JOIN "GroupMember" m ON m."deviceId" = e."deviceId" JOIN "ProfileAssignment" a ON a."groupId" = m."groupId"
     JOIN "Profile" p ON p."id" = a."profileId" JOIN "ProfileVersion" v ON v."profileId" = p."id" AND v."number" = p."version" WHERE e."id" = ANY($1::uuid[])`,
    [enrollmentIds],
  );
  return rows;
}

export type StandingRow = Standing & { enrollmentId: string };

export async function readStandings(tx: Executor, enrollmentIds: readonly string[]): Promise<StandingRow[]> {
  const { rows } = await tx.query<StandingRow>(`SELECT * FROM "DeviceProfile" WHERE "enrollmentId" = ANY($1::uuid[])`, [enrollmentIds]);
  return rows;
}

export async function readCommandFacts(tx: Executor, ids: readonly string[]): Promise<Map<string, CommandFact>> {
  const { rows } = await tx.query<CommandFact & { id: string }>(
    `SELECT "id", "state", "queueRank" IS NOT NULL AS "open", "errorChain", "cause", "endedAt" FROM "Command" WHERE "id" = ANY($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Takes back commands that no device has seen; what a device is just being given or answering is left. Answers which. */
export async function withdrawCommands(tx: Executor, ids: readonly string[], cause: string): Promise<{ id: string; enrollmentId: string; requestType: string }[]> {
  if (ids.length === 0) return [];
  const { rows } = await tx.query<{ id: string; enrollmentId: string; requestType: string }>(
    `WITH "waiting" AS (SELECT "id" FROM "Command" WHERE "id" = ANY($1::uuid[]) AND "queueRank" IS NOT NULL AND "state" <> 'delivered' FOR UPDATE SKIP LOCKED)
     UPDATE "Command" c SET "state" = 'cancelled', "queueRank" = NULL, "endedAt" = now(), "cause" = $2 FROM "waiting" w WHERE c."id" = w."id"
     RETURNING c."id", c."enrollmentId", c."requestType"`,
    [ids, cause],
  );
  return rows;
}

/** The newest whole list of profiles of each device: when it came, and the PayloadUUID of every PayloadIdentifier. */
export async function readSightings(tx: Executor, enrollmentIds: readonly string[]): Promise<Map<string, { at: Date; uuids: Map<string, string> }>> {
  const { rows } = await tx.query<{ enrollmentId: string; at: Date; uuids: Record<string, string> | null }>(
    `SELECT e."id" AS "enrollmentId", f."learnedAt" AS "at",
       (SELECT jsonb_object_agg(p->>'PayloadIdentifier', COALESCE(p->>'PayloadUUID', '')) FROM jsonb_array_elements(f."value") AS p WHERE p->>'PayloadIdentifier' IS NOT NULL) AS "uuids"
     FROM "Enrollment" e JOIN "InventoryFact" f ON f."deviceId" = e."deviceId" AND f."kind" = 'ProfileList' AND jsonb_typeof(f."value") = 'array'
     WHERE e."id" = ANY($1::uuid[]) AND f."learnedAt" > e."authenticatedAt"`,
    [enrollmentIds],
  );
  return new Map(rows.map(({ enrollmentId, at, uuids }) => [enrollmentId, { at, uuids: new Map(Object.entries(uuids ?? {})) }]));
}

/** Enrollments that are asked for their list already. */
export async function askedForList(tx: Executor, enrollmentIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ enrollmentId: string }>(
    `SELECT DISTINCT "enrollmentId" FROM "Command" WHERE "enrollmentId" = ANY($1::uuid[]) AND "requestType" = 'ProfileList' AND "queueRank" IS NOT NULL`,
    [enrollmentIds],
  );
  return new Set(rows.map(({ enrollmentId }) => enrollmentId));
}

const COLUMNS = `"profileId" uuid, "state" text, "versionId" uuid, "valuesHash" text, "commandId" uuid, "sentVersionId" uuid, "sentHash" text, "failures" int, "retryAt" timestamptz,
  "errorChain" jsonb, "reason" text, "missing" text[], "settledAt" timestamptz, "installedAt" timestamptz, "seenAt" timestamptz, "driftedAt" timestamptz, "driftUuid" text,
  "repairs" int, "repairsSince" timestamptz`;
const NAMES = COLUMNS.match(/"\w+"/g) ?? [];

export async function saveStandings(tx: Executor, rows: readonly StandingRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO "DeviceProfile" ("enrollmentId","identifier",${NAMES.join()},"changedAt")
     SELECT r."enrollmentId", r."identifier", ${NAMES.map((name) => `r.${name}`).join()}, now() FROM jsonb_to_recordset($1::jsonb) AS r("enrollmentId" uuid, "identifier" text, ${COLUMNS})
     ON CONFLICT ("enrollmentId","identifier") DO UPDATE SET ${NAMES.map((name) => `${name} = EXCLUDED.${name}`).join()}, "changedAt" = now()`,
    [JSON.stringify(rows.map((row) => ({ ...row, errorChain: row.errorChain ?? null })))],
  );
}

export async function removeStandings(tx: Executor, gone: readonly { enrollmentId: string; identifier: string }[]): Promise<void> {
  if (gone.length === 0) return;
  await tx.query(
    `DELETE FROM "DeviceProfile" s USING unnest($1::uuid[], $2::text[]) AS w("enrollmentId","identifier") WHERE s."enrollmentId" = w."enrollmentId" AND s."identifier" = w."identifier"`,
    [gone.map(({ enrollmentId }) => enrollmentId), gone.map(({ identifier }) => identifier)],
  );
}

/** Those that failed, drifted, or could not be taken away begin anew. Without devices, all of this profile. */
export async function forgiveStandings(tx: Executor, profileId: string, deviceIds: readonly string[] | null): Promise<void> {
  await tx.query(
    `UPDATE "DeviceProfile" s SET "failures" = 0, "repairs" = 0, "repairsSince" = NULL, "retryAt" = CASE WHEN s."state" = 'removing' THEN now() END
     FROM "Enrollment" e WHERE e."id" = s."enrollmentId" AND s."profileId" = $1 AND ($2::uuid[] IS NULL OR e."deviceId" = ANY($2::uuid[]))
       AND (s."state" IN ('failed','drifted') OR (s."state" = 'removing' AND s."retryAt" IS NOT NULL))`,
    [profileId, deviceIds],
  );
}

/** What an enrollment was about to get or lose when its commands were cancelled: it stands as it did before they were queued. */
export async function revertCancelled(tx: Executor, enrollmentId: string): Promise<void> {
  const cancelled = `s."enrollmentId" = $1 AND c."id" = s."commandId" AND c."state" = 'cancelled'`;
  await tx.query(
    `WITH "never" AS (DELETE FROM "DeviceProfile" s USING "Command" c WHERE ${cancelled} AND s."state" = 'installing' AND s."versionId" IS NULL)
     UPDATE "DeviceProfile" s SET "state" = 'installed', "commandId" = NULL, "sentVersionId" = s."versionId", "sentHash" = s."valuesHash"
     FROM "Command" c WHERE ${cancelled} AND (s."state" = 'removing' OR s."state" = 'installing' AND s."versionId" IS NOT NULL)`,
    [enrollmentId],
  );
}
