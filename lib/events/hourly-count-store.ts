import { database } from "@/lib/db/database";

/** What is counted by the hour. */
export type HourlyKind = "check-in" | "push-accepted" | "push-failed";

export interface HourRow {
  hour: Date;
  kind: HourlyKind;
  count: number;
}

/** Adds to the hours, in one order for all nodes so that none waits for another in a circle. */
export async function addToHours(counts: readonly HourRow[]): Promise<void> {
  await database().pool.query(
    `INSERT INTO "HourlyCount" ("hour","kind","count") SELECT * FROM unnest($1::timestamptz[],$2::text[],$3::bigint[]) AS c(h,k,n) ORDER BY h, k
     ON CONFLICT ("hour","kind") DO UPDATE SET "count" = "HourlyCount"."count" + EXCLUDED."count"`,
    [counts.map(({ hour }) => hour), counts.map(({ kind }) => kind), counts.map(({ count }) => count)],
  );
}

/** The hours since then that anything was counted in, oldest first. */
export async function listHours(since: Date): Promise<HourRow[]> {
  const { rows } = await database().pool.query<HourRow>(`SELECT "hour","kind","count"::int AS "count" FROM "HourlyCount" WHERE "hour" >= $1 ORDER BY "hour"`, [since]);
  return rows;
}
