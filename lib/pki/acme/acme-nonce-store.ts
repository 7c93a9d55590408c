import type { Executor } from "@/lib/db/database";

/** Answers whether this was the first time; of several at once only one hears so. */
export async function useNonce(executor: Executor, id: string, expiresAt: Date): Promise<boolean> {
  const { rowCount } = await executor.query(`INSERT INTO "AcmeNonce" ("id", "expiresAt") VALUES ($1, $2) ON CONFLICT DO NOTHING`, [id, expiresAt]);
  return rowCount === 1;
}
