import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import type { Platform } from "@/lib/contracts/words";

/** Facts a device states of itself; null is what it has not told. */
export interface DeviceFacts {
  udid: string | null;
  serialNumber: string | null;
  name: string | null;
  platform: Platform;
  model: string | null;
  modelName: string | null;
  productName: string | null;
  osVersion: string | null;
  buildVersion: string | null;
  imei: string | null;
  meid: string | null;
}

export interface DeviceRow extends DeviceFacts {
  id: string;
  supervised: boolean | null;
  simulated: boolean;
  enrollmentId: string | null;
  createdAt: Date;
}

/**
 * The hardware behind a claim: by UDID first, else by serial number as long as no life under another UDID is
 * still going on there (a copied serial must not take over a managed device). Null when there is none.
 */
export async function findDevice(tx: Executor, udid: string | null, serialNumber: string | null): Promise<DeviceRow | null> {
  const { rows } = await tx.query<DeviceRow>(
    `SELECT d.* FROM "Device" d LEFT JOIN "Enrollment" e ON e."id" = d."enrollmentId"
     WHERE d."udid" = $1
        OR ($1::text IS NOT NULL AND $2::text IS NOT NULL AND d."serialNumber" = $2 AND (e."id" IS NULL OR e."endedAt" IS NOT NULL))
     ORDER BY (d."udid" = $1) DESC NULLS LAST, d."createdAt" DESC LIMIT 1 FOR UPDATE OF d`,
    [udid, serialNumber],
  );
  return rows[0] ?? null;
}

/** Real values are far shorter; an index takes no more than a few kilobytes. */
const LONGEST_SERIAL_NUMBER = 100;

export async function insertDevice(tx: Executor, id: string, facts: DeviceFacts, simulated: boolean): Promise<void> {
  await tx.query(
    `INSERT INTO "Device" ("id","udid","serialNumber","name","platform","model","modelName","productName","osVersion","buildVersion","imei","meid","simulated")
     VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
    [id, facts.udid, facts.serialNumber?.slice(0, LONGEST_SERIAL_NUMBER) ?? null, facts.name, facts.platform, facts.model, facts.modelName, facts.productName,
      facts.osVersion, facts.buildVersion, facts.imei, facts.meid, simulated],
  );
}

/** Something that commands are judged by has changed: those that wait are judged again before they are delivered. */
export async function noteFactsChanged(tx: Executor, deviceId: string): Promise<void> {
  await tx.query(`UPDATE "Device" SET "factsVersion" = "factsVersion" + 1 WHERE "id" = $1`, [deviceId]);
}

/** Overwrites what is stated and keeps the rest; `simulated` changes only when given. */
export async function updateDevice(
  tx: Executor,
  id: string,
  facts: Partial<DeviceFacts> & { supervised?: boolean | null; simulated?: boolean },
): Promise<void> {
  const platform = facts.platform === "unknown" ? null : (facts.platform ?? null);
  await tx.query(
    `UPDATE "Device" SET "udid" = COALESCE($2,"udid"), "serialNumber" = COALESCE($3,"serialNumber"), "name" = COALESCE($4,"name"),
       "platform" = COALESCE($5,"platform"), "model" = COALESCE($6,"model"), "modelName" = COALESCE($7,"modelName"),
       "productName" = COALESCE($8,"productName"), "osVersion" = COALESCE($9,"osVersion"), "buildVersion" = COALESCE($10,"buildVersion"),
       "imei" = COALESCE($11,"imei"), "meid" = COALESCE($12,"meid"), "supervised" = COALESCE($13,"supervised"),
       "simulated" = COALESCE($14,"simulated"),
       "factsVersion" = "factsVersion" + (("udid" IS NULL AND $2::text IS NOT NULL) OR "platform" <> COALESCE($5,"platform")
         OR "osVersion" IS DISTINCT FROM COALESCE($9,"osVersion") OR "supervised" IS DISTINCT FROM COALESCE($13,"supervised"))::int
     WHERE "id" = $1`,
    [id, facts.udid ?? null, facts.serialNumber?.slice(0, LONGEST_SERIAL_NUMBER) ?? null, facts.name ?? null, platform, facts.model ?? null, facts.modelName ?? null,
      facts.productName ?? null, facts.osVersion ?? null, facts.buildVersion ?? null, facts.imei ?? null, facts.meid ?? null,
      facts.supervised ?? null, facts.simulated ?? null],
  );
}

/** @throws when there is no such device */
export async function readDeviceFacts(tx: Executor, id: string): Promise<DeviceFacts> {
  const { rows } = await tx.query<DeviceFacts>(`SELECT * FROM "Device" WHERE "id" = $1`, [id]);
  const [row] = rows;
  if (row === undefined) throw new Error("the device of a life is gone");
  return row;
}

export async function setNewestEnrollment(tx: Executor, deviceId: string, enrollmentId: string): Promise<void> {
  await tx.query(`UPDATE "Device" SET "enrollmentId" = $2 WHERE "id" = $1`, [deviceId, enrollmentId]);
}

export async function deviceExists(id: string): Promise<boolean> {
  const { rowCount } = await database().pool.query(`SELECT 1 FROM "Device" WHERE "id" = $1`, [id]);
  return rowCount === 1;
}
