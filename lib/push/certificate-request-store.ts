import { database, type Executor } from "@/lib/db/database";

export interface CertificateRequestRow {
  id: string;
  topic: string | null;
  /** Noted at the certificate of that topic. */
  appleAccount: string | null;
  csr: Buffer;
  publicKeyHash: string;
  privateKeySealed: Buffer;
  encryptionCertificate: Buffer;
  encryptionKeySealed: Buffer;
  createdAt: Date;
  createdBy: string;
  portalFile: string | null;
  signedBy: string | null;
  signer: string | null;
  signedAt: Date | null;
}

export interface NewCertificateRequest {
  id: string;
  topic: string | null;
  csr: Buffer;
  publicKeyHash: string;
  privateKeySealed: Buffer;
  encryptionCertificate: Buffer;
  encryptionKeySealed: Buffer;
  createdBy: string;
}

export interface RequestSignature {
  portalFile: string;
  signedBy: "vendor" | "service";
  signer: string;
}

const LISTED = `SELECT r.*, (SELECT c."appleAccount" FROM "PushCertificate" c WHERE c."topic" = r."topic" AND c."appleAccount" IS NOT NULL
  ORDER BY c."createdAt" DESC LIMIT 1) AS "appleAccount" FROM "PushCertificateRequest" r`;

/** Newest first. */
export async function findCertificateRequests(): Promise<CertificateRequestRow[]> {
  const { rows } = await database().pool.query<CertificateRequestRow>(`${LISTED} ORDER BY r."createdAt" DESC, r."id"`);
  return rows;
}

/** Null when there is none. */
export async function findCertificateRequest(executor: Executor, id: string): Promise<CertificateRequestRow | null> {
  const { rows } = await executor.query<CertificateRequestRow>(`${LISTED} WHERE r."id" = $1`, [id]);
  return rows[0] ?? null;
}

export async function insertCertificateRequest(tx: Executor, request: NewCertificateRequest): Promise<void> {
  await tx.query(
    `INSERT INTO "PushCertificateRequest" ("id", "topic", "csr", "publicKeyHash", "privateKeySealed", "encryptionCertificate", "encryptionKeySealed", "createdBy")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [request.id, request.topic, request.csr, request.publicKeyHash, request.privateKeySealed, request.encryptionCertificate, request.encryptionKeySealed, request.createdBy],
  );
}

/** False when the request is gone. */
export async function writeSignature(tx: Executor, id: string, { portalFile, signedBy, signer }: RequestSignature): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE "PushCertificateRequest" SET "portalFile" = $2, "signedBy" = $3, "signer" = $4, "signedAt" = now() WHERE "id" = $1`,
    [id, portalFile, signedBy, signer],
  );
  return rowCount === 1;
}

/** False when there was none. */
export async function deleteCertificateRequest(tx: Executor, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(`DELETE FROM "PushCertificateRequest" WHERE "id" = $1`, [id]);
  return rowCount === 1;
}

/** The request whose key has become a certificate is done. */
export async function deleteRequestOfKey(tx: Executor, publicKeyHash: string): Promise<void> {
  await tx.query(`DELETE FROM "PushCertificateRequest" WHERE "publicKeyHash" = $1`, [publicKeyHash]);
}
