import { randomUUID } from "node:crypto";
import type { IdentityKind, RenewalCause, RenewalStage } from "@/lib/contracts/words";
import type { Executor } from "@/lib/db/database";
import { BY_NOW } from "@/lib/db/due";
import type { ManagementTerms } from "@/lib/protocol/profile/management-terms";

/** A living enrollment with the identity it presents, and how the renewal of that stands. */
export interface RenewableRow {
  enrollmentId: string;
  deviceId: string;
  state: string;
  fingerprint: string;
  kind: IdentityKind;
  linkId: string | null;
  topic: string;
  terms: ManagementTerms | null;
  boundSerial: string | null;
  boundUdid: string | null;
  notAfter: Date;
  /** The authority that issued it has been followed by another. */
  authoritySuperseded: boolean;
  /** Attempts since the last one that was done. */
  attempts: number;
}

const RENEWABLE = `
  SELECT e."id" AS "enrollmentId", e."deviceId", e."state", i."fingerprint", i."kind", i."linkId", i."topic", c."terms", i."boundSerial", i."boundUdid", i."notAfter",
    i."authorityId" IS DISTINCT FROM (SELECT "id" FROM "ServerCertificate" WHERE "role" = 'device-ca' AND "retiredAt" IS NULL ORDER BY "createdAt" DESC, "id" LIMIT 1) AS "authoritySuperseded",
    (SELECT count(*)::int FROM "IdentityRenewal" r WHERE r."enrollmentId" = e."id" AND r."fingerprint" = i."fingerprint") AS "attempts"
  FROM "Enrollment" e JOIN "Identity" i ON i."fingerprint" = e."identityFingerprint"
  LEFT JOIN "ScepChallenge" c ON c."id" = i."challengeId"`;

/** The present life of a device on its own channel; null when it has none. */
export async function readRenewable(executor: Executor, deviceId: string): Promise<RenewableRow | null> {
  const { rows } = await executor.query<RenewableRow>(`${RENEWABLE} WHERE e."deviceId" = $1 AND e."channel" = 'device' AND e."endedAt" IS NULL`, [deviceId]);
  return rows[0] ?? null;
}

const TODAY = `to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;

/** One node at a time gives out the share of the day; the lock ends with the transaction. */
export async function lockDailyShare(tx: Executor): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('muster.identity-renewals', 0))`);
}

/** How many renewals the server has begun by itself today (UTC), and how many devices live. */
export async function readShare(tx: Executor): Promise<{ begun: number; living: number }> {
  const { rows } = await tx.query<{ begun: number; living: number }>(
    `SELECT COALESCE((SELECT ("value"->>'begun')::int FROM "Setting" WHERE "key" = 'identity-renewal-share' AND "value"->>'day' = ${TODAY}), 0) AS "begun",
       (SELECT count(*)::int FROM "Enrollment" WHERE "channel" = 'device' AND "endedAt" IS NULL) AS "living"`,
  );
  return rows[0] ?? { begun: 0, living: 0 };
}

/** Another node must know of it before the renewals themselves are there. */
export async function saveShare(tx: Executor, begun: number): Promise<void> {
  await tx.query(
    `INSERT INTO "Setting" ("key", "value", "updatedAt") VALUES ('identity-renewal-share', jsonb_build_object('day', ${TODAY}, 'begun', $1::int), now())
     ON CONFLICT ("key") DO UPDATE SET "value" = EXCLUDED."value", "updatedAt" = now()`,
    [begun],
  );
}

/**
 * Takes what is due, first to end first, and puts it off by `holdMinutes`, so that what breaks off meanwhile is taken up
 * again. Nothing is due any more where the life has ended or another identity has taken over, and nothing yet where an
 * attempt is open: a device that is off takes no share from those that are there.
 */
export async function claimDue(tx: Executor, limit: number, holdMinutes: number): Promise<RenewableRow[]> {
  await tx.query(
    `UPDATE "Identity" SET "renewAt" = NULL WHERE "fingerprint" IN (
       SELECT i."fingerprint" FROM "Identity" i JOIN "Enrollment" e ON e."id" = i."enrollmentId"
       WHERE i."renewAt" <= ${BY_NOW} AND (e."endedAt" IS NOT NULL OR i."fingerprint" NOT IN (COALESCE(e."identityFingerprint", ''), COALESCE(e."pendingFingerprint", '')))
       LIMIT 1000 FOR UPDATE OF i SKIP LOCKED)`,
  );
  const { rows } = await tx.query<RenewableRow>(
    `WITH "due" AS (
       SELECT i."fingerprint" FROM "Identity" i JOIN "Enrollment" e ON e."id" = i."enrollmentId" AND e."identityFingerprint" = i."fingerprint"
       WHERE i."renewAt" <= ${BY_NOW} AND e."state" = 'enrolled' AND i."linkId" IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM "IdentityRenewal" r WHERE r."enrollmentId" = e."id" AND r."endedAt" IS NULL)
       ORDER BY i."notAfter", i."fingerprint" LIMIT $1 FOR UPDATE OF i SKIP LOCKED),
     "held" AS (UPDATE "Identity" i SET "renewAt" = now() + $2::int * interval '1 minute' FROM "due" d WHERE i."fingerprint" = d."fingerprint" RETURNING i."fingerprint")
     ${RENEWABLE} JOIN "held" h ON h."fingerprint" = i."fingerprint" ORDER BY i."notAfter"`,
    [limit, holdMinutes],
  );
  return rows;
}

export interface NewRenewal {
  enrollmentId: string;
  fingerprint: string;
  challengeId: string;
  commandId: string;
  attempt: number;
  cause: RenewalCause;
  startedBy: string;
}

export async function insertRenewal(tx: Executor, renewal: NewRenewal): Promise<void> {
  await tx.query(
    `INSERT INTO "IdentityRenewal" ("id","enrollmentId","fingerprint","challengeId","commandId","attempt","cause","startedBy") VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
    [randomUUID(), renewal.enrollmentId, renewal.fingerprint, renewal.challengeId, renewal.commandId, renewal.attempt, renewal.cause, renewal.startedBy],
  );
}

/** The stage follows from what the device has shown, whichever of its messages came first: nothing has to keep it. */
export const STAGE_SQL = `CASE
    WHEN e."pendingFingerprint" = n."fingerprint" THEN 'authenticated'
    WHEN n."fingerprint" IS NOT NULL AND n."kind" <> 'pkcs12' THEN 'issued'
    WHEN c."state" = 'acknowledged' THEN 'installed'
    WHEN c."deliveredAt" IS NOT NULL THEN 'delivered'
    ELSE 'queued' END`;
export const STAGE_JOINS = `LEFT JOIN "Command" c ON c."id" = r."commandId"
  LEFT JOIN LATERAL (SELECT x."fingerprint", x."kind" FROM "Identity" x WHERE x."challengeId" = r."challengeId" LIMIT 1) n ON true`;

export interface OpenRenewalRow {
  id: string;
  enrollmentId: string;
  deviceId: string;
  fingerprint: string;
  challengeId: string;
  commandId: string;
  attempt: number;
  stage: RenewalStage;
  stuckAt: Date | null;
  lifeEnded: boolean;
  /** Null when the command is no longer kept. */
  commandState: string | null;
  commandCause: string | null;
  errorChain: unknown;
}

const OPEN = `SELECT r.*, e."deviceId", e."endedAt" IS NOT NULL AS "lifeEnded", c."state" AS "commandState", c."cause" AS "commandCause", c."errorChain", ${STAGE_SQL} AS "stage"
  FROM "IdentityRenewal" r JOIN "Enrollment" e ON e."id" = r."enrollmentId" ${STAGE_JOINS}`;

export interface Patience {
  /** Until an attempt that the device has begun counts as stuck. */
  stuckAfterMinutes: number;
  /** A device may say NotNow for so long. */
  deferredMinutes: number;
  /** Until one that is stuck is given up for another. */
  abandonAfterMinutes: number;
}

/** Attempts that somebody has to look at; locked, and left out where another node does. */
export async function claimUnsettled(tx: Executor, patience: Patience, limit: number): Promise<OpenRenewalRow[]> {
  const { rows } = await tx.query<OpenRenewalRow>(
    `${OPEN} WHERE r."endedAt" IS NULL AND (
       e."endedAt" IS NOT NULL OR c."id" IS NULL
       OR c."state" IN ('failed', 'malformed', 'cancelled', 'expired', 'poisoned') AND e."pendingFingerprint" IS DISTINCT FROM n."fingerprint"
       OR r."stuckAt" IS NULL AND c."deliveredAt" < now() - CASE WHEN c."state" = 'deferred' THEN $2::int ELSE $1::int END * interval '1 minute'
       OR r."stuckAt" < now() - $3::int * interval '1 minute')
     ORDER BY r."createdAt" LIMIT $4 FOR UPDATE OF r SKIP LOCKED`,
    [patience.stuckAfterMinutes, patience.deferredMinutes, patience.abandonAfterMinutes, limit],
  );
  return rows;
}

/** The open attempt of a life, locked; null when there is none. */
export async function lockOpenRenewal(tx: Executor, enrollmentId: string): Promise<OpenRenewalRow | null> {
  const { rows } = await tx.query<OpenRenewalRow>(`${OPEN} WHERE r."endedAt" IS NULL AND r."enrollmentId" = $1 ORDER BY r."createdAt" DESC LIMIT 1 FOR UPDATE OF r`, [enrollmentId]);
  return rows[0] ?? null;
}

export async function markStuck(tx: Executor, id: string, stage: RenewalStage, reason: string): Promise<void> {
  await tx.query(`UPDATE "IdentityRenewal" SET "stuckAt" = COALESCE("stuckAt", now()), "stuckStage" = $2, "stuckReason" = $3 WHERE "id" = $1`, [id, stage, reason]);
}

export async function endRenewal(tx: Executor, id: string, outcome: "done" | "failed" | "superseded", newFingerprint: string | null = null): Promise<void> {
  await tx.query(`UPDATE "IdentityRenewal" SET "endedAt" = now(), "outcome" = $2, "newFingerprint" = $3 WHERE "id" = $1`, [id, outcome, newFingerprint]);
}

/** When the next attempt for this identity is due. */
export async function setRenewAt(tx: Executor, fingerprint: string, at: Date): Promise<void> {
  await tx.query(`UPDATE "Identity" SET "renewAt" = $2 WHERE "fingerprint" = $1`, [fingerprint, at]);
}

/** The identities that another one has taken over from need no renewal. */
export async function forgetRenewals(tx: Executor, enrollmentId: string, exceptFingerprint: string): Promise<void> {
  await tx.query(`UPDATE "Identity" SET "renewAt" = NULL WHERE "enrollmentId" = $1 AND "fingerprint" <> $2 AND "renewAt" IS NOT NULL`, [enrollmentId, exceptFingerprint]);
}

/** A secret in a profile that has been given up is good for nothing any more. */
export async function endChallenge(tx: Executor, challengeId: string): Promise<void> {
  await tx.query(`UPDATE "ScepChallenge" SET "expiresAt" = LEAST("expiresAt", now()) WHERE "id" = $1`, [challengeId]);
}

/** Ends the command of an attempt if it is still open. Answers whether it was. */
export async function settleCommand(tx: Executor, commandId: string, state: "acknowledged" | "cancelled", cause: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE "Command" SET "state" = $2, "queueRank" = NULL, "endedAt" = now(), "cause" = $3 WHERE "id" = $1 AND "queueRank" IS NOT NULL`,
    [commandId, state, cause],
  );
  return rowCount === 1;
}
