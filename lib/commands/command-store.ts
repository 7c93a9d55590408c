import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";
import { keepingInventory } from "@/lib/devices/inventory-store";
import type { CommandState } from "@/lib/contracts/words";
import { NEVER_DEFERRED } from "@/lib/protocol/commands/never-deferred";

export interface CommandRow {
  id: string;
  sequence: string;
  enrollmentId: string;
  deviceId: string;
  channel: "device" | "user";
  channelKey: string;
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
  batchId: string | null;
  overridden: boolean;
}

export interface NewCommandRow {
  id: string;
  enrollmentId: string;
  requestType: string;
  requestSealed: Uint8Array;
  state: "queued" | "scheduled";
  queueRank: number;
  notBefore: Date | null;
  expiresAt: Date | null;
  createdBy: string;
  deduplicateKey: string | null;
  batchId: string | null;
  overridden: boolean;
  /** The facts it was judged by; null when it was not, and then it is at its delivery. */
  judgedVersion: number | null;
}

/** In the order given. What may follow a NotNow depends on the platform of each device. */
export async function insertCommands(tx: Executor, commands: readonly NewCommandRow[]): Promise<void> {
  const column = <K extends keyof NewCommandRow>(key: K) => commands.map((command) => command[key]);
  await tx.query(
    `INSERT INTO "Command" ("id","enrollmentId","requestType","requestSealed","state","queueRank","notBefore","expiresAt","createdBy","deduplicateKey",
       "batchId","overridden","judgedVersion","neverDeferred")
     SELECT c."id", e."id", c."requestType", c."request", c."state", c."rank", c."notBefore", c."expiresAt", c."createdBy", c."key", c."batchId", c."overridden", c."judged",
       c."requestType" = ANY(CASE WHEN d."platform" = 'macos' THEN $14::text[] WHEN d."platform" IN ('ios','ipados') THEN $15::text[] ELSE $16::text[] END)
     FROM unnest($1::uuid[],$2::uuid[],$3::text[],$4::bytea[],$5::text[],$6::int[],$7::timestamptz[],$8::timestamptz[],$9::text[],$10::text[],$11::uuid[],$12::bool[],$13::int[])
       WITH ORDINALITY AS c("id","enrollmentId","requestType","request","state","rank","notBefore","expiresAt","createdBy","key","batchId","overridden","judged","place")
     JOIN "Enrollment" e ON e."id" = c."enrollmentId" JOIN "Device" d ON d."id" = e."deviceId" ORDER BY c."place"`,
    [column("id"), column("enrollmentId"), column("requestType"), column("requestSealed"), column("state"), column("queueRank"),
      column("notBefore"), column("expiresAt"), column("createdBy"), column("deduplicateKey"), column("batchId"), column("overridden"), column("judgedVersion"),
      NEVER_DEFERRED.macos, NEVER_DEFERRED.ios, NEVER_DEFERRED.other],
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

/** An open command of this type; null when there is none, and then none comes before this transaction ends. */
export async function findOpenCommand(tx: Executor, enrollmentId: string, requestType: string): Promise<{ id: string } | null> {
  await tx.query(`SELECT 1 FROM "Enrollment" WHERE "id" = $1 FOR NO KEY UPDATE`, [enrollmentId]);
  const { rows } = await tx.query<{ id: string }>(
    `SELECT "id" FROM "Command" WHERE "enrollmentId" = $1 AND "queueRank" IS NOT NULL AND "requestType" = $2 ORDER BY "sequence" LIMIT 1`,
    [enrollmentId, requestType],
  );
  return rows[0] ?? null;
}

export interface OfferedCommandRow {
  id: string;
  requestType: string;
  requestSealed: Buffer;
  /** It was taken out instead of delivered. */
  poisoned: boolean;
  /** Another session of the device has it and may still answer: nothing was given out. */
  held: boolean;
  /** What is known of the device has changed since it was judged, or it never was: nothing was given out. */
  unjudged: boolean;
}

/** The rows of the log are written with the change they tell of, in one statement: this path is taken all day. */
const LOG = `INSERT INTO "Event" ("kind","actor","deviceId","enrollmentId","commandId","data")`;

/**
 * A command that was given out belongs to that session for so long. Whoever polls meanwhile, on this node or another,
 * gets nothing: two sessions must not carry out one command side by side. After it the answer counts as lost.
 */
export const DELIVERY_HOLD_MS = 5_000;

/**
 * Marks the next command delivered, or takes it out when it has been delivered too often without any answer; in rank,
 * then first in, first out. One that has to be judged first is left as it is. Null when nothing may be sent. Made of one statement and atomic by itself. Its commit does
 * not wait for the disk: nothing a device said is in it, and a mark that a crash takes back only means that the command
 * is offered again, as every unanswered one is.
 */
export async function offerNextCommand(
  executor: Executor,
  to: { enrollmentId: string; deviceId: string; neverDeferredOnly: boolean; poisonDeliveries: number },
): Promise<OfferedCommandRow | null> {
  const { rows } = await executor.query<OfferedCommandRow>(
    `WITH "next" AS (
       SELECT "id","requestType","requestSealed","deliveries", "state" = 'delivered' AND "deliveries" >= $4::int AS "poisoned",
         "state" = 'delivered' AND "deliveredAt" > clock_timestamp() - $5::int * interval '1 millisecond' AS "held",
         "state" <> 'delivered' AND NOT "overridden" AND "judgedVersion" IS DISTINCT FROM (SELECT "factsVersion" FROM "Device" WHERE "id" = $2) AS "unjudged" FROM "Command"
       WHERE "enrollmentId" = $1 AND "queueRank" IS NOT NULL AND (NOT $3::bool OR ("neverDeferred" AND "state" <> 'deferred'))
         AND ("notBefore" IS NULL OR "notBefore" <= now()) AND ("expiresAt" IS NULL OR "expiresAt" > now())
       ORDER BY "queueRank", "sequence" LIMIT 1 FOR UPDATE),
     "delivered" AS (
       UPDATE "Command" c SET "state" = 'delivered', "deliveredAt" = clock_timestamp(), "deliveries" = c."deliveries" + 1
       FROM "next" n WHERE c."id" = n."id" AND NOT (n."poisoned" OR n."held" OR n."unjudged")),
     "takenOut" AS (
       UPDATE "Command" c SET "state" = 'poisoned', "queueRank" = NULL, "endedAt" = now(), "cause" = format('Delivered %s times without any answer.', n."deliveries")
       FROM "next" n WHERE c."id" = n."id" AND n."poisoned" AND NOT n."held"),
     "logged" AS (
       ${LOG} SELECT CASE WHEN "poisoned" THEN 'command.poisoned' ELSE 'command.delivered' END, CASE WHEN "poisoned" THEN 'system' ELSE 'device' END,
         $2::uuid, $1::uuid, "id", jsonb_build_object('requestType', "requestType", 'deliveries', CASE WHEN "poisoned" THEN "deliveries" ELSE "deliveries" + 1 END)
       FROM "next" WHERE NOT ("held" OR "unjudged"))
     SELECT "id","requestType","requestSealed","poisoned","held","unjudged", set_config('synchronous_commit', 'off', true) FROM "next"`,
    [to.enrollmentId, to.deviceId, to.neverDeferredOnly, to.poisonDeliveries, DELIVERY_HOLD_MS],
  );
  return rows[0] ?? null;
}

export interface AnsweredCommandRow {
  requestType: string;
  /** It had left the queue before. */
  late: boolean;
}

/**
 * Ends a command with the answer of its device, and keeps what that tells of the device, in one statement. Null, and nothing changed, when it had been answered before or was
 * never sent there; one that was cancelled, ran out of time or was taken out after its delivery still takes an answer.
 */
export async function answerCommand(
  executor: Executor,
  answer: {
    id: string; enrollmentId: string; deviceId: string; state: CommandState; event: string;
    status: string; responseSealed: Uint8Array; errorChain: unknown; inventory: { kind: string; value: unknown; merge: boolean } | null;
  },
): Promise<AnsweredCommandRow | null> {
  const { inventory } = answer;
  const { rows } = await executor.query<AnsweredCommandRow>(
    `WITH "command" AS (
       SELECT "id","requestType","queueRank" FROM "Command" WHERE "id" = $1 AND "enrollmentId" = $2
         AND ("queueRank" IS NOT NULL OR ("state" IN ('cancelled','expired','poisoned') AND "deliveries" > 0)) FOR UPDATE),
     "answered" AS (
       UPDATE "Command" c SET "state" = $4, "queueRank" = NULL, "endedAt" = now(), "responseSealed" = $7, "errorChain" = $8::jsonb, "cause" = NULL
       FROM "command" o WHERE c."id" = o."id"),
     "logged" AS (
       ${LOG} SELECT $5, 'device', $3::uuid, $2::uuid, "id", jsonb_build_object('requestType', "requestType", 'status', $6::text, 'late', "queueRank" IS NULL) FROM "command"),
     ${keepingInventory({ deviceId: "$3::uuid", kind: "$9::text", value: "$10::jsonb", merge: "$11::bool", source: '"command"' })}
     SELECT "requestType","queueRank" IS NULL AS "late" FROM "command"`,
    [answer.id, answer.enrollmentId, answer.deviceId, answer.state, answer.event, answer.status, answer.responseSealed,
      answer.errorChain === null ? null : toJsonb(answer.errorChain), inventory?.kind ?? null, inventory === null ? null : toJsonb(inventory.value), inventory?.merge ?? false],
  );
  return rows[0] ?? null;
}

/** Whether this enrollment was ever given such a command, as far as we remember. */
export async function isKnownCommand(executor: Executor, id: string, enrollmentId: string): Promise<boolean> {
  const { rowCount } = await executor.query(`SELECT 1 FROM "Command" WHERE "id" = $1 AND "enrollmentId" = $2`, [id, enrollmentId]);
  return rowCount === 1;
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

export interface SweptCommandRow {
  id: string;
  requestType: string;
  enrollmentId: string;
  deviceId: string;
}

/** Ends what has run out of time, over all enrollments; what another node is at is left to it. */
export async function expireCommands(tx: Executor, cause: string): Promise<SweptCommandRow[]> {
  const { rows } = await tx.query<SweptCommandRow>(
    `WITH "over" AS (SELECT "id" FROM "Command" WHERE "queueRank" IS NOT NULL AND "expiresAt" <= now() LIMIT 10000 FOR UPDATE SKIP LOCKED)
     UPDATE "Command" c SET "state" = 'expired', "queueRank" = NULL, "endedAt" = now(), "cause" = $1
     FROM "over" o, "Enrollment" e WHERE o."id" = c."id" AND e."id" = c."enrollmentId" RETURNING c."id", c."requestType", c."enrollmentId", e."deviceId"`,
    [cause],
  );
  return rows;
}

/** Opens what has come of age. */
export async function releaseCommands(tx: Executor): Promise<SweptCommandRow[]> {
  const { rows } = await tx.query<SweptCommandRow>(
    `WITH "due" AS (SELECT "id" FROM "Command" WHERE "state" = 'scheduled' AND "queueRank" IS NOT NULL AND "notBefore" <= now() LIMIT 10000 FOR UPDATE SKIP LOCKED)
     UPDATE "Command" c SET "state" = 'queued'
     FROM "due" o, "Enrollment" e WHERE o."id" = c."id" AND e."id" = c."enrollmentId" RETURNING c."id", c."requestType", c."enrollmentId", e."deviceId"`,
    [],
  );
  return rows;
}

/** Commands `c` with what is known of their enrollments `e`. */
export const WITH_DEVICE = `SELECT c.*, e."deviceId", e."channel", e."channelKey" FROM "Command" c JOIN "Enrollment" e ON e."id" = c."enrollmentId"`;

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

/** What all users of Shared iPads have for a UserID: only the short name tells them apart. */
const EVERY_SHARED_IPAD_USER = "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF";

/**
 * The life commands go to, which does not end before the transaction does: the newest of the device, or under
 * it the newest of a user, named by UserID, short name or key of the channel. Null when there is none.
 */
export async function findCommandTarget(
  tx: Executor,
  deviceId: string,
  user: string | null = null,
): Promise<{ enrollmentId: string; state: string; serialNumber: string | null } | null> {
  const which =
    user === null
      ? `e."id" = d."enrollmentId" AND $2::text IS NULL`
      : `e."parentId" = d."enrollmentId" AND ((lower(e."userId") = lower($2::text) AND e."userId" <> '${EVERY_SHARED_IPAD_USER}') OR $2 IN (e."userShortName", e."channelKey"))`;
  const { rows } = await tx.query<{ enrollmentId: string; state: string; serialNumber: string | null }>(
    `SELECT e."id" AS "enrollmentId", e."state", d."serialNumber" FROM "Device" d JOIN "Enrollment" e ON ${which}
     WHERE d."id" = $1 ORDER BY e."endedAt" IS NULL DESC, e."authenticatedAt" DESC LIMIT 1 FOR KEY SHARE OF e`,
    [deviceId, user],
  );
  return rows[0] ?? null;
}
