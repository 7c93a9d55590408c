import type { AttestedHardware } from "@/lib/contracts/identities";
import type { IdentityKind } from "@/lib/contracts/words";
import type { Certificate } from "@/lib/crypto/certificate";
import { database, type Executor } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";
import type { ChallengePurpose } from "./challenge-store";
import { renewalDue } from "./renewal-due";

/** What was issued by a challenge to a key. */
export interface IssuedRow {
  certificate: Buffer;
  revokedAt: Date | null;
}

export async function findIssued(tx: Executor, challengeId: string, publicKeyHash: string): Promise<IssuedRow | null> {
  const { rows } = await tx.query<IssuedRow>(
    `SELECT "certificate", "revokedAt" FROM "Identity" WHERE "challengeId" = $1 AND "publicKeyHash" = $2`,
    [challengeId, publicKeyHash],
  );
  return rows[0] ?? null;
}

/** Has this key a certificate by another secret? A key belongs to one enrollment of one device. */
export async function isKeyOfAnother(tx: Executor, challengeId: string, publicKeyHash: string): Promise<boolean> {
  const { rowCount } = await tx.query(`SELECT 1 FROM "Identity" WHERE "publicKeyHash" = $2 AND "challengeId" IS DISTINCT FROM $1::uuid LIMIT 1`, [challengeId, publicKeyHash]);
  return rowCount !== 0;
}

export async function insertIdentity(
  tx: Executor,
  certificate: Certificate,
  from: {
    kind: IdentityKind; authorityId: string; challengeId: string | null; linkId: string | null; topic: string; renewsEnrollmentId: string | null;
    boundSerial: string | null; boundUdid: string | null; attestation: AttestedHardware | null; purpose: ChallengePurpose;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO "Identity" ("fingerprint", "serialNumber", "subject", "certificate", "publicKeyHash", "notBefore", "notAfter",
       "kind", "authorityId", "challengeId", "linkId", "topic", "renewsEnrollmentId", "boundSerial", "boundUdid", "attestation", "renewAt", "purpose")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::jsonb, $17, $18)`,
    [
      certificate.fingerprint,
      certificate.serialNumber,
      certificate.subject,
      certificate.der,
      certificate.publicKeyHash,
      certificate.notBefore,
      certificate.notAfter,
      from.kind,
      from.authorityId,
      from.challengeId,
      from.linkId,
      from.topic,
      from.renewsEnrollmentId,
      from.boundSerial,
      from.boundUdid,
      from.attestation === null ? null : toJsonb(from.attestation),
      renewalDue(certificate),
      from.purpose,
    ],
  );
}

export interface KnownIdentityRow {
  enrollmentId: string | null;
  linkId: string | null;
  boundUdid: string | null;
  revokedAt: Date | null;
}

/** Locked; null when no certificate of this fingerprint is on record. */
export async function lockIdentity(tx: Executor, fingerprint: string): Promise<KnownIdentityRow | null> {
  const { rows } = await tx.query<KnownIdentityRow>(`SELECT "enrollmentId","linkId","boundUdid","revokedAt" FROM "Identity" WHERE "fingerprint" = $1 FOR UPDATE`, [fingerprint]);
  return rows[0] ?? null;
}

/** Records a certificate that was not issued here, or of which no record was left, by its fingerprint alone. */
export async function pinIdentity(tx: Executor, certificate: Certificate, topic: string): Promise<void> {
  const { fingerprint, subject, der, publicKeyHash, notBefore, notAfter } = certificate;
  // Serial numbers of another authority may be the same as ours.
  await tx.query(
    `INSERT INTO "Identity" ("fingerprint", "serialNumber", "subject", "certificate", "publicKeyHash", "notBefore", "notAfter", "topic")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [fingerprint, `adopted:${fingerprint}`, subject, der, publicKeyHash, notBefore, notAfter, topic],
  );
}

/**
 * Does a record vouch for this very certificate, though no authority in use does? So it is with one that was pinned, and
 * with one that a device has shown before its authority was retired: it comes back with a backup of that time.
 */
export async function isOnRecord(fingerprint: string): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    `SELECT 1 FROM "Identity" i LEFT JOIN "ServerCertificate" a ON a."id" = i."authorityId"
     WHERE i."fingerprint" = $1 AND (i."authorityId" IS NULL OR (a."retiredAt" IS NOT NULL AND i."enrollmentId" IS NOT NULL))`,
    [fingerprint],
  );
  return (rowCount ?? 0) > 0;
}

/** A life that goes on with an identity that another had followed, or whose authority is retired, needs the next one soon. */
export async function renewRestored(tx: Executor, enrollmentId: string): Promise<void> {
  await tx.query(
    `UPDATE "Identity" i SET "renewAt" = CASE WHEN a."retiredAt" IS NULL THEN COALESCE(i."renewAt", now()) ELSE now() END
     FROM "Enrollment" e, "ServerCertificate" a WHERE e."id" = $1 AND i."fingerprint" = e."identityFingerprint" AND a."id" = i."authorityId" AND i."linkId" IS NOT NULL`,
    [enrollmentId],
  );
}

/** An identity with the life it is bound to, which is locked until the transaction ends. */
export interface PresentedRow {
  kind: IdentityKind;
  notBefore: Date;
  notAfter: Date;
  revokedAt: Date | null;
  challengeId: string | null;
  linkId: string | null;
  topic: string;
  boundSerial: string | null;
  boundUdid: string | null;
  createdAt: Date;
  enrollmentId: string;
  deviceId: string;
  isCurrent: boolean;
}

/** Null when it is bound to no life, or to one that has ended. */
export async function lockPresented(tx: Executor, fingerprint: string): Promise<PresentedRow | null> {
  const { rows } = await tx.query<PresentedRow>(
    `SELECT i.*, e."deviceId", COALESCE(i."fingerprint" IN (e."identityFingerprint", e."pendingFingerprint"), false) AS "isCurrent"
     FROM "Identity" i JOIN "Enrollment" e ON e."id" = i."enrollmentId" WHERE i."fingerprint" = $1 AND e."state" = 'enrolled' FOR UPDATE OF e`,
    [fingerprint],
  );
  return rows[0] ?? null;
}

/** What the same life was issued later; null when there is nothing. */
export async function findSuccessor(tx: Executor, enrollmentId: string, after: Date): Promise<{ certificate: Buffer; publicKeyHash: string } | null> {
  const { rows } = await tx.query<{ certificate: Buffer; publicKeyHash: string }>(
    `SELECT "certificate", "publicKeyHash" FROM "Identity" WHERE "renewsEnrollmentId" = $1 AND "createdAt" > $2 AND "revokedAt" IS NULL ORDER BY "createdAt" DESC LIMIT 1`,
    [enrollmentId, after],
  );
  return rows[0] ?? null;
}

/** The device may speak with it at once; it takes over at the next TokenUpdate. */
export async function bindAsPending(tx: Executor, fingerprint: string, enrollmentId: string): Promise<void> {
  await tx.query(`UPDATE "Identity" SET "enrollmentId" = $2 WHERE "fingerprint" = $1`, [fingerprint, enrollmentId]);
  await tx.query(`UPDATE "Enrollment" SET "pendingFingerprint" = $2 WHERE "id" = $1`, [enrollmentId, fingerprint]);
}

/** What a certificate of ours is for, and whom. */
export interface IdentityUse {
  purpose: ChallengePurpose;
  challengeId: string | null;
  linkId: string | null;
  boundSerial: string | null;
  boundUdid: string | null;
  revokedAt: Date | null;
  /** Who signed in on the device to get it (account-driven enrollment); null otherwise. */
  account: string | null;
}

/** Null when it was never issued here. */
export async function readIdentityUse(executor: Executor, fingerprint: string): Promise<IdentityUse | null> {
  const { rows } = await executor.query<IdentityUse>(
    `SELECT i."purpose", i."challengeId", i."linkId", i."boundSerial", i."boundUdid", i."revokedAt", c."terms"->'account'->>'managedAppleAccount' AS "account"
     FROM "Identity" i LEFT JOIN "ScepChallenge" c ON c."id" = i."challengeId" WHERE i."fingerprint" = $1`,
    [fingerprint],
  );
  return rows[0] ?? null;
}
