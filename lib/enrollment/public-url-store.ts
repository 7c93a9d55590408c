import type { Executor } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";

/** The setting "public-url". */
export interface PublicUrlRecord {
  /** Every address that stands in a profile handed out so far. */
  urls: string[];
  /** The other address that has last been told of; null when there is nothing to tell. */
  announced: string | null;
}

/** Adds an address to those that profiles were made with; says nothing when it is known. */
export async function rememberPublicUrl(executor: Executor, url: string): Promise<void> {
  await executor.query(
    `INSERT INTO "Setting" ("key","value","updatedAt") VALUES ('public-url', $1::jsonb, now())
     ON CONFLICT ("key") DO UPDATE SET "value" = jsonb_set("Setting"."value", '{urls}', ("Setting"."value"->'urls') || to_jsonb($2::text)), "updatedAt" = now()
     WHERE NOT ("Setting"."value"->'urls') ? $2::text`,
    [toJsonb({ urls: [url], announced: null } satisfies PublicUrlRecord), url],
  );
}

/** Null before the first profile. */
export async function readPublicUrls(executor: Executor): Promise<PublicUrlRecord | null> {
  const { rows } = await executor.query<{ value: PublicUrlRecord }>(`SELECT "value" FROM "Setting" WHERE "key" = 'public-url'`);
  return rows[0]?.value ?? null;
}

/** Answers whether that is news. */
export async function announcePublicUrl(executor: Executor, announced: string | null): Promise<boolean> {
  const { rowCount } = await executor.query(
    `UPDATE "Setting" SET "value" = jsonb_set("value", '{announced}', $1::jsonb), "updatedAt" = now() WHERE "key" = 'public-url' AND "value"->'announced' <> $1::jsonb`,
    [toJsonb(announced)],
  );
  return rowCount === 1;
}
