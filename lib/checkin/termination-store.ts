import type { Executor } from "@/lib/db/database";
import type { CommandState, EnrollmentState, TerminationMethod } from "@/lib/contracts/words";

/** Terminations are counted one after another, so that two at once cannot both take the last place. */
const COUNTING = 0x7465726d;

export interface MarkedLifeRow {
  id: string;
  deviceId: string;
  endedAt: Date | null;
  endedCause: string | null;
  method: TerminationMethod | null;
  cause: string | null;
  confirmedAt: Date | null;
  personId: string | null;
  requestedBy: string | null;
  /** The RemoveProfile that was queued for it. */
  commandId: string | null;
  platform: string;
  osVersion: string | null;
}

const MARKED = `SELECT e."id", e."deviceId", e."endedAt", e."endedCause", e."terminationMethod" AS "method", e."terminationCause" AS "cause",
  e."terminationConfirmedAt" AS "confirmedAt", e."terminationPersonId" AS "personId", e."terminationRequestedBy" AS "requestedBy", e."terminationCommandId" AS "commandId",
  d."platform", d."osVersion" FROM "Enrollment" e JOIN "Device" d ON d."id" = e."deviceId"`;

/** Locked; null when there is no such life. */
export async function lockMarkedLife(tx: Executor, enrollmentId: string): Promise<MarkedLifeRow | null> {
  const { rows } = await tx.query<MarkedLifeRow>(`${MARKED} WHERE e."id" = $1 FOR UPDATE OF e`, [enrollmentId]);
  return rows[0] ?? null;
}

/** The life of this device that waits for our 401 or 403, locked; null when there is none. */
export async function lockAwaitingAnswer(tx: Executor, deviceId: string): Promise<MarkedLifeRow | null> {
  const { rows } = await tx.query<MarkedLifeRow>(
    `${MARKED} WHERE e."deviceId" = $1 AND e."channel" = 'device' AND e."endedAt" IS NULL AND e."terminationMethod" IN ('unauthorized','unrecognized')
     ORDER BY e."terminationRequestedAt" DESC LIMIT 1 FOR UPDATE OF e`,
    [deviceId],
  );
  return rows[0] ?? null;
}

export interface RemovalRow {
  id: string;
  state: CommandState;
  deliveredAt: Date | null;
}

/** The RemoveProfile by which the management of this device is to end, locked; null when there is none. */
export async function lockRemoval(tx: Executor, deviceId: string): Promise<RemovalRow | null> {
  const { rows } = await tx.query<RemovalRow>(
    `SELECT c."id", c."state", c."deliveredAt" FROM "Enrollment" e JOIN "Command" c ON c."id" = e."terminationCommandId"
     WHERE e."deviceId" = $1 AND e."channel" = 'device' AND e."endedAt" IS NULL FOR UPDATE OF c`,
    [deviceId],
  );
  return rows[0] ?? null;
}

/** The life of this device that is to end, whichever way, locked; null when there is none. */
export async function lockTerminating(tx: Executor, deviceId: string): Promise<MarkedLifeRow | null> {
  const { rows } = await tx.query<MarkedLifeRow>(
    `${MARKED} WHERE e."deviceId" = $1 AND e."channel" = 'device' AND e."endedAt" IS NULL AND e."terminationMethod" IS NOT NULL
     ORDER BY e."terminationRequestedAt" DESC LIMIT 1 FOR UPDATE OF e`,
    [deviceId],
  );
  return rows[0] ?? null;
}

export interface Mark {
  enrollmentId: string;
  method: TerminationMethod;
  cause: "rejected" | null;
  requestedBy: string;
  personId: string | null;
  commandId: string | null;
}

/** Marks the life for termination; only a life that still goes on can be marked. Answers whether it was. */
export async function markTermination(tx: Executor, mark: Mark): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE "Enrollment" SET "terminationMethod" = $2, "terminationRequestedAt" = now(), "terminationRequestedBy" = $3, "terminationPersonId" = $4,
       "terminationCause" = $5, "terminationCommandId" = $6, "terminationHeldAt" = NULL, "terminationConfirmedAt" = NULL, "terminationConfirmedBy" = NULL,
       "state" = 'unenrolling'
     WHERE "id" = $1 AND "endedAt" IS NULL`,
    [mark.enrollmentId, mark.method, mark.requestedBy, mark.personId, mark.cause, mark.commandId],
  );
  return rowCount === 1;
}

const UNMARKED = `"terminationMethod" = NULL, "terminationRequestedAt" = NULL, "terminationRequestedBy" = NULL, "terminationPersonId" = NULL,
  "terminationCause" = NULL, "terminationCommandId" = NULL, "terminationHeldAt" = NULL, "terminationConfirmedAt" = NULL, "terminationConfirmedBy" = NULL`;

/** A life that was to end goes on after all. */
export async function unmarkTermination(tx: Executor, enrollmentId: string): Promise<void> {
  await tx.query(`UPDATE "Enrollment" SET ${UNMARKED} WHERE "id" = $1 AND "endedAt" IS NULL`, [enrollmentId]);
}

/** The same, and the life is again what it was before it was marked: that follows from what it has shown and what waits to be decided. */
export async function resumeLife(tx: Executor, enrollmentId: string): Promise<EnrollmentState> {
  const { rows } = await tx.query<{ state: EnrollmentState }>(
    `UPDATE "Enrollment" e SET ${UNMARKED}, "state" = CASE
       WHEN e."enrolledAt" IS NULL THEN 'authenticating'
       WHEN EXISTS (SELECT 1 FROM "Restore" r WHERE r."enrollmentId" = e."id" AND r."state" = 'waiting')
         OR EXISTS (SELECT 1 FROM "Admission" a WHERE a."enrollmentId" = e."id" AND a."state" = 'waiting') THEN 'quarantined'
       ELSE 'enrolled' END
     WHERE e."id" = $1 RETURNING e."state"`,
    [enrollmentId],
  );
  return rows[0]?.state ?? "ended";
}

/** A person stands behind what a script has asked for. */
export async function savePerson(tx: Executor, enrollmentId: string, person: { label: string; id: string }): Promise<void> {
  await tx.query(`UPDATE "Enrollment" SET "terminationRequestedBy" = $2, "terminationPersonId" = $3 WHERE "id" = $1`, [enrollmentId, person.label, person.id]);
}

/** Lives ended by a 401 or a 403 of ours in the last hour that no second person had confirmed. */
export async function countRecentTerminations(tx: Executor): Promise<number> {
  const { rows } = await tx.query<{ total: number }>(
    `SELECT count(*)::int AS "total" FROM "Enrollment"
     WHERE "state" = 'ended' AND "endedCause" IN ('terminated','unrecognized','rejected') AND "endedAt" > now() - interval '1 hour'
       AND "terminationConfirmedAt" IS NULL`,
  );
  return rows[0]?.total ?? 0;
}

/** Until the transaction ends nobody else counts. */
export async function lockCounting(tx: Executor): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(${COUNTING})`);
}

/** Notes that our answer is held back. Answers whether it was not before. */
export async function holdTermination(tx: Executor, enrollmentId: string): Promise<boolean> {
  const { rowCount } = await tx.query(`UPDATE "Enrollment" SET "terminationHeldAt" = now() WHERE "id" = $1 AND "terminationHeldAt" IS NULL`, [enrollmentId]);
  return rowCount === 1;
}

export async function saveConfirmation(tx: Executor, enrollmentId: string, confirmedBy: string): Promise<void> {
  await tx.query(`UPDATE "Enrollment" SET "terminationConfirmedAt" = now(), "terminationConfirmedBy" = $2, "terminationHeldAt" = NULL WHERE "id" = $1`, [enrollmentId, confirmedBy]);
}

/** Held lives that were not woken lately, longest waiting first. */
export async function heldToWake(tx: Executor, limit: number): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT "id" FROM "Enrollment" WHERE "state" = 'unenrolling' AND "terminationHeldAt" IS NOT NULL AND "endedAt" IS NULL
       AND ("lastPushAt" IS NULL OR "lastPushAt" < now() - interval '15 minutes')
     ORDER BY "terminationHeldAt" LIMIT $1`,
    [limit],
  );
  return rows.map((row) => row.id);
}

/** What a device has told of its leaving; the first word stands. */
export async function noteDeparture(tx: Executor, enrollmentId: string, departure: "profile-removed" | "checked-out"): Promise<void> {
  await tx.query(`UPDATE "Enrollment" SET "departure" = COALESCE("departure", $2) WHERE "id" = $1`, [enrollmentId, departure]);
}
