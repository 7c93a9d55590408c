import type { Executor } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";
import type { ServiceDevice } from "@/lib/protocol/ade/assignment-answers";

/** What one page of Apple's list has changed here. */
export interface PageEffect {
  added: number;
  changed: number;
  removed: number;
}

/**
 * Takes in devices as Apple describes them. One that is new, or has come back, gets the default configuration of its
 * server; one that Apple has set up anew gets its own again.
 */
export async function upsertDevices(tx: Executor, serverId: string, devices: readonly ServiceDevice[], defaultConfigurationId: string | null): Promise<Omit<PageEffect, "removed">> {
  const { rows } = await tx.query<{ added: boolean }>(
    `INSERT INTO "AdeDevice" AS d ("id","serverId","serialNumber","model","description","color","assetTag","deviceFamily","os","profileStatus","profileUuid",
       "profileAssignedAt","profilePushedAt","assignedAt","assignedBy","migrationDeadline","configurationId","assignDueAt")
     SELECT gen_random_uuid(), $1, p."serial_number", p."model", p."description", p."color", p."asset_tag", p."device_family", p."os", p."profile_status", p."profile_uuid",
       p."profile_assign_time", p."profile_push_time", p."device_assigned_date", p."device_assigned_by", p."mdm_migration_deadline",
       CASE WHEN p."profile_status" IN ('empty','removed') THEN $3::uuid END, CASE WHEN p."profile_status" IN ('empty','removed') AND $3::uuid IS NOT NULL THEN now() END
     FROM jsonb_to_recordset($2::jsonb) AS p("serial_number" text, "model" text, "description" text, "color" text, "asset_tag" text, "device_family" text, "os" text,
       "profile_status" text, "profile_uuid" text, "profile_assign_time" timestamptz, "profile_push_time" timestamptz, "device_assigned_date" timestamptz,
       "device_assigned_by" text, "mdm_migration_deadline" timestamptz)
     ON CONFLICT ("serverId","serialNumber") DO UPDATE SET "model" = EXCLUDED."model", "description" = EXCLUDED."description", "color" = EXCLUDED."color",
       "assetTag" = EXCLUDED."assetTag", "deviceFamily" = EXCLUDED."deviceFamily", "os" = EXCLUDED."os", "profileStatus" = EXCLUDED."profileStatus",
       "profileUuid" = EXCLUDED."profileUuid", "profileAssignedAt" = EXCLUDED."profileAssignedAt", "profilePushedAt" = EXCLUDED."profilePushedAt",
       "assignedAt" = EXCLUDED."assignedAt", "assignedBy" = EXCLUDED."assignedBy", "migrationDeadline" = EXCLUDED."migrationDeadline", "seenAt" = now(), "removedAt" = NULL,
       "configurationId" = COALESCE(d."configurationId", CASE WHEN d."removedAt" IS NOT NULL THEN EXCLUDED."configurationId" END),
       "assignDueAt" = CASE
         WHEN d."removedAt" IS NOT NULL AND d."configurationId" IS NULL THEN EXCLUDED."assignDueAt"
         WHEN d."assignDueAt" IS NULL AND d."configurationId" IS NOT NULL AND EXCLUDED."profileStatus" IN ('empty','removed') AND (d."profileStatus" NOT IN ('empty','removed') OR d."removedAt" IS NOT NULL) THEN now()
         ELSE d."assignDueAt" END,
       "assignTries" = CASE WHEN d."removedAt" IS NOT NULL THEN 0 ELSE d."assignTries" END
     RETURNING d.xmax = 0 AS "added"`,
    [serverId, toJsonb(devices), defaultConfigurationId],
  );
  const added = rows.filter((row) => row.added).length;
  return { added, changed: rows.length - added };
}

/** The account has taken these away. */
export async function markRemoved(tx: Executor, serverId: string, serials: readonly string[]): Promise<number> {
  const { rowCount } = await tx.query(
    `UPDATE "AdeDevice" SET "removedAt" = now(), "assignDueAt" = NULL WHERE "serverId" = $1 AND "serialNumber" = ANY($2::text[]) AND "removedAt" IS NULL`,
    [serverId, serials],
  );
  return rowCount ?? 0;
}

/** A full read has ended: what did not appear in it is gone. */
export async function markUnseenRemoved(tx: Executor, serverId: string, since: Date): Promise<number> {
  const { rowCount } = await tx.query(
    `UPDATE "AdeDevice" SET "removedAt" = now(), "assignDueAt" = NULL WHERE "serverId" = $1 AND "seenAt" < $2 AND "removedAt" IS NULL`,
    [serverId, since],
  );
  return rowCount ?? 0;
}

/** Has an account given this device to one of our servers? */
export async function isKnownSerial(executor: Executor, serialNumber: string): Promise<boolean> {
  const { rowCount } = await executor.query(`SELECT 1 FROM "AdeDevice" WHERE "serialNumber" = $1 AND "removedAt" IS NULL LIMIT 1`, [serialNumber]);
  return (rowCount ?? 0) > 0;
}
