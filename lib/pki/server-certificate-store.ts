import type { Certificate } from "@/lib/crypto/certificate";
import type { Executor } from "@/lib/db/database";

export type ServerCertificateRole = "device-ca" | "profile-signing";

export interface ServerCertificateRow {
  id: string;
  certificate: Buffer;
  privateKeySealed: Buffer;
  createdAt: Date;
  retiredAt: Date | null;
}

const COLUMNS = `"id", "certificate", "privateKeySealed", "createdAt", "retiredAt"`;

/** Waits until no other node makes certificates; the lock ends with the transaction. */
export async function lockServerCertificates(tx: Executor): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('muster.server-certificates', 0))`);
}

/** All of one role: those in use first, newest first; then the retired ones. */
export async function listServerCertificates(executor: Executor, role: ServerCertificateRole): Promise<ServerCertificateRow[]> {
  const { rows } = await executor.query<ServerCertificateRow>(
    `SELECT ${COLUMNS} FROM "ServerCertificate" WHERE "role" = $1 ORDER BY "retiredAt" DESC NULLS FIRST, "createdAt" DESC, "id"`,
    [role],
  );
  return rows;
}

export async function retireServerCertificates(tx: Executor, role: ServerCertificateRole): Promise<void> {
  await tx.query(`UPDATE "ServerCertificate" SET "retiredAt" = now() WHERE "role" = $1 AND "retiredAt" IS NULL`, [role]);
}

/** The newest one of a role is the one in use. */
export async function insertServerCertificate(
  tx: Executor,
  role: ServerCertificateRole,
  { id, certificate, privateKeySealed }: { id: string; certificate: Certificate; privateKeySealed: Buffer },
): Promise<void> {
  await tx.query(
    `INSERT INTO "ServerCertificate" ("id", "role", "fingerprint", "subject", "certificate", "privateKeySealed", "notBefore", "notAfter")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      role,
      certificate.fingerprint,
      certificate.subject,
      certificate.der,
      privateKeySealed,
      certificate.notBefore,
      certificate.notAfter,
    ],
  );
}
