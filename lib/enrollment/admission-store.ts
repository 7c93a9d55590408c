import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import type { AdmissionState } from "@/lib/contracts/words";

/** What a device that asks to be let in has said of itself. */
export interface Applicant {
  linkId: string;
  /** Its serial number where it is known, its channel key otherwise: by this it is recognized when it asks again. */
  key: string;
  serialNumber: string | null;
  udid: string | null;
  productName: string | null;
  osVersion: string | null;
  /** The life that waits in quarantine; null while the device has not enrolled. */
  enrollmentId: string | null;
}

export interface AdmissionRow extends Applicant {
  id: string;
  linkName: string;
  deviceId: string | null;
  deviceName: string | null;
  state: AdmissionState;
  createdAt: Date;
  lastSeenAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
}

const ADMISSION = `SELECT a.*, l."name" AS "linkName", e."deviceId", d."name" AS "deviceName" FROM "Admission" a
  JOIN "EnrollmentLink" l ON l."id" = a."linkId"
  LEFT JOIN "Enrollment" e ON e."id" = a."enrollmentId" LEFT JOIN "Device" d ON d."id" = e."deviceId"`;

/** Notes that this device asks, locked until the transaction ends. What it does not say now stays as it was said before. */
export async function upsertAdmission(tx: Executor, id: string, applicant: Applicant): Promise<{ id: string; state: AdmissionState; fresh: boolean }> {
  const { rows } = await tx.query<{ id: string; state: AdmissionState }>(
    `INSERT INTO "Admission" AS a ("id","linkId","key","serialNumber","udid","productName","osVersion","enrollmentId") VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
     ON CONFLICT ("linkId","key") DO UPDATE SET "lastSeenAt" = now(), "serialNumber" = COALESCE(EXCLUDED."serialNumber", a."serialNumber"),
       "udid" = COALESCE(EXCLUDED."udid", a."udid"), "productName" = COALESCE(EXCLUDED."productName", a."productName"),
       "osVersion" = COALESCE(EXCLUDED."osVersion", a."osVersion"), "enrollmentId" = COALESCE(EXCLUDED."enrollmentId", a."enrollmentId")
     RETURNING a."id", a."state"`,
    [id, applicant.linkId, applicant.key, applicant.serialNumber, applicant.udid, applicant.productName, applicant.osVersion, applicant.enrollmentId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("an admission was neither made nor found");
  return { ...row, fresh: row.id === id };
}

/** Null when this device never asked by this link. */
export async function readAdmissionState(tx: Executor, linkId: string, key: string): Promise<AdmissionState | null> {
  const { rows } = await tx.query<{ state: AdmissionState }>(`SELECT "state" FROM "Admission" WHERE "linkId" = $1 AND "key" = $2`, [linkId, key]);
  return rows[0]?.state ?? null;
}

/** Locked; null when there is none. */
export async function lockAdmission(tx: Executor, id: string): Promise<AdmissionRow | null> {
  const { rows } = await tx.query<AdmissionRow>(`${ADMISSION} WHERE a."id" = $1 FOR UPDATE OF a`, [id]);
  return rows[0] ?? null;
}

export async function saveDecision(tx: Executor, id: string, state: AdmissionState, decidedBy: string): Promise<void> {
  await tx.query(`UPDATE "Admission" SET "state" = $2, "decidedAt" = now(), "decidedBy" = $3 WHERE "id" = $1`, [id, state, decidedBy]);
}

/** Null when there is none. */
export async function readAdmissionRow(id: string): Promise<AdmissionRow | null> {
  const { rows } = await database().pool.query<AdmissionRow>(`${ADMISSION} WHERE a."id" = $1`, [id]);
  return rows[0] ?? null;
}

/** Newest first, below the cursor. */
export async function listAdmissionRows(state: AdmissionState | null, before: { at: Date; id: string } | null, limit: number): Promise<AdmissionRow[]> {
  const { rows } = await database().pool.query<AdmissionRow>(
    `${ADMISSION} WHERE ($1::text IS NULL OR a."state" = $1) AND ($2::timestamptz IS NULL OR (a."createdAt", a."id") < ($2, $3::uuid))
     ORDER BY a."createdAt" DESC, a."id" DESC LIMIT $4`,
    [state, before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
}

export async function countAdmissionRows(state: AdmissionState | null): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM "Admission" WHERE ($1::text IS NULL OR "state" = $1)`, [state]);
  return rows[0]?.total ?? 0;
}
