import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";
import type { CommandState } from "@/lib/contracts/words";

export interface CommandRow {
  id: string;
  sequence: string;
  enrollmentId: string;
  deviceId: string;
  requestType: string;
  requestSealed: Buffer;
  state: CommandState;
  queueRank: number | null;
  neverDeferred: boolean;
  notBefore: Date | null;
  expiresAt: Date | null;
  queuedAt: Date;
  deliveredAt: Date | null;
  deliveries: number;
  deferrals: number;
  deferredAt: Date | null;
  endedAt: Date | null;
  responseSealed: Buffer | null;
  errorChain: unknown;
  cause: string | null;
  createdBy: string;
  deduplicateKey: string | null;
}

export interface NewCommandRow {
  id: string;
  enrollmentId: string;
  requestType: string;
  requestSealed: Uint8Array;
  state: "queued" | "scheduled";
  queueRank: number;
  neverDeferred: boolean;
  notBefore: Date | null;
  expiresAt: Date | null;
  createdBy: string;
  deduplicateKey: string | null;
}

export async function insertCommands(tx: Executor, commands: readonly NewCommandRow[]): Promise<void> {
  const column = <K extends keyof NewCommandRow>(key: K) => commands.map((command) => command[key]);
  await tx.query(
    `INSERT INTO "Command" ("id","enrollmentId","requestType","requestSealed","state","queueRank","neverDeferred","notBefore","expiresAt","createdBy","deduplicateKey")
     SELECT * FROM unnest($1::uuid[],$2::uuid[],$3::text[],$4::bytea[],$5::text[],$6::int[],$7::bool[],$8::timestamptz[],$9::timestamptz[],$10::text[],$11::text[])`,
    [column("id"), column("enrollmentId"), column("requestType"), column("requestSealed"), column("state"), column("queueRank"),
      column("neverDeferred"), column("notBefore"), column("expiresAt"), column("createdBy"), column("deduplicateKey")],
  );
}

/** An equal query that no device has yet seen; null when there is none. */
export async function findWaitingTwin(tx: Executor, enrollmentId: string, deduplicateKey: string): Promise<{ id: string; state: CommandState } | null> {
  const { rows } = await tx.query<{ id: string; state: CommandState }>(
    `SELECT "id","state" FROM "Command" WHERE "enrollmentId" = $1 AND "queueRank" IS NOT NULL AND "deduplicateKey" = $2
       AND "state" IN ('queued','deferred') ORDER BY "sequence" LIMIT 1`,
    [enrollmentId, deduplicateKey],
  );
  return rows[0] ?? null;
}

/** An open command of this type; null when there is none. */
export async function findOpenCommand(tx: Executor, enrollmentId: string, requestType: string): Promise<{ id: string } | null> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT "id" FROM "Command" WHERE "enrollmentId" = $1 AND "queueRank" IS NOT NULL AND "requestType" = $2 ORDER BY "sequence" LIMIT 1`,
    [enrollmentId, requestType],
  );
  return rows[0] ?? null;
}

export interface NextCommandRow {
  id: string;
  requestType: string;
  requestSealed: Buffer;
  state: CommandState;
  deliveries: number;
}

/** The command to offer now, locked: in rank, then first in, first out; null when nothing may be sent. */
export async function lockNextCommand(tx: Executor, enrollmentId: string, neverDeferredOnly: boolean): Promise<NextCommandRow | null> {
  const { rows } = await tx.query<NextCommandRow>(
    `SELECT "id","requestType","requestSealed","state","deliveries" FROM "Command"
     WHERE "enrollmentId" = $1 AND "queueRank" IS NOT NULL AND (NOT $2::bool OR ("neverDeferred" AND "state" <> 'deferred'))
       AND ("notBefore" IS NULL OR "notBefore" <= now()) AND ("expiresAt" IS NULL OR "expiresAt" > now())
     ORDER BY "queueRank", "sequence" LIMIT 1 FOR UPDATE`,
    [enrollmentId, neverDeferredOnly],
  );
  return rows[0] ?? null;
}

export async function markDelivered(tx: Executor, id: string): Promise<void> {
  await tx.query(`UPDATE "Command" SET "state" = 'delivered', "deliveredAt" = now(), "deliveries" = "deliveries" + 1 WHERE "id" = $1`, [id]);
}

/** NotNow is an answer: the count of unanswered deliveries starts anew. */
export async function markDeferred(tx: Executor, id: string): Promise<number> {
  const { rows } = await tx.query<{ deferrals: number }>(
    `UPDATE "Command" SET "state" = 'deferred', "deferredAt" = now(), "deferrals" = "deferrals" + 1, "deliveries" = 0 WHERE "id" = $1 RETURNING "deferrals"`,
    [id],
  );
  return rows[0]?.deferrals ?? 0;
}

export interface CommandEnd {
  state: CommandState;
  responseSealed: Uint8Array | null;
  errorChain: unknown;
  cause: string | null;
}

export async function endCommand(tx: Executor, id: string, end: CommandEnd): Promise<void> {
  await tx.query(
    `UPDATE "Command" SET "state" = $2, "queueRank" = NULL, "endedAt" = now(), "responseSealed" = COALESCE($3,"responseSealed"),
       "errorChain" = $4::jsonb, "cause" = $5 WHERE "id" = $1`,
    [id, end.state, end.responseSealed, end.errorChain === null ? null : toJsonb(end.errorChain), end.cause],
  );
}

/** Ends every open command of these enrollments. Answers which. */
export async function cancelOpenCommands(tx: Executor, enrollmentIds: readonly string[], cause: string): Promise<{ id: string; enrollmentId: string }[]> {
  const { rows } = await tx.query<{ id: string; enrollmentId: string }>(
    `UPDATE "Command" SET "state" = 'cancelled', "queueRank" = NULL, "endedAt" = now(), "cause" = $2
     WHERE "enrollmentId" = ANY($1::uuid[]) AND "queueRank" IS NOT NULL RETURNING "id","enrollmentId"`,
    [enrollmentIds, cause],
  );
  return rows;
}

export interface ReportedCommandRow {
  id: string;
  requestType: string;
  requestSealed: Buffer;
  state: CommandState;
  deliveries: number;
}

/** The command a report speaks of, locked; null for a UUID that was never sent to this enrollment. */
export async function lockReportedCommand(tx: Executor, id: string, enrollmentId: string): Promise<ReportedCommandRow | null> {
  const { rows } = await tx.query<ReportedCommandRow>(
    `SELECT "id","requestType","requestSealed","state","deliveries" FROM "Command" WHERE "id" = $1 AND "enrollmentId" = $2 FOR UPDATE`,
    [id, enrollmentId],
  );
  return rows[0] ?? null;
}

/** Ends what has run out of time and opens what has come of age, over all enrollments. */
export async function sweepCommands(): Promise<{ expired: { id: string; enrollmentId: string; deviceId: string }[]; due: string[] }> {
  const { pool } = database();
  const expired = await pool.query<{ id: string; enrollmentId: string; deviceId: string }>(
    `UPDATE "Command" c SET "state" = 'expired', "queueRank" = NULL, "endedAt" = now(), "cause" = 'Its time ran out before the device answered.'
     FROM "Enrollment" e WHERE e."id" = c."enrollmentId" AND c."queueRank" IS NOT NULL AND c."expiresAt" <= now() RETURNING c."id", c."enrollmentId", e."deviceId"`,
  );
  const due = await pool.query<{ enrollmentId: string }>(
    `UPDATE "Command" SET "state" = 'queued' WHERE "state" = 'scheduled' AND "queueRank" IS NOT NULL AND "notBefore" <= now() RETURNING "enrollmentId"`,
  );
  return { expired: expired.rows, due: due.rows.map((row) => row.enrollmentId) };
}

const WITH_DEVICE = `SELECT c.*, e."deviceId" FROM "Command" c JOIN "Enrollment" e ON e."id" = c."enrollmentId"`;

/** Null when there is no such command. */
export async function readCommandRow(id: string): Promise<CommandRow | null> {
  const { rows } = await database().pool.query<CommandRow>(`${WITH_DEVICE} WHERE c."id" = $1`, [id]);
  return rows[0] ?? null;
}

/** Locked; null when there is no such command. */
export async function lockCommand(tx: Executor, id: string): Promise<CommandRow | null> {
  const { rows } = await tx.query<CommandRow>(`${WITH_DEVICE} WHERE c."id" = $1 FOR UPDATE OF c`, [id]);
  return rows[0] ?? null;
}

/** The commands of every life of a device, newest first, below the cursor. */
export async function listCommandRows(deviceId: string, state: string | null, beforeSequence: string | null, limit: number): Promise<CommandRow[]> {
  const { rows } = await database().pool.query<CommandRow>(
    `${WITH_DEVICE} WHERE e."deviceId" = $1 AND ($2::text IS NULL OR c."state" = $2) AND ($3::bigint IS NULL OR c."sequence" < $3)
     ORDER BY c."sequence" DESC LIMIT $4`,
    [deviceId, state, beforeSequence, limit],
  );
  return rows;
}

export async function countCommandRows(deviceId: string, state: string | null): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(
    `SELECT count(*)::int AS "total" FROM "Command" c JOIN "Enrollment" e ON e."id" = c."enrollmentId"
     WHERE e."deviceId" = $1 AND ($2::text IS NULL OR c."state" = $2)`,
    [deviceId, state],
  );
  return rows[0]?.total ?? 0;
}

/** The life commands go to: the newest of the device, or that of one of its users. Null when there is none. */
export async function findCommandTarget(tx: Executor, deviceId: string): Promise<{ enrollmentId: string; state: string; serialNumber: string | null } | null> {
  const { rows } = await tx.query<{ enrollmentId: string; state: string; serialNumber: string | null }>(
    `SELECT e."id" AS "enrollmentId", e."state", d."serialNumber" FROM "Device" d JOIN "Enrollment" e ON e."id" = d."enrollmentId" WHERE d."id" = $1`,
    [deviceId],
  );
  return rows[0] ?? null;
}

export async function deviceExists(deviceId: string): Promise<boolean> {
  const { rowCount } = await database().pool.query(`SELECT 1 FROM "Device" WHERE "id" = $1`, [deviceId]);
  return rowCount === 1;
}
