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

export interface OfferedCommandRow {
  id: string;
  requestSealed: Buffer;
  /** It was taken out instead of delivered. */
  poisoned: boolean;
}

/** The rows of the log are written with the change they tell of, in one statement: this path is taken all day. */
const LOG = `INSERT INTO "Event" ("kind","actor","deviceId","enrollmentId","commandId","data")`;

/**
 * Marks the next command delivered, or takes it out when it has been delivered too often without any answer; in rank,
 * then first in, first out. Null when nothing may be sent. Made of one statement and atomic by itself. Its commit does
 * not wait for the disk: nothing a device said is in it, and a mark that a crash takes back only means that the command
 * is offered again, as every unanswered one is.
 */
export async function offerNextCommand(
  executor: Executor,
  to: { enrollmentId: string; deviceId: string; neverDeferredOnly: boolean; poisonDeliveries: number },
): Promise<OfferedCommandRow | null> {
  const { rows } = await executor.query<OfferedCommandRow>(
    `WITH "next" AS (
       SELECT "id","requestType","requestSealed","deliveries", "state" = 'delivered' AND "deliveries" >= $4::int AS "poisoned" FROM "Command"
       WHERE "enrollmentId" = $1 AND "queueRank" IS NOT NULL AND (NOT $3::bool OR ("neverDeferred" AND "state" <> 'deferred'))
         AND ("notBefore" IS NULL OR "notBefore" <= now()) AND ("expiresAt" IS NULL OR "expiresAt" > now())
       ORDER BY "queueRank", "sequence" LIMIT 1 FOR UPDATE),
     "delivered" AS (
       UPDATE "Command" c SET "state" = 'delivered', "deliveredAt" = now(), "deliveries" = c."deliveries" + 1
       FROM "next" n WHERE c."id" = n."id" AND NOT n."poisoned"),
     "takenOut" AS (
       UPDATE "Command" c SET "state" = 'poisoned', "queueRank" = NULL, "endedAt" = now(), "cause" = format('Delivered %s times without any answer.', n."deliveries")
       FROM "next" n WHERE c."id" = n."id" AND n."poisoned"),
     "logged" AS (
       ${LOG} SELECT CASE WHEN "poisoned" THEN 'command.poisoned' ELSE 'command.delivered' END, CASE WHEN "poisoned" THEN 'system' ELSE 'device' END,
         $2::uuid, $1::uuid, "id", jsonb_build_object('requestType', "requestType", 'deliveries', CASE WHEN "poisoned" THEN "deliveries" ELSE "deliveries" + 1 END) FROM "next")
     SELECT "id","requestSealed","poisoned", set_config('synchronous_commit', 'off', true) FROM "next"`,
    [to.enrollmentId, to.deviceId, to.neverDeferredOnly, to.poisonDeliveries],
  );
  return rows[0] ?? null;
}

export interface AnsweredCommandRow {
  requestType: string;
  requestSealed: Buffer;
}

/**
 * Ends a command with the answer of its device. Null, and nothing changed, when it had been answered before or was
 * never sent there; one that was cancelled, ran out of time or was taken out after its delivery still takes an answer.
 */
export async function answerCommand(
  executor: Executor,
  answer: {
    id: string; enrollmentId: string; deviceId: string; state: CommandState; event: string;
    status: string; responseSealed: Uint8Array; errorChain: unknown;
  },
): Promise<AnsweredCommandRow | null> {
  const { rows } = await executor.query<AnsweredCommandRow>(
    `WITH "command" AS (
       SELECT "id","requestType","requestSealed","queueRank" FROM "Command" WHERE "id" = $1 AND "enrollmentId" = $2
         AND ("queueRank" IS NOT NULL OR ("state" IN ('cancelled','expired','poisoned') AND "deliveries" > 0)) FOR UPDATE),
     "answered" AS (
       UPDATE "Command" c SET "state" = $4, "queueRank" = NULL, "endedAt" = now(), "responseSealed" = $7, "errorChain" = $8::jsonb, "cause" = NULL
       FROM "command" o WHERE c."id" = o."id"),
     "logged" AS (
       ${LOG} SELECT $5, 'device', $3::uuid, $2::uuid, "id", jsonb_build_object('requestType', "requestType", 'status', $6::text, 'late', "queueRank" IS NULL) FROM "command")
     SELECT "requestType","requestSealed" FROM "command"`,
    [answer.id, answer.enrollmentId, answer.deviceId, answer.state, answer.event, answer.status, answer.responseSealed,
      answer.errorChain === null ? null : toJsonb(answer.errorChain)],
  );
  return rows[0] ?? null;
}

/** NotNow is an answer: the count of unanswered deliveries starts anew. Null when the command is not open here. */
export async function markDeferred(tx: Executor, id: string, enrollmentId: string): Promise<{ requestType: string; deferrals: number } | null> {
  const { rows } = await tx.query<{ requestType: string; deferrals: number }>(
    `UPDATE "Command" SET "state" = 'deferred', "deferredAt" = now(), "deferrals" = "deferrals" + 1, "deliveries" = 0
     WHERE "id" = $1 AND "enrollmentId" = $2 AND "queueRank" IS NOT NULL RETURNING "requestType","deferrals"`,
    [id, enrollmentId],
  );
  return rows[0] ?? null;
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
