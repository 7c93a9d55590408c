import { database, type Executor } from "./database";
import { toJsonb } from "./jsonb";

/** The value kept under this key; null when there is none. */
export async function readSetting(key: string): Promise<unknown> {
  const { rows } = await database().pool.query<{ value: unknown }>(`SELECT "value" FROM "Setting" WHERE "key" = $1`, [key]);
  return rows[0]?.value ?? null;
}

export async function writeSetting(executor: Executor, key: string, value: unknown): Promise<void> {
  await executor.query(
    `INSERT INTO "Setting" ("key","value","updatedAt") VALUES ($1,$2::jsonb,now())
     ON CONFLICT ("key") DO UPDATE SET "value" = EXCLUDED."value", "updatedAt" = now()`,
    [key, toJsonb(value)],
  );
}
