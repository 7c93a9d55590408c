import { createHash, randomUUID } from "node:crypto";
import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";

/** A stranger can make as many records as he likes; this many are kept. */
const MAX_RECORDS = 10_000;

/** Who was refused, with what he has proved and what he only claims. */
export interface Stranger {
  reason: string;
  /** The channel he claims to be. */
  claimedKey: string | null;
  /** The device behind it, without a user. */
  deviceKey: string | null;
  deviceKeyKind: "udid" | "enrollment-id" | null;
  serialNumber: string | null;
  topic: string | null;
  /** Of the certificate he has proved to hold, as `certificate` is its DER. */
  fingerprint: string | null;
  subject: string | null;
  certificate: Buffer | null;
  /** Whose certificate that is, where it is another's. */
  boundKey: string | null;
  boundSerial: string | null;
  messageType: string | null;
  remoteAddress: string;
  userAgent: string | null;
}

export interface UnknownContactRow extends Stranger {
  id: string;
  count: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
  adoptedAt: Date | null;
  adoptedBy: string | null;
}

/** A certificate of a device is far smaller. */
const LARGEST_CERTIFICATE = 16_384;

/** Counts a stranger who was seen before, lists a new one while there is room. Answers whether it is a new one. */
export async function noteUnknownContact(stranger: Stranger): Promise<boolean> {
  const key = createHash("sha256").update(JSON.stringify([stranger.reason, stranger.fingerprint, stranger.claimedKey, stranger.fingerprint === null ? stranger.remoteAddress : null])).digest("hex");
  const cut = (text: string | null, length: number) => text?.replaceAll("\0", "").slice(0, length) ?? null;
  const certificate = stranger.certificate !== null && stranger.certificate.length <= LARGEST_CERTIFICATE ? stranger.certificate : null;
  const { rows } = await database().pool.query<{ count: number }>(
    `INSERT INTO "UnknownContact" ("id","key","reason","claimedKey","serialNumber","fingerprint","subject","messageType","remoteAddress","userAgent",
       "deviceKey","deviceKeyKind","topic","certificate","boundKey","boundSerial")
     SELECT $1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16
     WHERE EXISTS (SELECT 1 FROM "UnknownContact" WHERE "key" = $2) OR (SELECT count(*) FROM "UnknownContact") < ${MAX_RECORDS}
     ON CONFLICT ("key") DO UPDATE SET "count" = "UnknownContact"."count" + 1, "lastSeenAt" = now(),
       "remoteAddress" = EXCLUDED."remoteAddress", "userAgent" = EXCLUDED."userAgent", "topic" = COALESCE(EXCLUDED."topic","UnknownContact"."topic"),
       "serialNumber" = COALESCE(EXCLUDED."serialNumber","UnknownContact"."serialNumber")
     RETURNING "count"`,
    [randomUUID(), key, stranger.reason, cut(stranger.claimedKey, 300), cut(stranger.serialNumber, 100), stranger.fingerprint, cut(stranger.subject, 300),
      cut(stranger.messageType, 100), stranger.remoteAddress, cut(stranger.userAgent, 300), cut(stranger.deviceKey, 300), stranger.deviceKeyKind,
      cut(stranger.topic, 300), certificate, cut(stranger.boundKey, 300), cut(stranger.boundSerial, 100)],
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

/** Locked; null when there is none. */
export async function lockUnknownContact(tx: Executor, id: string): Promise<UnknownContactRow | null> {
  const { rows } = await tx.query<UnknownContactRow>(`SELECT * FROM "UnknownContact" WHERE "id" = $1 FOR UPDATE`, [id]);
  return rows[0] ?? null;
}

export async function saveAdoption(tx: Executor, id: string, adoptedBy: string): Promise<UnknownContactRow> {
  const { rows } = await tx.query<UnknownContactRow>(`UPDATE "UnknownContact" SET "adoptedAt" = now(), "adoptedBy" = $2 WHERE "id" = $1 RETURNING *`, [id, adoptedBy]);
  const [row] = rows;
  if (row === undefined) throw new Error("a locked contact is gone");
  return row;
}
