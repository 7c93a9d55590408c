import type { BatchTarget } from "@/lib/contracts/batches";
import { database, type Executor } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";
import type { CommandState } from "@/lib/contracts/words";
import { findMatchingDevices } from "@/lib/devices/device-list-store";

/** What a batch was made for, as it is stored. */
export type StoredTarget = BatchTarget | { batchId: string; which: "failed" | "silent" };

export interface SkippedTarget {
  deviceId: string;
  reason: string;
}

export interface BatchRow {
  id: string;
  requestType: string;
  target: StoredTarget;
  total: number;
  skipped: SkippedTarget[];
  skippedTotal: number;
  createdBy: string;
  createdAt: Date;
}

export interface NewBatchRow {
  id: string;
  requestType: string;
  requestSealed: Uint8Array;
  target: StoredTarget;
  total: number;
  skipped: readonly SkippedTarget[];
  createdBy: string;
}

export async function insertBatch(tx: Executor, batch: NewBatchRow): Promise<void> {
  await tx.query(
    `INSERT INTO "CommandBatch" ("id","requestType","requestSealed","target","total","skipped","createdBy") VALUES ($1,$2,$3,$4::jsonb,$5,$6::jsonb,$7)`,
    [batch.id, batch.requestType, batch.requestSealed, toJsonb(batch.target), batch.total, toJsonb(batch.skipped), batch.createdBy],
  );
}

/** The devices a target means at this moment; null when it names a group that is not there. */
export async function findTargetDevices(tx: Executor, target: BatchTarget): Promise<string[] | null> {
  if ("deviceIds" in target) return [...new Set(target.deviceIds.map((id) => id.toLowerCase()))];
  if ("groupId" in target) {
    const group = await tx.query(`SELECT 1 FROM "DeviceGroup" WHERE "id" = $1`, [target.groupId]);
    if (group.rowCount !== 1) return null;
    return idsOf(await tx.query<{ id: string }>(`SELECT "deviceId" AS "id" FROM "GroupMember" WHERE "groupId" = $1`, [target.groupId]));
  }
  return findMatchingDevices(tx, target.filter);
}

/** The devices whose command of this batch is in one of these states. */
export async function findBatchDevices(tx: Executor, batchId: string, states: readonly CommandState[]): Promise<string[]> {
  return idsOf(
    await tx.query<{ id: string }>(
      `SELECT DISTINCT e."deviceId" AS "id" FROM "Command" c JOIN "Enrollment" e ON e."id" = c."enrollmentId" WHERE c."batchId" = $1 AND c."state" = ANY($2::text[])`,
      [batchId, states],
    ),
  );
}

const idsOf = ({ rows }: { rows: { id: string }[] }) => rows.map((row) => row.id);

export interface TargetRow {
  deviceId: string;
  known: boolean;
  /** The newest life; null when the device was never enrolled. */
  enrollmentId: string | null;
  state: string | null;
  /** An equal query waits there. */
  twin: boolean;
  /** A command of this type is open there. */
  open: boolean;
}

/**
 * How the devices stand. Their lives cannot end before the transaction does, so nothing is queued for one that has
 * ended; with `alone` nobody else who asks for an open command gets an answer before either.
 */
export async function readTargets(
  tx: Executor,
  deviceIds: readonly string[],
  { requestType, deduplicateKey, alone }: { requestType: string; deduplicateKey: string | null; alone: boolean },
): Promise<TargetRow[]> {
  await tx.query(
    `SELECT count(*) FROM (
       SELECT 1 FROM "Enrollment" e JOIN "Device" d ON d."enrollmentId" = e."id" WHERE d."id" = ANY($1::uuid[]) ORDER BY e."id" FOR ${alone ? "NO KEY UPDATE" : "KEY SHARE"} OF e) AS "locked"`,
    [deviceIds],
  );
  const open = `FROM "Command" c WHERE c."enrollmentId" = e."id" AND c."queueRank" IS NOT NULL`;
  const { rows } = await tx.query<TargetRow>(
    `SELECT q."id" AS "deviceId", d."id" IS NOT NULL AS "known", e."id" AS "enrollmentId", e."state",
       EXISTS (SELECT 1 ${open} AND c."deduplicateKey" = $3::text AND c."state" IN ('queued','deferred')) AS "twin",
       EXISTS (SELECT 1 ${open} AND c."requestType" = $2) AS "open"
     FROM unnest($1::uuid[]) AS q("id") LEFT JOIN "Device" d ON d."id" = q."id" LEFT JOIN "Enrollment" e ON e."id" = d."enrollmentId" ORDER BY e."id"`,
    [deviceIds, requestType, deduplicateKey],
  );
  return rows;
}

/** What a page shows of lists that may be long. */
const SHOWN = 1_000;
const COLUMNS = `b."id", b."requestType", b."total", b."createdBy", b."createdAt", jsonb_array_length(b."skipped") AS "skippedTotal",
  jsonb_path_query_array(b."skipped", '$[0 to ${SHOWN - 1}]') AS "skipped",
  CASE WHEN b."target" ? 'deviceIds' THEN jsonb_build_object('deviceIds', jsonb_path_query_array(b."target", '$.deviceIds[0 to ${SHOWN - 1}]')) ELSE b."target" END AS "target"`;

/** Null when there is no such batch. */
export async function readBatchRow(id: string): Promise<BatchRow | null> {
  const { rows } = await database().pool.query<BatchRow>(`SELECT ${COLUMNS} FROM "CommandBatch" b WHERE b."id" = $1`, [id]);
  return rows[0] ?? null;
}

/** What every target of it was sent, sealed; null when there is no such batch. */
export async function readBatchRequest(tx: Executor, id: string): Promise<{ requestType: string; requestSealed: Buffer; overridden: boolean } | null> {
  const { rows } = await tx.query<{ requestType: string; requestSealed: Buffer; overridden: boolean }>(
    `SELECT b."requestType", b."requestSealed", EXISTS (SELECT 1 FROM "Command" c WHERE c."batchId" = b."id" AND c."overridden") AS "overridden"
     FROM "CommandBatch" b WHERE b."id" = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** Newest first, below the cursor when there is one. */
export async function listBatchRows(before: { at: Date; id: string } | null, limit: number): Promise<BatchRow[]> {
  const { rows } = await database().pool.query<BatchRow>(
    `SELECT ${COLUMNS} FROM "CommandBatch" b WHERE $1::timestamptz IS NULL OR (b."createdAt", b."id") < ($1, $2::uuid)
     ORDER BY b."createdAt" DESC, b."id" DESC LIMIT $3`,
    [before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
}

export async function countBatchRows(): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM "CommandBatch"`);
  return rows[0]?.total ?? 0;
}

/** How many commands of each batch are in each state, by one statement. */
export async function countBatchStates(batchIds: readonly string[]): Promise<Map<string, Record<string, number>>> {
  const { rows } = await database().pool.query<{ batchId: string; state: string; total: number }>(
    `SELECT "batchId", "state", count(*)::int AS "total" FROM "Command" WHERE "batchId" = ANY($1::uuid[]) GROUP BY "batchId", "state"`,
    [batchIds],
  );
  const byBatch = new Map<string, Record<string, number>>();
  for (const { batchId, state, total } of rows) byBatch.set(batchId, { ...byBatch.get(batchId), [state]: total });
  return byBatch;
}

export interface CancelledRow {
  id: string;
  enrollmentId: string;
  deviceId: string;
  delivered: boolean;
}

/** Takes every open command of the batch out of its queue. Answers which, and whether its device had it. */
export async function cancelBatchCommands(tx: Executor, batchId: string, cause: string): Promise<CancelledRow[]> {
  const { rows } = await tx.query<CancelledRow>(
    `WITH "open" AS (SELECT "id", "state" = 'delivered' AS "delivered" FROM "Command" WHERE "batchId" = $1 AND "queueRank" IS NOT NULL ORDER BY "id" FOR UPDATE)
     UPDATE "Command" c SET "state" = 'cancelled', "queueRank" = NULL, "endedAt" = now(), "cause" = $2
     FROM "open" o, "Enrollment" e WHERE c."id" = o."id" AND e."id" = c."enrollmentId" RETURNING c."id", c."enrollmentId", e."deviceId", o."delivered"`,
    [batchId, cause],
  );
  return rows;
}

/** Enrollments where a command of the batch waits for an answer that has not come. */
export async function findSilentEnrollments(tx: Executor, batchId: string): Promise<{ enrollmentId: string; deviceId: string }[]> {
  const { rows } = await tx.query<{ enrollmentId: string; deviceId: string }>(
    `SELECT DISTINCT c."enrollmentId", e."deviceId" FROM "Command" c JOIN "Enrollment" e ON e."id" = c."enrollmentId"
     WHERE c."batchId" = $1 AND c."state" IN ('queued','delivered') ORDER BY c."enrollmentId"`,
    [batchId],
  );
  return rows;
}
