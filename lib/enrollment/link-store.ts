import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import type { IdentityKind } from "@/lib/contracts/words";

export interface LinkRow {
  id: string;
  name: string;
  tokenHash: string;
  tokenSealed: Buffer;
  identityKind: IdentityKind;
  reusableProfile: boolean;
  simulated: boolean;
  maxUses: number | null;
  uses: number;
  expiresAt: Date | null;
  createdAt: Date;
  createdBy: string;
  revokedAt: Date | null;
}

export async function insertLink(tx: Executor, link: Omit<LinkRow, "uses" | "createdAt" | "revokedAt">): Promise<LinkRow> {
  const { rows } = await tx.query<LinkRow>(
    `INSERT INTO "EnrollmentLink" ("id","name","tokenHash","tokenSealed","identityKind","reusableProfile","simulated","maxUses","expiresAt","createdBy")
     VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) RETURNING *`,
    [link.id, link.name, link.tokenHash, link.tokenSealed, link.identityKind, link.reusableProfile, link.simulated, link.maxUses, link.expiresAt, link.createdBy],
  );
  const made = rows[0];
  if (made === undefined) throw new Error("the link was not written");
  return made;
}

/** Null when no link has this token. */
export async function findLinkByToken(tokenHash: string): Promise<LinkRow | null> {
  const { rows } = await database().pool.query<LinkRow>(`SELECT * FROM "EnrollmentLink" WHERE "tokenHash" = $1`, [tokenHash]);
  return rows[0] ?? null;
}

/** Null when there is no such link. */
export async function readLinkRow(id: string): Promise<LinkRow | null> {
  const { rows } = await database().pool.query<LinkRow>(`SELECT * FROM "EnrollmentLink" WHERE "id" = $1`, [id]);
  return rows[0] ?? null;
}

/** Answers the link as it is now, and whether this call revoked it; null when there is no such link. */
export async function revokeLinkRow(tx: Executor, id: string): Promise<{ row: LinkRow; revokedNow: boolean } | null> {
  const revoked = await tx.query<LinkRow>(`UPDATE "EnrollmentLink" SET "revokedAt" = now() WHERE "id" = $1 AND "revokedAt" IS NULL RETURNING *`, [id]);
  const now = revoked.rows[0];
  if (now !== undefined) return { row: now, revokedNow: true };
  const { rows } = await tx.query<LinkRow>(`SELECT * FROM "EnrollmentLink" WHERE "id" = $1`, [id]);
  return rows[0] === undefined ? null : { row: rows[0], revokedNow: false };
}

/** Newest first, below the cursor. */
export async function listLinkRows(before: { at: Date; id: string } | null, limit: number): Promise<LinkRow[]> {
  const { rows } = await database().pool.query<LinkRow>(
    `SELECT * FROM "EnrollmentLink" WHERE ($1::timestamptz IS NULL OR ("createdAt","id") < ($1,$2::uuid)) ORDER BY "createdAt" DESC, "id" DESC LIMIT $3`,
    [before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
}

export async function countLinkRows(): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM "EnrollmentLink"`);
  return rows[0]?.total ?? 0;
}
