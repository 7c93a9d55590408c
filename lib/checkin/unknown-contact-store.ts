import { createHash, randomUUID } from "node:crypto";
import { database } from "@/lib/db/database";

/** A stranger can make as many records as he likes; this many are kept. */
const MAX_RECORDS = 10_000;

export interface UnknownContactRow {
  id: string;
  reason: string;
  claimedKey: string | null;
  serialNumber: string | null;
  fingerprint: string | null;
  subject: string | null;
  messageType: string | null;
  remoteAddress: string;
  userAgent: string | null;
  count: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
}

export type Stranger = Omit<UnknownContactRow, "id" | "count" | "firstSeenAt" | "lastSeenAt">;

/** Counts a stranger who was seen before, lists a new one while there is room. Answers whether it is a new one. */
export async function noteUnknownContact(stranger: Stranger): Promise<boolean> {
  const key = createHash("sha256").update(JSON.stringify([stranger.reason, stranger.fingerprint, stranger.claimedKey, stranger.fingerprint === null ? stranger.remoteAddress : null])).digest("hex");
  const cut = (text: string | null, length: number) => text?.replaceAll("\0", "").slice(0, length) ?? null;
  const { rows } = await database().pool.query<{ count: number }>(
    `INSERT INTO "UnknownContact" ("id","key","reason","claimedKey","serialNumber","fingerprint","subject","messageType","remoteAddress","userAgent")
     SELECT $1,$2,$3,$4,$5,$6,$7,$8,$9,$10
     WHERE EXISTS (SELECT 1 FROM "UnknownContact" WHERE "key" = $2) OR (SELECT count(*) FROM "UnknownContact") < ${MAX_RECORDS}
     ON CONFLICT ("key") DO UPDATE SET "count" = "UnknownContact"."count" + 1, "lastSeenAt" = now(),
       "remoteAddress" = EXCLUDED."remoteAddress", "userAgent" = EXCLUDED."userAgent"
     RETURNING "count"`,
    [randomUUID(), key, stranger.reason, cut(stranger.claimedKey, 300), cut(stranger.serialNumber, 100), stranger.fingerprint, cut(stranger.subject, 300),
      cut(stranger.messageType, 100), stranger.remoteAddress, cut(stranger.userAgent, 300)],
  );
  return rows[0]?.count === 1;
}

/** Latest first, below the cursor. */
export async function listUnknownContactRows(before: { at: Date; id: string } | null, limit: number): Promise<UnknownContactRow[]> {
  const { rows } = await database().pool.query<UnknownContactRow>(
    `SELECT * FROM "UnknownContact" WHERE ($1::timestamptz IS NULL OR ("lastSeenAt","id") < ($1,$2::uuid)) ORDER BY "lastSeenAt" DESC, "id" DESC LIMIT $3`,
    [before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
}

export async function countUnknownContacts(): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM "UnknownContact"`);
  return rows[0]?.total ?? 0;
}
