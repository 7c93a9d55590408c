import { database } from "@/lib/db/database";

/** Counts this try for every key and answers how many each has had in the window, this one included. */
export async function countTry(keys: readonly string[], windowMinutes: number): Promise<Map<string, number>> {
  const { pool } = database();
  await pool.query(`DELETE FROM "SignInFailure" WHERE "at" < now() - interval '1 day'`);
  await pool.query(`INSERT INTO "SignInFailure" ("key") SELECT unnest($1::text[])`, [keys]);
  const { rows } = await pool.query<{ key: string; count: string }>(
    `SELECT "key", count(*) AS "count" FROM "SignInFailure"
     WHERE "key" = ANY($1) AND "at" > now() - make_interval(mins => $2) GROUP BY "key"`,
    [keys, windowMinutes],
  );
  return new Map(rows.map((row) => [row.key, Number(row.count)]));
}

/** Takes back the newest try of each key: it was not a failure. */
export async function uncountTry(keys: readonly string[]): Promise<void> {
  await database().pool.query(
    `DELETE FROM "SignInFailure" WHERE "id" IN (SELECT max("id") FROM "SignInFailure" WHERE "key" = ANY($1) GROUP BY "key")`,
    [keys],
  );
}

/** Forgets every failure of a key. */
export async function forgetFailures(key: string): Promise<void> {
  await database().pool.query(`DELETE FROM "SignInFailure" WHERE "key" = $1`, [key]);
}
