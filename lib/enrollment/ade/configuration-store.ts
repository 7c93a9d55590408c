import type { AdeProfileKeys, MinimumOs } from "@/lib/contracts/ade";
import type { AdeAdmission, AdeWebPage } from "@/lib/contracts/ade-words";
import { database, type Executor } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";

export interface AdeConfigurationRow {
  id: string;
  name: string;
  linkId: string;
  admission: AdeAdmission;
  webPage: AdeWebPage;
  minimumOs: MinimumOs;
  profile: AdeProfileKeys;
  createdAt: Date;
  createdBy: string;
  updatedAt: Date;
  /** Of its link. */
  tokenSealed: Buffer;
  serials: string[];
  groupId: string | null;
  groupName: string | null;
  simulated: boolean;
  uses: number;
  /** Devices it is meant for. */
  devices: number;
}

const CONFIGURATION = `SELECT c.*, l."tokenSealed", l."serials", l."groupId", g."name" AS "groupName", l."simulated", l."uses",
    (SELECT count(*)::int FROM "AdeDevice" d WHERE d."configurationId" = c."id" AND d."removedAt" IS NULL) AS "devices"
  FROM "AdeConfiguration" c JOIN "EnrollmentLink" l ON l."id" = c."linkId" LEFT JOIN "DeviceGroup" g ON g."id" = l."groupId"`;

type Written = Pick<AdeConfigurationRow, "id" | "name" | "admission" | "webPage" | "minimumOs" | "profile">;

export async function insertConfiguration(tx: Executor, row: Written & { linkId: string; createdBy: string }): Promise<void> {
  await tx.query(
    `INSERT INTO "AdeConfiguration" ("id","name","linkId","admission","webPage","minimumOs","profile","createdBy") VALUES ($1,$2,$3,$4,$5,$6::jsonb,$7::jsonb,$8)`,
    [row.id, row.name, row.linkId, row.admission, row.webPage, toJsonb(row.minimumOs), toJsonb(row.profile), row.createdBy],
  );
}

export async function updateConfiguration(tx: Executor, row: Written): Promise<void> {
  await tx.query(
    `UPDATE "AdeConfiguration" SET "name" = $2, "admission" = $3, "webPage" = $4, "minimumOs" = $5::jsonb, "profile" = $6::jsonb, "updatedAt" = now() WHERE "id" = $1`,
    [row.id, row.name, row.admission, row.webPage, toJsonb(row.minimumOs), toJsonb(row.profile)],
  );
}

export async function removeConfiguration(tx: Executor, id: string): Promise<void> {
  await tx.query(`DELETE FROM "AdeConfiguration" WHERE "id" = $1`, [id]);
}

/** Null when there is none. */
export async function readConfigurationRow(executor: Executor, id: string): Promise<AdeConfigurationRow | null> {
  const { rows } = await executor.query<AdeConfigurationRow>(`${CONFIGURATION} WHERE c."id" = $1`, [id]);
  return rows[0] ?? null;
}

/** Null when no configuration has this token. */
export async function findConfigurationByToken(tokenHash: string): Promise<AdeConfigurationRow | null> {
  const { rows } = await database().pool.query<AdeConfigurationRow>(`${CONFIGURATION} WHERE l."tokenHash" = $1 AND l."revokedAt" IS NULL`, [tokenHash]);
  return rows[0] ?? null;
}

/** Newest first. */
export async function listConfigurationRows(): Promise<AdeConfigurationRow[]> {
  const { rows } = await database().pool.query<AdeConfigurationRow>(`${CONFIGURATION} ORDER BY c."createdAt" DESC, c."id" DESC`);
  return rows;
}
