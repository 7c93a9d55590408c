import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";

/** access: for the profile. refresh and code: worth one exchange for others (OAuth 2). */
export type AccountTokenKind = "access" | "refresh" | "code";

export interface AccountTokenRow {
  id: string;
  configurationId: string;
  kind: AccountTokenKind;
  account: string;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

const TOKEN = `"id","configurationId","kind","account","createdAt","expiresAt","usedAt","lastUsedAt","revokedAt"`;
const GOOD = `"revokedAt" IS NULL AND "usedAt" IS NULL AND "expiresAt" > now()`;

export async function insertAccountToken(
  tx: Executor,
  token: { id: string; configurationId: string; kind: AccountTokenKind; tokenHash: string; account: string; expiresAt: Date },
): Promise<void> {
  await tx.query(`INSERT INTO "AccountToken" ("id","configurationId","kind","tokenHash","account","expiresAt") VALUES ($1,$2,$3,$4,$5,$6)`, [
    token.id, token.configurationId, token.kind, token.tokenHash, token.account, token.expiresAt,
  ]);
}

/** Null when it is unknown, of another configuration, over or revoked. */
export async function useAccessToken(configurationId: string, tokenHash: string): Promise<AccountTokenRow | null> {
  const { rows } = await database().pool.query<AccountTokenRow>(
    `UPDATE "AccountToken" SET "lastUsedAt" = now() WHERE "tokenHash" = $2 AND "configurationId" = $1 AND "kind" = 'access' AND ${GOOD} RETURNING ${TOKEN}`,
    [configurationId, tokenHash],
  );
  return rows[0] ?? null;
}

/** Spends a code or a refresh token, which works once. Null when it does not count, or no longer. */
export async function spendAccountToken(tx: Executor, configurationId: string, kind: "code" | "refresh", tokenHash: string): Promise<AccountTokenRow | null> {
  const { rows } = await tx.query<AccountTokenRow>(
    `UPDATE "AccountToken" SET "usedAt" = now() WHERE "tokenHash" = $3 AND "configurationId" = $1 AND "kind" = $2 AND ${GOOD} RETURNING ${TOKEN}`,
    [configurationId, kind, tokenHash],
  );
  return rows[0] ?? null;
}

/** Null when there is none. Answers it as it is now, and whether this call revoked it; a person's other tokens there go with it. */
export async function revokeAccountTokenRow(tx: Executor, id: string): Promise<{ row: AccountTokenRow; revokedNow: boolean } | null> {
  const { rows } = await tx.query<AccountTokenRow>(`SELECT ${TOKEN} FROM "AccountToken" WHERE "id" = $1 FOR UPDATE`, [id]);
  const [row] = rows;
  if (row === undefined) return null;
  await tx.query(`UPDATE "AccountToken" SET "revokedAt" = now() WHERE "configurationId" = $1 AND "account" = $2 AND "revokedAt" IS NULL`, [row.configurationId, row.account]);
  return { row: { ...row, revokedAt: row.revokedAt ?? new Date() }, revokedNow: row.revokedAt === null };
}

/** Access and refresh tokens, newest first, below the cursor. */
export async function listAccountTokenRows(configurationId: string, before: { at: Date; id: string } | null, limit: number): Promise<AccountTokenRow[]> {
  const { rows } = await database().pool.query<AccountTokenRow>(
    `SELECT ${TOKEN} FROM "AccountToken" WHERE "configurationId" = $1 AND "kind" <> 'code' AND "usedAt" IS NULL
       AND ($2::timestamptz IS NULL OR ("createdAt","id") < ($2,$3::uuid)) ORDER BY "createdAt" DESC, "id" DESC LIMIT $4`,
    [configurationId, before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
}

export async function countAccountTokenRows(configurationId: string): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(
    `SELECT count(*)::int AS "total" FROM "AccountToken" WHERE "configurationId" = $1 AND "kind" <> 'code' AND "usedAt" IS NULL`,
    [configurationId],
  );
  return rows[0]?.total ?? 0;
}
