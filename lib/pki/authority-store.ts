import { database, type Executor } from "@/lib/db/database";

export interface AuthorityRow {
  id: string;
  subject: string;
  fingerprint: string;
  notBefore: Date;
  notAfter: Date;
  createdAt: Date;
  retiredAt: Date | null;
  isNewest: boolean;
  /** Living devices that present what it has issued, or are about to. */
  devices: number;
  /** Issued lately and not shown yet. */
  pending: number;
}

/** A profile is installed within days, or never. */
const PENDING = `i."enrollmentId" IS NULL AND i."revokedAt" IS NULL AND i."notAfter" > now() AND i."createdAt" > now() - interval '30 days'`;
const DEPENDING = `e."endedAt" IS NULL AND i."fingerprint" IN (COALESCE(e."identityFingerprint", ''), COALESCE(e."pendingFingerprint", ''))`;

/** Newest first, retired ones last. */
export async function listAuthorityRows(executor: Executor = database().pool): Promise<AuthorityRow[]> {
  const { rows } = await executor.query<AuthorityRow>(
    `SELECT a."id", a."subject", a."fingerprint", a."notBefore", a."notAfter", a."createdAt", a."retiredAt",
       row_number() OVER (ORDER BY a."retiredAt" DESC NULLS FIRST, a."createdAt" DESC, a."id") = 1 AS "isNewest",
       (SELECT count(DISTINCT e."id")::int FROM "Identity" i JOIN "Enrollment" e ON e."id" = i."enrollmentId" WHERE i."authorityId" = a."id" AND ${DEPENDING}) AS "devices",
       (SELECT count(*)::int FROM "Identity" i WHERE i."authorityId" = a."id" AND ${PENDING}) AS "pending"
     FROM "ServerCertificate" a WHERE a."role" = 'device-ca' ORDER BY a."retiredAt" DESC NULLS FIRST, a."createdAt" DESC, a."id"`,
  );
  return rows;
}

/** Retires the authorities that were followed before this time and that nothing depends on. Answers them. */
export async function retireUselessAuthorities(tx: Executor, followedBefore: Date): Promise<Pick<AuthorityRow, "subject" | "fingerprint">[]> {
  const { rows } = await tx.query<Pick<AuthorityRow, "subject" | "fingerprint">>(
    `UPDATE "ServerCertificate" a SET "retiredAt" = now()
     FROM (SELECT "id", "createdAt" FROM "ServerCertificate" WHERE "role" = 'device-ca' AND "retiredAt" IS NULL ORDER BY "createdAt" DESC, "id" LIMIT 1) newest
     WHERE a."role" = 'device-ca' AND a."retiredAt" IS NULL AND a."id" <> newest."id" AND newest."createdAt" <= $1
       AND NOT EXISTS (SELECT 1 FROM "Identity" i JOIN "Enrollment" e ON e."id" = i."enrollmentId" WHERE i."authorityId" = a."id" AND ${DEPENDING})
       AND NOT EXISTS (SELECT 1 FROM "Identity" i WHERE i."authorityId" = a."id" AND ${PENDING})
     RETURNING a."subject", a."fingerprint"`,
    [followedBefore],
  );
  return rows;
}

/** What other authorities than this one have issued to living devices is renewed within so many days, evenly spread. */
export async function hastenRenewals(tx: Executor, newestId: string, days: number): Promise<void> {
  await tx.query(
    `UPDATE "Identity" i SET "renewAt" = LEAST(i."renewAt", now() + $2::int * interval '1 day' * (('x' || left(i."fingerprint", 8))::bit(32)::bigint / 4294967296.0))
     FROM "ServerCertificate" a
     WHERE a."id" = i."authorityId" AND a."role" = 'device-ca' AND a."id" <> $1 AND a."retiredAt" IS NULL AND i."renewAt" IS NOT NULL`,
    [newestId, days],
  );
}
