import { database, type Executor } from "@/lib/db/database";

export interface VendorCertificateRow {
  id: string;
  fingerprint: string;
  subject: string;
  issuer: string;
  serialNumber: string;
  chainPem: string;
  privateKeySealed: Buffer;
  notBefore: Date;
  notAfter: Date;
  createdAt: Date;
  createdBy: string;
}

/** Null when there is none. */
export async function findVendorCertificate(): Promise<VendorCertificateRow | null> {
  const { rows } = await database().pool.query<VendorCertificateRow>(`SELECT * FROM "VendorCertificate" ORDER BY "createdAt" DESC LIMIT 1`);
  return rows[0] ?? null;
}

/** Takes the place of the one before. */
export async function replaceVendorCertificate(tx: Executor, row: Omit<VendorCertificateRow, "createdAt">): Promise<void> {
  await tx.query(`LOCK TABLE "VendorCertificate" IN SHARE ROW EXCLUSIVE MODE`);
  await deleteVendorCertificate(tx);
  await tx.query(
    `INSERT INTO "VendorCertificate" ("id", "fingerprint", "subject", "issuer", "serialNumber", "chainPem", "privateKeySealed", "notBefore", "notAfter", "createdBy")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [row.id, row.fingerprint, row.subject, row.issuer, row.serialNumber, row.chainPem, row.privateKeySealed, row.notBefore, row.notAfter, row.createdBy],
  );
}

/** The subject of what was removed; null when there was none. */
export async function deleteVendorCertificate(tx: Executor): Promise<string | null> {
  const { rows } = await tx.query<{ subject: string }>(`DELETE FROM "VendorCertificate" RETURNING "subject"`);
  return rows[0]?.subject ?? null;
}
