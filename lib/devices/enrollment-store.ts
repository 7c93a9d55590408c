import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import type { AttestedHardware } from "@/lib/contracts/identities";
import type { EndCause, IdentityKind } from "@/lib/contracts/words";
import { noteFactsChanged } from "./device-store";

export interface EnrollmentRow {
  id: string;
  deviceId: string;
  channel: "device" | "user";
  parentId: string | null;
  channelKey: string;
  /** Null once it has ended, and while it waits beside the one who lives under its key. */
  liveKey: string | null;
  life: number;
  state: string;
  endedCause: string | null;
  endedAt: Date | null;
  authenticatedAt: Date;
  enrolledAt: Date | null;
  lastSeenAt: Date | null;
  firstConnectAt: Date | null;
  awaitingConfiguration: boolean;
  topic: string;
  identityFingerprint: string | null;
  pendingFingerprint: string | null;
  linkId: string | null;
  owner: string | null;
  userId: string | null;
  userShortName: string | null;
  userLongName: string | null;
  notOnConsole: boolean | null;
  clockSkewSeconds: number | null;
  terminationMethod: string | null;
  terminationRequestedAt: Date | null;
  terminationRequestedBy: string | null;
  terminationPersonId: string | null;
  terminationCause: string | null;
  terminationHeldAt: Date | null;
  terminationConfirmedAt: Date | null;
  terminationConfirmedBy: string | null;
  departure: string | null;
  tokenUpdatedAt: Date | null;
  tokenDeadAt: Date | null;
  pushDueAt: Date | null;
  pushesUnanswered: number;
  lastPushAt: Date | null;
  lastPushStatus: number | null;
  lastPushReason: string | null;
  lastPushId: string | null;
}

/** The life going on under this key, locked; null when there is none. */
export async function lockLiveEnrollment(tx: Executor, channelKey: string): Promise<EnrollmentRow | null> {
  const { rows } = await tx.query<EnrollmentRow>(`SELECT * FROM "Enrollment" WHERE "liveKey" = $1 FOR UPDATE`, [channelKey]);
  return rows[0] ?? null;
}

/** Locked; null when there is no such enrollment. */
export async function lockEnrollment(tx: Executor, id: string): Promise<EnrollmentRow | null> {
  const { rows } = await tx.query<EnrollmentRow>(`SELECT * FROM "Enrollment" WHERE "id" = $1 FOR UPDATE`, [id]);
  return rows[0] ?? null;
}

export interface NewLife {
  id: string;
  deviceId: string;
  channel: "device" | "user";
  parentId: string | null;
  channelKey: string;
  state: string;
  topic: string;
  identityFingerprint: string;
  linkId: string | null;
  /** The person it is for; a user channel names its user instead. */
  owner: string | null;
  userId: string | null;
  userShortName: string | null;
  userLongName: string | null;
}

/** Begins a life; its number follows the lives before it under the same key. One that is not `live` waits beside the one who is. */
export async function insertEnrollment(tx: Executor, life: NewLife, live = true): Promise<void> {
  await tx.query(
    `INSERT INTO "Enrollment" ("id","deviceId","channel","parentId","channelKey","liveKey","life","state","topic","identityFingerprint","linkId",
       "userId","userShortName","userLongName","owner","lastSeenAt")
     SELECT $1,$2,$3,$4,$5,CASE WHEN $14::bool THEN $5 END,COALESCE(max(p."life"),0)+1,$6,$7,$8,$9,$10,$11,$12,$13,now() FROM "Enrollment" p WHERE p."channelKey" = $5`,
    [life.id, life.deviceId, life.channel, life.parentId, life.channelKey, life.state, life.topic, life.identityFingerprint,
      life.linkId, life.userId, life.userShortName, life.userLongName, life.owner, live],
  );
}

/** Binds the certificate to the life, unless it is bound elsewhere. Answers whether it is now bound here. */
export async function bindIdentity(tx: Executor, fingerprint: string, enrollmentId: string, rebindFrom: string | null): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE "Identity" SET "enrollmentId" = $2 WHERE "fingerprint" = $1 AND ("enrollmentId" IS NULL OR "enrollmentId" IN ($2, $3::uuid))`,
    [fingerprint, enrollmentId, rebindFrom],
  );
  return rowCount === 1;
}

export async function setPendingIdentity(tx: Executor, enrollmentId: string, fingerprint: string): Promise<void> {
  await tx.query(`UPDATE "Enrollment" SET "pendingFingerprint" = $2 WHERE "id" = $1`, [enrollmentId, fingerprint]);
}

export interface TokenChange {
  enrollmentId: string;
  topic: string;
  /** What a life that was beginning is from now on. */
  state: "enrolled" | "quarantined";
  tokenSealed: Uint8Array;
  magicSealed: Uint8Array;
  awaitingConfiguration: boolean;
  identityFingerprint: string;
  /** Null keeps what was said before; so it is with the names. */
  notOnConsole: boolean | null;
  userShortName: string | null;
  userLongName: string | null;
}

/** Overwrites token, magic and topic together; the first one completes the enrollment. Answers whether it was the first. */
export async function saveToken(tx: Executor, change: TokenChange): Promise<boolean> {
  const { rows } = await tx.query<{ first: boolean; waitsAnew: boolean; deviceId: string }>(
    `UPDATE "Enrollment" e SET "tokenSealed" = $2, "magicSealed" = $3, "topic" = $4, "tokenUpdatedAt" = now(), "tokenDeadAt" = NULL,
       "awaitingConfiguration" = $5, "identityFingerprint" = $6,
       "pendingFingerprint" = CASE WHEN "pendingFingerprint" = $6 THEN NULL ELSE "pendingFingerprint" END,
       "state" = CASE WHEN "state" = 'authenticating' THEN $10 ELSE "state" END,
       "notOnConsole" = COALESCE($7,"notOnConsole"), "userShortName" = COALESCE($8,"userShortName"), "userLongName" = COALESCE($9,"userLongName"),
       "enrolledAt" = COALESCE("enrolledAt", now()), "lastSeenAt" = now()
     FROM (SELECT "enrolledAt" IS NULL AS "first", "awaitingConfiguration" <> $5 AS "waitsAnew" FROM "Enrollment" WHERE "id" = $1) old
     WHERE e."id" = $1 RETURNING old."first", old."waitsAnew", e."deviceId"`,
    [change.enrollmentId, change.tokenSealed, change.magicSealed, change.topic, change.awaitingConfiguration, change.identityFingerprint,
      change.notOnConsole, change.userShortName, change.userLongName, change.state],
  );
  const [saved] = rows;
  if (saved?.waitsAnew === true) await noteFactsChanged(tx, saved.deviceId);
  return saved?.first ?? false;
}

/** The certificate speaks for this life from now on, whatever it was bound to before. */
export async function adoptIdentity(tx: Executor, fingerprint: string, enrollmentId: string): Promise<void> {
  await tx.query(`UPDATE "Identity" SET "enrollmentId" = $2, "forgottenAt" = NULL WHERE "fingerprint" = $1`, [fingerprint, enrollmentId]);
}

/** A life that goes on; one that has ended stays so. */
export async function setEnrollmentState(tx: Executor, enrollmentId: string, state: "enrolled" | "quarantined"): Promise<void> {
  await tx.query(`UPDATE "Enrollment" SET "state" = $2 WHERE "id" = $1 AND "endedAt" IS NULL`, [enrollmentId, state]);
}

/** The life is the one under its key from now on; nobody else may be. */
export async function takeLiveKey(tx: Executor, enrollmentId: string): Promise<void> {
  await tx.query(`UPDATE "Enrollment" SET "liveKey" = "channelKey" WHERE "id" = $1 AND "endedAt" IS NULL`, [enrollmentId]);
}

/** The channels of users under a life that have not ended. */
export async function listOpenUsers(tx: Executor, enrollmentId: string): Promise<EnrollmentRow[]> {
  const { rows } = await tx.query<EnrollmentRow>(`SELECT * FROM "Enrollment" WHERE "parentId" = $1 AND "endedAt" IS NULL ORDER BY "id"`, [enrollmentId]);
  return rows;
}

/** Lives that wait under this key without having it. */
export async function listContenders(tx: Executor, channelKey: string): Promise<EnrollmentRow[]> {
  const { rows } = await tx.query<EnrollmentRow>(`SELECT * FROM "Enrollment" WHERE "channelKey" = $1 AND "liveKey" IS NULL AND "endedAt" IS NULL ORDER BY "id"`, [channelKey]);
  return rows;
}

/** Ends a life and those of its users. Answers the ids that ended now; empty when it had ended before. */
export async function endEnrollments(tx: Executor, enrollmentId: string, cause: EndCause): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE "Enrollment" SET "state" = 'ended', "endedCause" = $2, "endedAt" = now(), "liveKey" = NULL, "pushDueAt" = NULL,
       "pendingFingerprint" = NULL, "awaitingConfiguration" = false
     WHERE ("id" = $1 OR "parentId" = $1) AND "endedAt" IS NULL RETURNING "id"`,
    [enrollmentId, cause],
  );
  return rows.map((row) => row.id);
}

/** The device asked for work: the session starts anew. Answers whether it was the first time in this life. */
export async function markConnected(tx: Executor, enrollmentId: string): Promise<boolean> {
  const { rows } = await tx.query<{ first: boolean }>(
    `UPDATE "Enrollment" e SET "firstConnectAt" = COALESCE(e."firstConnectAt", now()), "notNowAt" = NULL, "pushesUnanswered" = 0, "pushSweeps" = 0,
       "lastSeenAt" = now()
     FROM (SELECT "firstConnectAt" IS NULL AS "first" FROM "Enrollment" WHERE "id" = $1) old
     WHERE e."id" = $1 RETURNING old."first"`,
    [enrollmentId],
  );
  return rows[0]?.first ?? false;
}

export async function markNotNow(tx: Executor, enrollmentId: string): Promise<void> {
  await tx.query(`UPDATE "Enrollment" SET "notNowAt" = now() WHERE "id" = $1`, [enrollmentId]);
}

export async function setNotOnConsole(enrollmentId: string, notOnConsole: boolean): Promise<void> {
  await database().pool.query(`UPDATE "Enrollment" SET "notOnConsole" = $2 WHERE "id" = $1`, [enrollmentId, notOnConsole]);
}

/** Says whom a life is for. Answers whether that is news. */
export async function setOwner(tx: Executor, enrollmentId: string, owner: string | null): Promise<boolean> {
  const { rowCount } = await tx.query(`UPDATE "Enrollment" SET "owner" = $2 WHERE "id" = $1 AND "owner" IS DISTINCT FROM $2`, [enrollmentId, owner]);
  return rowCount === 1;
}

/** Does Setup Assistant wait for us? A life that has ended no longer tells. */
export async function setAwaitingConfiguration(tx: Executor, enrollmentId: string, awaiting: boolean): Promise<void> {
  await tx.query(
    `WITH "changed" AS (UPDATE "Enrollment" SET "awaitingConfiguration" = $2 WHERE "id" = $1 AND "endedAt" IS NULL AND "awaitingConfiguration" <> $2 RETURNING "deviceId")
     UPDATE "Device" d SET "factsVersion" = "factsVersion" + 1 FROM "changed" c WHERE d."id" = c."deviceId"`,
    [enrollmentId, awaiting],
  );
}

export async function setClockSkew(enrollmentId: string, seconds: number): Promise<void> {
  await database().pool.query(`UPDATE "Enrollment" SET "clockSkewSeconds" = $2 WHERE "id" = $1`, [enrollmentId, seconds]);
}

/** Writes many "last seen" at once; a later time never gives way to an earlier one. */
export async function saveLastSeen(seen: ReadonlyMap<string, Date>): Promise<void> {
  await database().pool.query(
    `UPDATE "Enrollment" e SET "lastSeenAt" = s."at"
     FROM unnest($1::uuid[], $2::timestamptz[]) AS s("id","at")
     WHERE e."id" = s."id" AND (e."lastSeenAt" IS NULL OR e."lastSeenAt" < s."at")`,
    [[...seen.keys()], [...seen.values()]],
  );
}

export interface EnrollmentDetailRow extends EnrollmentRow {
  hasToken: boolean;
  linkName: string | null;
  /** The RemoveProfile that was queued for a termination. */
  removalState: string | null;
  removalDeliveredAt: Date | null;
  identitySerialNumber: string | null;
  /** The certificate where it was adopted rather than issued here; null otherwise. */
  adoptedCertificate: Buffer | null;
  identitySubject: string | null;
  identityIssuer: string | null;
  identityKind: IdentityKind | null;
  identityAttestation: AttestedHardware | null;
  identityNotBefore: Date | null;
  identityNotAfter: Date | null;
}

/** Every life of a device with its link and certificate, newest first. */
export async function listEnrollmentDetails(deviceId: string): Promise<EnrollmentDetailRow[]> {
  const { rows } = await database().pool.query<EnrollmentDetailRow>(
    `SELECT e.*, e."tokenSealed" IS NOT NULL AS "hasToken", l."name" AS "linkName", i."serialNumber" AS "identitySerialNumber", CASE WHEN i."authorityId" IS NULL THEN i."certificate" END AS "adoptedCertificate",
       i."subject" AS "identitySubject", a."subject" AS "identityIssuer", i."kind" AS "identityKind", i."attestation" AS "identityAttestation", r."state" AS "removalState", r."deliveredAt" AS "removalDeliveredAt", i."notBefore" AS "identityNotBefore", i."notAfter" AS "identityNotAfter"
     FROM "Enrollment" e
     LEFT JOIN "EnrollmentLink" l ON l."id" = e."linkId"
     LEFT JOIN "Identity" i ON i."fingerprint" = e."identityFingerprint"
     LEFT JOIN "ServerCertificate" a ON a."id" = i."authorityId"
     LEFT JOIN "Command" r ON r."id" = e."terminationCommandId"
     WHERE e."deviceId" = $1 ORDER BY e."authenticatedAt" DESC, e."channel"`,
    [deviceId],
  );
  return rows;
}
