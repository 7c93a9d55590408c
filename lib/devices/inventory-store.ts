import { database } from "@/lib/db/database";

export interface InventoryFactRow {
  kind: string;
  value: unknown;
  learnedAt: Date;
}

/** What commands are judged by, of an inventory value. */
const judged = (value: string) => `jsonb_build_array(${value} #> '{ManagementStatus,EnrolledViaDEP}', ${value} #> '{ManagementStatus,IsUserEnrollment}', ${value} -> 'IsMultiUser')`;

/** Names of parameters, and which rows to wait for, in a statement that keeps an answer. */
interface Keeping {
  deviceId: string;
  kind: string;
  value: string;
  merge: string;
  /** A part of the statement: without a row of it nothing is kept. */
  source: string;
}

/**
 * Parts of a statement. The newest answer of its kind takes the place of the earlier one, or is laid over it key by
 * key; nothing is kept when the kind is null. Commands that wait are judged again when it tells them something new.
 */
export function keepingInventory({ deviceId, kind, value, merge, source }: Keeping): string {
  return `
     "old" AS (SELECT "value" FROM "InventoryFact" WHERE "deviceId" = ${deviceId} AND "kind" = ${kind}),
     "saved" AS (
       INSERT INTO "InventoryFact" ("deviceId","kind","value","learnedAt") SELECT ${deviceId}, ${kind}, ${value}, now() FROM ${source} WHERE ${kind} IS NOT NULL
       ON CONFLICT ("deviceId","kind") DO UPDATE SET
         "value" = CASE WHEN ${merge} THEN "InventoryFact"."value" || EXCLUDED."value" ELSE EXCLUDED."value" END, "learnedAt" = EXCLUDED."learnedAt"
       RETURNING "value"),
     "judgedAnew" AS (
       UPDATE "Device" SET "factsVersion" = "factsVersion" + 1 FROM "saved"
       WHERE "id" = ${deviceId} AND ${kind} IN ('SecurityInfo','DeviceInformation')
         AND ${judged('"saved"."value"')} IS DISTINCT FROM (SELECT ${judged('"value"')} FROM "old"))`;
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
