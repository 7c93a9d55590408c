import type { AccountMethod, AccountMode, AdmissionRule, IdentityKind, ModelFamily, RestorePolicy } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";

export interface AccountConfigurationRow {
  id: string;
  domain: string;
  mode: AccountMode;
  method: AccountMethod;
  modelFamilies: ModelFamily[];
  linkId: string;
  identityKind: IdentityKind;
  admission: AdmissionRule;
  restorePolicy: RestorePolicy | null;
  groupId: string | null;
  groupName: string | null;
  accessRights: number;
  simulated: boolean;
  enrolled: number;
  createdAt: Date;
  createdBy: string;
}

const CONFIGURATION = `SELECT a.*, l."identityKind", l."admission", l."restorePolicy", l."groupId", g."name" AS "groupName", l."accessRights", l."simulated",
    (SELECT count(*)::int FROM "Enrollment" e WHERE e."linkId" = l."id" AND e."channel" = 'device' AND e."enrolledAt" IS NOT NULL AND e."endedAt" IS NULL) AS "enrolled"
  FROM "AccountConfiguration" a JOIN "EnrollmentLink" l ON l."id" = a."linkId" LEFT JOIN "DeviceGroup" g ON g."id" = l."groupId"`;

export async function insertConfiguration(
  tx: Executor,
  made: Pick<AccountConfigurationRow, "id" | "domain" | "mode" | "method" | "modelFamilies" | "linkId" | "createdBy">,
): Promise<void> {
  await tx.query(`INSERT INTO "AccountConfiguration" ("id","domain","mode","method","modelFamilies","linkId","createdBy") VALUES ($1,$2,$3,$4,$5,$6,$7)`, [
    made.id, made.domain, made.mode, made.method, made.modelFamilies, made.linkId, made.createdBy,
  ]);
}

export async function updateConfiguration(tx: Executor, id: string, change: { method: AccountMethod; modelFamilies: ModelFamily[] }): Promise<void> {
  await tx.query(`UPDATE "AccountConfiguration" SET "method" = $2, "modelFamilies" = $3 WHERE "id" = $1`, [id, change.method, change.modelFamilies]);
}

/** Its tokens go with it; its link stays, for the devices that came by it. */
export async function removeConfiguration(tx: Executor, id: string): Promise<void> {
  await tx.query(`DELETE FROM "AccountConfiguration" WHERE "id" = $1`, [id]);
}

/** Null when there is none. */
export async function readConfigurationRow(executor: Executor, id: string): Promise<AccountConfigurationRow | null> {
  const { rows } = await executor.query<AccountConfigurationRow>(`${CONFIGURATION} WHERE a."id" = $1`, [id]);
  return rows[0] ?? null;
}

/** At most one for each mode. */
export async function listConfigurationsOfDomain(executor: Executor, domain: string): Promise<AccountConfigurationRow[]> {
  const { rows } = await executor.query<AccountConfigurationRow>(`${CONFIGURATION} WHERE a."domain" = $1 ORDER BY a."createdAt"`, [domain]);
  return rows;
}

/** Newest first, below the cursor. */
export async function listConfigurationRows(before: { at: Date; id: string } | null, limit: number): Promise<AccountConfigurationRow[]> {
  const { rows } = await database().pool.query<AccountConfigurationRow>(
    `${CONFIGURATION} WHERE ($1::timestamptz IS NULL OR (a."createdAt", a."id") < ($1,$2::uuid)) ORDER BY a."createdAt" DESC, a."id" DESC LIMIT $3`,
    [before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
}

export async function countConfigurationRows(): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM "AccountConfiguration"`);
  return rows[0]?.total ?? 0;
}
