import { database, type Executor } from "@/lib/db/database";
import { BY_NOW } from "@/lib/db/due";
import { toJsonb } from "@/lib/db/jsonb";

export interface DueAssignment {
  /** Null: the assignment is to be taken away. */
  configurationId: string | null;
  serials: string[];
}

/** What has waited longest, with as many others as shall get the same; null when nothing is due. */
export async function findDueAssignment(tx: Executor, serverId: string, limit: number): Promise<DueAssignment | null> {
  const { rows } = await tx.query<{ configurationId: string | null; serialNumber: string }>(
    `WITH due AS (SELECT d."configurationId", d."serialNumber", d."assignDueAt" FROM "AdeDevice" d WHERE d."serverId" = $1 AND d."assignDueAt" <= ${BY_NOW} AND d."removedAt" IS NULL),
       first AS (SELECT "configurationId" FROM due ORDER BY "assignDueAt" LIMIT 1)
     SELECT due."configurationId", due."serialNumber" FROM due JOIN first ON due."configurationId" IS NOT DISTINCT FROM first."configurationId" ORDER BY due."assignDueAt" LIMIT $2`,
    [serverId, limit],
  );
  const [first] = rows;
  return first === undefined ? null : { configurationId: first.configurationId, serials: rows.map((row) => row.serialNumber) };
}

/** As it was last defined at Apple; null before that. */
export async function readDefinedProfile(tx: Executor, serverId: string, configurationId: string): Promise<{ profileUuid: string; digest: string } | null> {
  const { rows } = await tx.query<{ profileUuid: string; digest: string }>(`SELECT "profileUuid","digest" FROM "AdeProfile" WHERE "serverId" = $1 AND "configurationId" = $2`, [serverId, configurationId]);
  return rows[0] ?? null;
}

export async function saveDefinedProfile(tx: Executor, serverId: string, configurationId: string, profile: { profileUuid: string; digest: string }): Promise<void> {
  await tx.query(
    `INSERT INTO "AdeProfile" ("serverId","configurationId","profileUuid","digest") VALUES ($1,$2,$3,$4)
     ON CONFLICT ("serverId","configurationId") DO UPDATE SET "profileUuid" = EXCLUDED."profileUuid", "digest" = EXCLUDED."digest", "definedAt" = now()`,
    [serverId, configurationId, profile.profileUuid, profile.digest],
  );
}

/** Apple does not know it any more. */
export async function forgetDefinedProfile(tx: Executor, serverId: string, configurationId: string): Promise<void> {
  await tx.query(`DELETE FROM "AdeProfile" WHERE "serverId" = $1 AND "configurationId" = $2`, [serverId, configurationId]);
}

export interface AssignmentResult {
  serial: string;
  /** SUCCESS, NOT_ACCESSIBLE, FAILED, THROTTLED, … */
  result: string;
  /** Null: done. */
  againInSeconds: number | null;
}

/** After this many tries in vain an admin has to look. */
const MOST_TRIES = 5;

/** Keeps what Apple said to each device, unless an admin has decided otherwise meanwhile. */
export async function saveResults(tx: Executor, serverId: string, sent: { configurationId: string | null; profileUuid: string | null }, results: readonly AssignmentResult[]): Promise<void> {
  await tx.query(
    `UPDATE "AdeDevice" d SET "assignResult" = r."result",
       "assignTries" = CASE WHEN r."againInSeconds" IS NULL THEN 0 WHEN r."result" = 'THROTTLED' THEN d."assignTries" ELSE d."assignTries" + 1 END,
       "assignDueAt" = CASE WHEN r."againInSeconds" IS NULL OR (r."result" <> 'THROTTLED' AND d."assignTries" + 1 >= ${MOST_TRIES}) THEN NULL
         ELSE now() + make_interval(secs => r."againInSeconds" * CASE WHEN r."result" = 'THROTTLED' THEN 1 ELSE power(4, d."assignTries") END) END,
       "profileStatus" = CASE WHEN r."againInSeconds" IS NOT NULL THEN d."profileStatus" WHEN $3::text IS NULL THEN 'removed' ELSE 'assigned' END,
       "profileUuid" = CASE WHEN r."againInSeconds" IS NOT NULL THEN d."profileUuid" ELSE $3 END,
       "profileAssignedAt" = CASE WHEN r."againInSeconds" IS NULL AND $3::text IS NOT NULL THEN now() ELSE d."profileAssignedAt" END,
       "profilePushedAt" = CASE WHEN r."againInSeconds" IS NULL THEN NULL ELSE d."profilePushedAt" END
     FROM jsonb_to_recordset($4::jsonb) AS r("serial" text, "result" text, "againInSeconds" double precision)
     WHERE d."serverId" = $1 AND d."serialNumber" = r."serial" AND d."configurationId" IS NOT DISTINCT FROM $2::uuid`,
    [serverId, sent.configurationId, sent.profileUuid, toJsonb(results)],
  );
}

/** The configuration was changed: whoever shall have it is told again. */
export async function makeConfigurationDue(tx: Executor, configurationId: string): Promise<void> {
  await tx.query(`UPDATE "AdeDevice" SET "assignDueAt" = now(), "assignTries" = 0 WHERE "configurationId" = $1 AND "removedAt" IS NULL`, [configurationId]);
}

/** Apple's servers that stand behind these devices have something to be told; answers how many devices there are. */
export async function assignDevices(tx: Executor, ids: readonly string[], configurationId: string | null): Promise<number> {
  const { rowCount } = await tx.query(
    `UPDATE "AdeDevice" SET "configurationId" = $2::uuid, "assignTries" = 0, "assignResult" = NULL, "assignDueAt" = now() WHERE "id" = ANY($1::uuid[]) AND "removedAt" IS NULL`,
    [ids, configurationId],
  );
  return rowCount ?? 0;
}

/** Devices with these serial numbers that an account has given to us. */
export async function findIdsOfSerials(serials: readonly string[]): Promise<{ id: string; serialNumber: string }[]> {
  const { rows } = await database().pool.query<{ id: string; serialNumber: string }>(`SELECT "id","serialNumber" FROM "AdeDevice" WHERE "serialNumber" = ANY($1::text[]) AND "removedAt" IS NULL`, [serials]);
  return rows;
}
