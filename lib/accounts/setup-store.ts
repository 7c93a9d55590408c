import type { Executor } from "@/lib/db/database";

/** Two nodes, or two people with the link, must not both make a first owner. Held until the transaction ends. */
export async function lockSetup(tx: Executor): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('muster first owner'))`);
}

export async function insertSetupToken(executor: Executor, tokenHash: string, expiresAt: Date): Promise<void> {
  await executor.query(`DELETE FROM "SetupToken" WHERE "expiresAt" < now()`);
  await executor.query(`INSERT INTO "SetupToken" ("tokenHash", "expiresAt") VALUES ($1, $2)`, [tokenHash, expiresAt]);
}

export async function isSetupTokenUsable(executor: Executor, tokenHash: string): Promise<boolean> {
  const { rows } = await executor.query(`SELECT FROM "SetupToken" WHERE "tokenHash" = $1 AND "usedAt" IS NULL AND "expiresAt" > now()`, [tokenHash]);
  return rows.length > 0;
}

/** Marks the token as used. Answers false when there is no such token, or it was used or has expired. */
export async function useSetupToken(executor: Executor, tokenHash: string): Promise<boolean> {
  const { rowCount } = await executor.query(
    `UPDATE "SetupToken" SET "usedAt" = now() WHERE "tokenHash" = $1 AND "usedAt" IS NULL AND "expiresAt" > now()`,
    [tokenHash],
  );
  return rowCount === 1;
}
