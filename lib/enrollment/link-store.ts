import type { AdmissionRule, IdentityKind, LinkKind, RestorePolicy } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";

export interface LinkRow {
  id: string;
  name: string;
  tokenHash: string;
  tokenSealed: Buffer;
  kind: LinkKind;
  identityKind: IdentityKind;
  reusableProfile: boolean;
  serials: string[];
  admission: AdmissionRule;
  restorePolicy: RestorePolicy | null;
  groupId: string | null;
  groupName: string | null;
  owner: string | null;
  accessRights: number;
  simulated: boolean;
  maxUses: number | null;
  uses: number;
  expiresAt: Date | null;
  createdAt: Date;
  createdBy: string;
  revokedAt: Date | null;
}

/** What an admin decides about a link, or about the configuration that owns it. */
export type LinkRules = Pick<LinkRow, "identityKind" | "serials" | "admission" | "restorePolicy" | "groupId" | "owner" | "accessRights">;

const LINK = `SELECT l.*, g."name" AS "groupName" FROM "EnrollmentLink" l LEFT JOIN "DeviceGroup" g ON g."id" = l."groupId"`;
/** The others belong to a configuration, which is the only way to them. */
const HAS_PAGE = `l."kind" IN ('profile','ota')`;

export async function insertLink(tx: Executor, link: Omit<LinkRow, "uses" | "createdAt" | "revokedAt" | "groupName">): Promise<LinkRow> {
  await tx.query(
    `INSERT INTO "EnrollmentLink" ("id","name","tokenHash","tokenSealed","kind","identityKind","reusableProfile","serials","admission","restorePolicy",
       "groupId","owner","accessRights","simulated","maxUses","expiresAt","createdBy")
     VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)`,
    [link.id, link.name, link.tokenHash, link.tokenSealed, link.kind, link.identityKind, link.reusableProfile, link.serials, link.admission, link.restorePolicy,
      link.groupId, link.owner, link.accessRights, link.simulated, link.maxUses, link.expiresAt, link.createdBy],
  );
  const row = await readLinkRow(tx, link.id);
  if (row === null) throw new Error("the link was not written");
  return row;
}

/** Null when no link with a page has this token. */
export async function findLinkByToken(tokenHash: string): Promise<LinkRow | null> {
  const { rows } = await database().pool.query<LinkRow>(`${LINK} WHERE l."tokenHash" = $1 AND ${HAS_PAGE}`, [tokenHash]);
  return rows[0] ?? null;
}

/** Of any kind; null when there is no such link. */
export async function readLinkRow(executor: Executor, id: string): Promise<LinkRow | null> {
  const { rows } = await executor.query<LinkRow>(`${LINK} WHERE l."id" = $1`, [id]);
  return rows[0] ?? null;
}

/** Null when there is no such link with a page. */
export async function readPageLinkRow(executor: Executor, id: string): Promise<LinkRow | null> {
  const { rows } = await executor.query<LinkRow>(`${LINK} WHERE l."id" = $1 AND ${HAS_PAGE}`, [id]);
  return rows[0] ?? null;
}

/** The configuration that owns a link was changed. What enrolls from now on follows the new rules. */
export async function changeOwnedLink(tx: Executor, id: string, change: LinkRules & { name: string }): Promise<void> {
  await tx.query(
    `UPDATE "EnrollmentLink" SET "name" = $2, "identityKind" = $3, "serials" = $4, "admission" = $5, "restorePolicy" = $6, "groupId" = $7, "owner" = $8, "accessRights" = $9
     WHERE "id" = $1`,
    [id, change.name, change.identityKind, change.serials, change.admission, change.restorePolicy, change.groupId, change.owner, change.accessRights],
  );
}

/** Answers whether this call revoked it; a link of a configuration is revoked with it. */
export async function revokeLinkRow(tx: Executor, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(`UPDATE "EnrollmentLink" SET "revokedAt" = now() WHERE "id" = $1 AND "revokedAt" IS NULL`, [id]);
  return rowCount === 1;
}

/** Links with a page, newest first, below the cursor. */
export async function listLinkRows(before: { at: Date; id: string } | null, limit: number): Promise<LinkRow[]> {
  const { rows } = await database().pool.query<LinkRow>(
    `${LINK} WHERE ${HAS_PAGE} AND ($1::timestamptz IS NULL OR (l."createdAt", l."id") < ($1,$2::uuid)) ORDER BY l."createdAt" DESC, l."id" DESC LIMIT $3`,
    [before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
}

export async function countLinkRows(): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM "EnrollmentLink" l WHERE ${HAS_PAGE}`);
  return rows[0]?.total ?? 0;
}
