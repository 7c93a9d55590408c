import type { Role } from "@/lib/contracts/words";
import { database, type Executor } from "@/lib/db/database";

export interface UserRow {
  id: string;
  email: string;
  name: string;
  role: Role;
  /** Null until one was chosen. */
  passwordHash: string | null;
  sessionVersion: number;
  disabledAt: Date | null;
}

export interface NewUser {
  id: string;
  email: string;
  name: string;
  role: Role;
  passwordHash: string | null;
}

const SELECT = `SELECT "id", "email", "name", "role", "passwordHash", "sessionVersion", "disabledAt" FROM "User"`;

export async function findUser(id: string): Promise<UserRow | null> {
  const { rows } = await database().pool.query<UserRow>(`${SELECT} WHERE "id" = $1`, [id]);
  return rows[0] ?? null;
}

/** E-mail addresses are kept in lower case. */
export async function findUserByEmail(email: string): Promise<UserRow | null> {
  const { rows } = await database().pool.query<UserRow>(`${SELECT} WHERE "email" = $1`, [email]);
  return rows[0] ?? null;
}

export async function hasUsers(executor: Executor): Promise<boolean> {
  const { rows } = await executor.query<{ any: boolean }>(`SELECT EXISTS (SELECT FROM "User") AS "any"`);
  return rows[0]?.any === true;
}

export async function insertUser(executor: Executor, user: NewUser): Promise<void> {
  await executor.query(`INSERT INTO "User" ("id", "email", "name", "role", "passwordHash") VALUES ($1, $2, $3, $4, $5)`, [
    user.id,
    user.email,
    user.name,
    user.role,
    user.passwordHash,
  ]);
}

export async function noteSignIn(executor: Executor, id: string): Promise<void> {
  await executor.query(`UPDATE "User" SET "lastSignInAt" = now() WHERE "id" = $1`, [id]);
}
