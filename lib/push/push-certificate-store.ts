import { TEST_TOPIC } from "@/lib/contracts/words";
import { database, type Executor } from "@/lib/db/database";

export interface PushCertificateRow {
  id: string;
  topic: string;
  fingerprint: string;
  subject: string;
  issuer: string;
  serialNumber: string;
  notBefore: Date;
  notAfter: Date;
  appleAccount: string | null;
  createdAt: Date;
  createdBy: string;
  replacedAt: Date | null;
  /** Live device enrollments of this topic. */
  enrollments: number;
}

export interface NewPushCertificate {
  id: string;
  topic: string;
  fingerprint: string;
  subject: string;
  issuer: string;
  serialNumber: string;
  certificate: Buffer;
  chainPem: string;
  privateKeySealed: Buffer;
  notBefore: Date;
  notAfter: Date;
  appleAccount: string | null;
  createdBy: string;
}

/** A certificate to push with. */
export interface ActivePushCertificate {
  id: string;
  topic: string;
  fingerprint: string;
  certificate: Buffer;
  chainPem: string;
  privateKeySealed: Buffer;
  notAfter: Date;
}

const LIVE = `"state" <> 'ended' AND "channel" = 'device'`;
const LISTED = `SELECT "id", "topic", "fingerprint", "subject", "issuer", "serialNumber", "notBefore", "notAfter", "appleAccount",
  "createdAt", "createdBy", "replacedAt",
  (SELECT count(*)::int FROM "Enrollment" e WHERE e."topic" = c."topic" AND ${LIVE}) AS "enrollments" FROM "PushCertificate" c`;

/** Newest first. */
export async function findPushCertificates(): Promise<PushCertificateRow[]> {
  const { rows } = await database().pool.query<PushCertificateRow>(`${LISTED} ORDER BY "createdAt" DESC, "id"`);
  return rows;
}

/** Takes the place of earlier certificates of its topic. Throws a unique violation when it is here already. */
export async function insertPushCertificate(tx: Executor, certificate: NewPushCertificate): Promise<PushCertificateRow> {
  const { id, topic, appleAccount, createdBy } = certificate;
  await tx.query(`UPDATE "PushCertificate" SET "replacedAt" = now() WHERE "topic" = $1 AND "replacedAt" IS NULL`, [topic]);
  await tx.query(
    `INSERT INTO "PushCertificate" ("id", "topic", "fingerprint", "subject", "issuer", "serialNumber", "certificate", "chainPem",
       "privateKeySealed", "notBefore", "notAfter", "appleAccount", "createdBy")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [id, topic, certificate.fingerprint, certificate.subject, certificate.issuer, certificate.serialNumber, certificate.certificate,
      certificate.chainPem, certificate.privateKeySealed, certificate.notBefore, certificate.notAfter, appleAccount, createdBy],
  );
  const { rows } = await tx.query<PushCertificateRow>(`${LISTED} WHERE "id" = $1`, [id]);
  const [made] = rows;
  if (made === undefined) throw new Error("the push certificate vanished while it was stored");
  return made;
}

/** Uploads happen one after the other until the surrounding transaction ends. */
export async function lockPushCertificates(tx: Executor): Promise<void> {
  await tx.query(`LOCK TABLE "PushCertificate" IN SHARE ROW EXCLUSIVE MODE`);
}

/** Live device enrollments by topic, most first; without the test topic. */
export async function countLiveByTopic(tx: Executor): Promise<{ topic: string; enrollments: number }[]> {
  const { rows } = await tx.query<{ topic: string; enrollments: number }>(
    `SELECT "topic", count(*)::int AS "enrollments" FROM "Enrollment" WHERE ${LIVE} AND "topic" <> $1
     GROUP BY "topic" ORDER BY count(*) DESC, "topic"`,
    [TEST_TOPIC],
  );
  return rows;
}

/** The topic that came last; renewals do not count. Null when there is none. */
export async function newestTopic(executor: Executor): Promise<string | null> {
  const { rows } = await executor.query<{ topic: string }>(
    `SELECT "topic" FROM "PushCertificate" GROUP BY "topic" ORDER BY min("createdAt") DESC, "topic" LIMIT 1`,
  );
  return rows[0]?.topic ?? null;
}

/** The Apple Account noted last at this topic. */
export async function findAppleAccount(tx: Executor, topic: string): Promise<string | null> {
  const { rows } = await tx.query<{ appleAccount: string }>(
    `SELECT "appleAccount" FROM "PushCertificate" WHERE "topic" = $1 AND "appleAccount" IS NOT NULL ORDER BY "createdAt" DESC LIMIT 1`,
    [topic],
  );
  return rows[0]?.appleAccount ?? null;
}

/** Null when there is no such certificate. */
export async function findPushCertificate(tx: Executor, id: string): Promise<PushCertificateRow | null> {
  const { rows } = await tx.query<PushCertificateRow>(`${LISTED} WHERE "id" = $1`, [id]);
  return rows[0] ?? null;
}

/** True when this very certificate is here. */
export async function hasPushCertificate(fingerprint: string): Promise<boolean> {
  const { rows } = await database().pool.query(`SELECT 1 FROM "PushCertificate" WHERE "fingerprint" = $1`, [fingerprint]);
  return rows.length > 0;
}

/** Removes every certificate of a topic, with their keys. */
export async function deleteTopic(tx: Executor, topic: string): Promise<void> {
  await tx.query(`DELETE FROM "PushCertificate" WHERE "topic" = $1`, [topic]);
}

/** The newest certificate of each topic that is in use. */
export async function findActivePushCertificates(): Promise<ActivePushCertificate[]> {
  const { rows } = await database().pool.query<ActivePushCertificate>(
    `SELECT DISTINCT ON ("topic") "id", "topic", "fingerprint", "certificate", "chainPem", "privateKeySealed", "notAfter"
     FROM "PushCertificate" WHERE "replacedAt" IS NULL ORDER BY "topic", "createdAt" DESC`,
  );
  return rows;
}
