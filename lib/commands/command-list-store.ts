import { COMMANDS_COUNT_DAYS } from "@/lib/contracts/device-filter";
import { database } from "@/lib/db/database";
import { COMMAND_STATES, type CommandState } from "@/lib/contracts/words";
import { WITH_DEVICE, type CommandRow } from "./command-store";

/** Null takes all of them. */
export interface CommandFilter {
  state: string | null;
  /** One channel in one of its lives. */
  enrollmentId: string | null;
}

/** The commands of every life of a device, newest first, below the cursor. */
export async function listCommandRows(deviceId: string, { state, enrollmentId }: CommandFilter, beforeSequence: string | null, limit: number): Promise<CommandRow[]> {
  const { rows } = await database().pool.query<CommandRow>(
    `${WITH_DEVICE} WHERE e."deviceId" = $1 AND ($2::text IS NULL OR c."state" = $2) AND ($3::bigint IS NULL OR c."sequence" < $3)
       AND ($5::uuid IS NULL OR c."enrollmentId" = $5)
     ORDER BY c."sequence" DESC LIMIT $4`,
    [deviceId, state, beforeSequence, limit, enrollmentId],
  );
  return rows;
}

export interface BatchCommandRow extends CommandRow {
  /** The name it gave, else its serial number. */
  deviceName: string | null;
}

/** A page of commands, last queued first, with their devices. It is cut before they are joined: thousands may match. */
const page = (where: string, limit: string): string => `SELECT c.*, e."deviceId", e."channel", e."channelKey", coalesce(d."name", d."serialNumber") AS "deviceName"
  FROM (SELECT * FROM "Command" c WHERE ${where} ORDER BY c."sequence" DESC LIMIT ${limit}) c
  JOIN "Enrollment" e ON e."id" = c."enrollmentId" JOIN "Device" d ON d."id" = e."deviceId" ORDER BY c."sequence" DESC`;

const LATELY = `c."endedAt" > now() - interval '${COMMANDS_COUNT_DAYS} days'`;

/** Open, or ended so lately that it is counted; a state ($1), or null, each out of an index that holds nothing else. No command is both. */
function countedIn(state: CommandState | null): string[] {
  if (state === null) return [`$1::text IS NULL AND c."queueRank" IS NOT NULL`, LATELY];
  return [`c."state" = $1 AND ${COMMAND_STATES[state].ended ? LATELY : `c."queueRank" IS NOT NULL`}`];
}

/** The commands of all devices, last queued first, below the cursor. */
export async function listFleetCommandRows(state: CommandState | null, beforeSequence: string | null, limit: number): Promise<BatchCommandRow[]> {
  const { rows } = await database().pool.query<BatchCommandRow>(
    page(`((${countedIn(state).join(") OR (")})) AND ($2::bigint IS NULL OR c."sequence" < $2)`, "$3"),
    [state, beforeSequence, limit],
  );
  return rows;
}

/** Counts no further than `most`. */
export async function countFleetCommandRows(state: CommandState | null, most: number): Promise<number> {
  const counted = countedIn(state).map((where) => `SELECT 1 FROM "Command" c WHERE ${where}`).join(" UNION ALL ");
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM (${counted} LIMIT $2) AS x`, [state, most]);
  return rows[0]?.total ?? 0;
}

/** The commands of a batch, last queued first, below the cursor. */
export async function listBatchCommandRows(batchId: string, state: string | null, beforeSequence: string | null, limit: number): Promise<BatchCommandRow[]> {
  const { rows } = await database().pool.query<BatchCommandRow>(
    page(`c."batchId" = $1 AND ($2::text IS NULL OR c."state" = $2) AND ($3::bigint IS NULL OR c."sequence" < $3)`, "$4"),
    [batchId, state, beforeSequence, limit],
  );
  return rows;
}

export async function countBatchCommandRows(batchId: string, state: string | null): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(
    `SELECT count(*)::int AS "total" FROM "Command" WHERE "batchId" = $1 AND ($2::text IS NULL OR "state" = $2)`,
    [batchId, state],
  );
  return rows[0]?.total ?? 0;
}

export async function countCommandRows(deviceId: string, { state, enrollmentId }: CommandFilter): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(
    `SELECT count(*)::int AS "total" FROM "Command" c JOIN "Enrollment" e ON e."id" = c."enrollmentId"
     WHERE e."deviceId" = $1 AND ($2::text IS NULL OR c."state" = $2) AND ($3::uuid IS NULL OR c."enrollmentId" = $3)`,
    [deviceId, state, enrollmentId],
  );
  return rows[0]?.total ?? 0;
}
