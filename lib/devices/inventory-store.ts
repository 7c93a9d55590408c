import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";

export interface InventoryFactRow {
  kind: string;
  value: unknown;
  learnedAt: Date;
}

/** What commands are judged by, of an inventory value. */
const judged = (value: string) => `jsonb_build_array(${value} #> '{ManagementStatus,EnrolledViaDEP}', ${value} #> '{ManagementStatus,IsUserEnrollment}', ${value} -> 'IsMultiUser')`;

/** The newest answer of its kind takes the place of the earlier one, or is laid over it key by key. */
export async function saveInventoryFact(tx: Executor, deviceId: string, kind: string, value: unknown, merge: boolean): Promise<void> {
  await tx.query(
    `WITH "old" AS (SELECT "value" FROM "InventoryFact" WHERE "deviceId" = $1 AND "kind" = $2),
     "saved" AS (
       INSERT INTO "InventoryFact" ("deviceId","kind","value","learnedAt") VALUES ($1,$2,$3::jsonb,now())
       ON CONFLICT ("deviceId","kind") DO UPDATE SET
         "value" = CASE WHEN $4::bool THEN "InventoryFact"."value" || EXCLUDED."value" ELSE EXCLUDED."value" END, "learnedAt" = EXCLUDED."learnedAt"
       RETURNING "value")
     UPDATE "Device" SET "factsVersion" = "factsVersion" + 1 FROM "saved"
     WHERE "id" = $1 AND $2 IN ('SecurityInfo','DeviceInformation')
       AND ${judged('"saved"."value"')} IS DISTINCT FROM (SELECT ${judged('"value"')} FROM "old")`,
    [deviceId, kind, toJsonb(value), merge],
  );
}

export async function listInventoryFacts(deviceId: string): Promise<InventoryFactRow[]> {
  const { rows } = await database().pool.query<InventoryFactRow>(
    `SELECT "kind","value","learnedAt" FROM "InventoryFact" WHERE "deviceId" = $1 ORDER BY "kind"`,
    [deviceId],
  );
  return rows;
}

/** The newest answer of one kind; null when there is none. */
export async function readInventoryFact(deviceId: string, kind: string): Promise<InventoryFactRow | null> {
  const { rows } = await database().pool.query<InventoryFactRow>(`SELECT "kind","value","learnedAt" FROM "InventoryFact" WHERE "deviceId" = $1 AND "kind" = $2`, [deviceId, kind]);
  return rows[0] ?? null;
}
