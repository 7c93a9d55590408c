import type { Role } from "@/lib/contracts/words";
import { database, type Executor } from "@/lib/db/database";

export interface ApiTokenRow {
  id: string;
  name: string;
  role: Role;
  prefix: string;
  createdAt: Date;
  /** The person who made it, be it by another token; null when the server did. */
  createdById: string | null;
  /** That person's e-mail. */
  createdBy: string | null;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

export interface NewApiToken {
  id: string;
  name: string;
  role: Role;
  tokenHash: string;
  prefix: string;
  createdById: string | null;
  expiresAt: Date | null;
}

const SELECT = `
  SELECT t."id", t."name", t."role", t."prefix", t."createdAt", t."createdById", u."email" AS "createdBy", t."expiresAt", t."lastUsedAt", t."revokedAt"
  FROM "ApiToken" t LEFT JOIN "User" u ON u."id" = t."createdById"`;

export async function insertApiToken(executor: Executor, token: NewApiToken): Promise<void> {
  await executor.query(
    `INSERT INTO "ApiToken" ("id", "name", "role", "tokenHash", "prefix", "createdById", "expiresAt") VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [token.id, token.name, token.role, token.tokenHash, token.prefix, token.createdById, token.expiresAt],
  );
}

/** All tokens, newest first. */
export async function findApiTokens(): Promise<ApiTokenRow[]> {
  const { rows } = await database().pool.query<ApiTokenRow>(`${SELECT} ORDER BY t."createdAt" DESC, t."id"`);
  return rows;
}

export async function findApiToken(executor: Executor, id: string): Promise<ApiTokenRow | null> {
  const { rows } = await executor.query<ApiTokenRow>(`${SELECT} WHERE t."id" = $1`, [id]);
  return rows[0] ?? null;
}

/** The token with this hash if it counts now: not revoked, not expired, not made by somebody who was disabled. */
export async function findUsableApiToken(tokenHash: string): Promise<ApiTokenRow | null> {
  const { rows } = await database().pool.query<ApiTokenRow>(
    `${SELECT} WHERE t."tokenHash" = $1 AND t."revokedAt" IS NULL AND (t."expiresAt" IS NULL OR t."expiresAt" > now())
       AND u."disabledAt" IS NULL`,
    [tokenHash],
  );
  return rows[0] ?? null;
}

/** Written at most once a minute for each token. */
export async function touchApiToken(id: string): Promise<void> {
  await database().pool.query(
    `UPDATE "ApiToken" SET "lastUsedAt" = now() WHERE "id" = $1 AND ("lastUsedAt" IS NULL OR "lastUsedAt" < now() - interval '1 minute')`,
    [id],
  );
}

/** Answers false when there is no such token or it was revoked before. */
export async function revokeApiTokenRow(executor: Executor, id: string): Promise<boolean> {
  const { rowCount } = await executor.query(`UPDATE "ApiToken" SET "revokedAt" = now() WHERE "id" = $1 AND "revokedAt" IS NULL`, [id]);
  return rowCount === 1;
}
