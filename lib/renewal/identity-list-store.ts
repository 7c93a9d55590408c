import type { IdentityKind, RenewalCause, RenewalStage } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";
import { STAGE_JOINS, STAGE_SQL } from "./renewal-store";

export interface IdentityListRow {
  fingerprint: string;
  serialNumber: string;
  /** The certificate where it was adopted rather than issued here; null otherwise. */
  adoptedCertificate: Buffer | null;
  kind: IdentityKind;
  notBefore: Date;
  notAfter: Date;
  renewAt: Date | null;
  authorityId: string | null;
  attested: boolean;
  enrollmentId: string;
  deviceId: string;
  deviceName: string | null;
  deviceSerial: string | null;
  lastSeenAt: Date | null;
  renewalId: string | null;
  stage: RenewalStage | null;
  outcome: string | null;
  cause: RenewalCause | null;
  attempt: number | null;
  startedAt: Date | null;
  startedBy: string | null;
  commandId: string | null;
  stuckAt: Date | null;
  stuckStage: RenewalStage | null;
  stuckReason: string | null;
}

export interface IdentityFilter {
  expiringBefore: Date | null;
  deviceId: string | null;
  renewal: "open" | "stuck" | null;
}

const FROM = `FROM "Identity" i
  JOIN "Enrollment" e ON e."id" = i."enrollmentId" AND e."identityFingerprint" = i."fingerprint" AND e."channel" = 'device' AND e."endedAt" IS NULL
  JOIN "Device" d ON d."id" = e."deviceId"
  LEFT JOIN LATERAL (SELECT * FROM "IdentityRenewal" x WHERE x."enrollmentId" = e."id" ORDER BY x."createdAt" DESC LIMIT 1) r ON true`;
const LIST = `SELECT i."fingerprint", i."serialNumber", CASE WHEN i."authorityId" IS NULL THEN i."certificate" END AS "adoptedCertificate", i."kind", i."notBefore", i."notAfter", i."renewAt", i."authorityId", i."attestation" IS NOT NULL AS "attested",
    e."id" AS "enrollmentId", d."id" AS "deviceId", d."name" AS "deviceName", d."serialNumber" AS "deviceSerial", e."lastSeenAt",
    r."id" AS "renewalId", ${STAGE_SQL} AS "stage", r."outcome", r."cause", r."attempt", r."createdAt" AS "startedAt", r."startedBy", r."commandId", r."stuckAt", r."stuckStage", r."stuckReason"
  ${FROM} ${STAGE_JOINS}`;
/** An attempt that failed stays stuck until the next one begins. */
const FILTER = `($1::timestamptz IS NULL OR i."notAfter" < $1) AND ($3::uuid IS NULL OR d."id" = $3)
  AND ($2::text IS NULL OR ($2 = 'open' AND r."endedAt" IS NULL AND r."id" IS NOT NULL) OR ($2 = 'stuck' AND r."stuckAt" IS NOT NULL AND r."outcome" IS DISTINCT FROM 'done'))`;

/** Identities that living devices present, first to end first, after the cursor. */
export async function listIdentityRows(filter: IdentityFilter, after: { at: Date; id: string } | null, limit: number): Promise<IdentityListRow[]> {
  const { rows } = await database().pool.query<IdentityListRow>(
    `${LIST} WHERE ${FILTER} AND ($4::timestamptz IS NULL OR (i."notAfter", e."id") > ($4, $5::uuid)) ORDER BY i."notAfter", e."id" LIMIT $6`,
    [filter.expiringBefore, filter.renewal, filter.deviceId, after?.at ?? null, after?.id ?? null, limit],
  );
  return rows;
}

export async function countIdentityRows(filter: IdentityFilter): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" ${FROM} WHERE ${FILTER}`, [filter.expiringBefore, filter.renewal, filter.deviceId]);
  return rows[0]?.total ?? 0;
}

/** The identity of the present life of a device; null when it has none. */
export async function readIdentityOfDevice(deviceId: string): Promise<IdentityListRow | null> {
  const { rows } = await database().pool.query<IdentityListRow>(`${LIST} WHERE d."id" = $1`, [deviceId]);
  return rows[0] ?? null;
}
