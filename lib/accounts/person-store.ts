import type { Role } from "@/lib/contracts/words";
import { database, type Executor } from "@/lib/db/database";

export interface PersonRow {
  id: string;
  email: string;
  name: string;
  role: Role;
  hasPassword: boolean;
  createdAt: Date;
  lastSignInAt: Date | null;
  disabledAt: Date | null;
}

const COLUMNS = `"id", "email", "name", "role", "passwordHash" IS NOT NULL AS "hasPassword", "createdAt", "lastSignInAt", "disabledAt"`;

/** By name; those who may no longer sign in come last. */
export async function listPersonRows(): Promise<PersonRow[]> {
  const { rows } = await database().pool.query<PersonRow>(`SELECT ${COLUMNS} FROM "User" ORDER BY "disabledAt" IS NOT NULL, lower("name"), "id"`);
  return rows;
}

/** Null when there is no such person. */
export async function lockPerson(tx: Executor, id: string): Promise<PersonRow | null> {
  const { rows } = await tx.query<PersonRow>(`SELECT ${COLUMNS} FROM "User" WHERE "id" = $1 FOR UPDATE`, [id]);
  return rows[0] ?? null;
}

export interface PersonChange {
  name: string;
  role: Role;
  disabledAt: Date | null;
}

export async function updatePerson(tx: Executor, id: string, change: PersonChange): Promise<PersonRow | null> {
  const { rows } = await tx.query<PersonRow>(
    `UPDATE "User" SET "name" = $2, "role" = $3, "disabledAt" = $4, "sessionVersion" = "sessionVersion" + ($4::timestamptz IS NOT NULL)::int
     WHERE "id" = $1 RETURNING ${COLUMNS}`,
    [id, change.name, change.role, change.disabledAt],
  );
  return rows[0] ?? null;
}

/** Owners who can sign in, locked so that two changes at once cannot leave nobody. Taken before any other lock on people. */
export async function lockActiveOwners(tx: Executor): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT "id" FROM "User" WHERE "role" = 'owner' AND "disabledAt" IS NULL AND "passwordHash" IS NOT NULL ORDER BY "id" FOR UPDATE`,
  );
  return rows.map((row) => row.id);
}

/** Ends every session of the person. */
export async function setPassword(tx: Executor, id: string, passwordHash: string): Promise<void> {
  await tx.query(`UPDATE "User" SET "passwordHash" = $2, "sessionVersion" = "sessionVersion" + 1 WHERE "id" = $1`, [id, passwordHash]);
}

/** Links made before for the same person no longer count. */
export async function insertPasswordLink(tx: Executor, link: { tokenHash: string; userId: string; expiresAt: Date }): Promise<void> {
  await tx.query(`DELETE FROM "PasswordLink" WHERE "userId" = $1 OR "expiresAt" < now()`, [link.userId]);
  await tx.query(`INSERT INTO "PasswordLink" ("tokenHash", "userId", "expiresAt") VALUES ($1, $2, $3)`, [link.tokenHash, link.userId, link.expiresAt]);
}

const USABLE = `l."usedAt" IS NULL AND l."expiresAt" > now() AND u."disabledAt" IS NULL`;

/** Whose password a link is for; null when it does not count, or no longer. */
export async function ownerOfPasswordLink(executor: Executor, tokenHash: string): Promise<{ id: string; email: string; name: string } | null> {
  const { rows } = await executor.query<{ id: string; email: string; name: string }>(
    `SELECT u."id", u."email", u."name" FROM "PasswordLink" l JOIN "User" u ON u."id" = l."userId" WHERE l."tokenHash" = $1 AND ${USABLE}`,
    [tokenHash],
  );
  return rows[0] ?? null;
}

/** Marks the link as used. Null when it does not count, or no longer. */
export async function usePasswordLink(tx: Executor, tokenHash: string): Promise<{ id: string; email: string } | null> {
  const { rows } = await tx.query<{ id: string; email: string }>(
    `UPDATE "PasswordLink" l SET "usedAt" = now() FROM "User" u WHERE l."tokenHash" = $1 AND u."id" = l."userId" AND ${USABLE} RETURNING u."id", u."email"`,
    [tokenHash],
  );
  return rows[0] ?? null;
}
