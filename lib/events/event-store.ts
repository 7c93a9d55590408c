import type { EventKind } from "@/lib/contracts/event-kinds";
import { arrayLiteral } from "@/lib/db/array-literal";
import { database, type Executor } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";

/** One line of the log as it is written. Whatever is left out is null; `at` defaults to now. */
export interface NewEvent {
  kind: EventKind;
  /** `device`, `system`, `user:<e-mail>` or `token:<name>`. */
  actor: string;
  deviceId?: string | null;
  enrollmentId?: string | null;
  commandId?: string | null;
  linkId?: string | null;
  data?: Record<string, unknown>;
  at?: Date;
}

export interface EventRow {
  id: bigint;
  at: Date;
  kind: string;
  actor: string;
  deviceId: string | null;
  enrollmentId: string | null;
  commandId: string | null;
  linkId: string | null;
  data: Record<string, unknown>;
}

/** Which events a list holds; what is null does not narrow it. */
export interface EventFilter {
  kinds: readonly string[] | null;
  deviceId: string | null;
  linkId: string | null;
  /** Only what happened to devices. */
  ofDevices: boolean;
  /** Only what people and scripts did, not the server or a device by itself; a batch is one deed. */
  byPeople: boolean;
}

type StoredEvent = Omit<EventRow, "id"> & { id: string };

const COLUMNS = `"id", "at", "kind", "actor", "deviceId", "enrollmentId", "commandId", "linkId", "data"`;
const FILTER = `($1::text[] IS NULL OR "kind" = ANY($1)) AND ($2::uuid IS NULL OR "deviceId" = $2)
  AND (NOT $3::bool OR ("actor" NOT IN ('system', 'device') AND NOT "data" ? 'ofBatch'))
  AND ($4::uuid IS NULL OR "linkId" = $4) AND (NOT $5::bool OR "deviceId" IS NOT NULL)`;
const valuesOf = ({ kinds, deviceId, byPeople, linkId, ofDevices }: EventFilter): unknown[] => [kinds, deviceId, byPeople, linkId, ofDevices];

const INSERT = `
  INSERT INTO "Event" ("at", "kind", "actor", "deviceId", "enrollmentId", "commandId", "linkId", "data")
  SELECT COALESCE(e.at, clock_timestamp()), e.kind, e.actor, e.device, e.enrollment, e.command, e.link, e.data::jsonb
  FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[])
    WITH ORDINALITY AS e(at, kind, actor, device, enrollment, command, link, data, place)
  ORDER BY e.place`;

function fromStored(row: StoredEvent): EventRow {
  return { ...row, id: BigInt(row.id) };
}

/** Writes the events in their order, in one statement. */
export async function insertEvents(executor: Executor, events: readonly NewEvent[]): Promise<void> {
  await executor.query(INSERT, [
    arrayLiteral(events.map((event) => event.at ?? null)),
    arrayLiteral(events.map((event) => event.kind)),
    events.map((event) => event.actor),
    arrayLiteral(events.map((event) => event.deviceId ?? null)),
    arrayLiteral(events.map((event) => event.enrollmentId ?? null)),
    arrayLiteral(events.map((event) => event.commandId ?? null)),
    arrayLiteral(events.map((event) => event.linkId ?? null)),
    events.map((event) => toJsonb(event.data ?? {})),
  ]);
}

/** At most `limit` events older than `before`, newest first. */
export async function findEvents(filter: EventFilter, before: bigint | null, limit: number): Promise<EventRow[]> {
  const { rows } = await database().pool.query<StoredEvent>(
    `SELECT ${COLUMNS} FROM "Event" WHERE ${FILTER} AND ($6::bigint IS NULL OR "id" < $6) ORDER BY "id" DESC LIMIT $7`,
    [...valuesOf(filter), before?.toString() ?? null, limit],
  );
  return rows.map(fromStored);
}

/** How many events the filter lets through; counting stops at `most`. */
export async function countEvents(filter: EventFilter, most: number): Promise<number> {
  const { rows } = await database().pool.query<{ count: number }>(
    `SELECT count(*)::int AS "count" FROM (SELECT 1 FROM "Event" WHERE ${FILTER} LIMIT $6) e`,
    [...valuesOf(filter), most],
  );
  return rows[0]?.count ?? 0;
}

/** How many events of a kind one actor has since then; holds a lock on that question until the transaction ends. */
export async function countEventsSince(tx: Executor, kind: EventKind, actor: string, since: Date): Promise<number> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 7302))`, [`${kind} ${actor}`]);
  const { rows } = await tx.query<{ count: number }>(`SELECT count(*)::int AS "count" FROM "Event" WHERE "kind" = $1 AND "actor" = $2 AND "at" > $3`, [kind, actor, since]);
  return rows[0]?.count ?? 0;
}

/** At most `limit` events with a greater id, oldest first. */
export async function findEventsAfter(after: bigint, limit: number): Promise<EventRow[]> {
  const { rows } = await database().pool.query<StoredEvent>(
    `SELECT ${COLUMNS} FROM "Event" WHERE "id" > $1 ORDER BY "id" LIMIT $2`,
    [after.toString(), limit],
  );
  return rows.map(fromStored);
}

/** The greatest id given out and visible; 0 in an empty log. */
export async function lastEventId(): Promise<bigint> {
  const { rows } = await database().pool.query<{ id: string }>(`SELECT COALESCE(max("id"), 0) AS "id" FROM "Event"`);
  return BigInt(rows[0]?.id ?? 0);
}

/** At most `limit` (null: all) of the events whose ids lie in the ranges, both ends included, oldest first. */
export async function findEventsWithin(ranges: readonly { from: bigint; to: bigint }[], limit: number | null): Promise<EventRow[]> {
  const { rows } = await database().pool.query<StoredEvent>(
    `SELECT ${COLUMNS} FROM unnest($1::bigint[], $2::bigint[]) AS r("first", "last")
     JOIN "Event" ON "id" BETWEEN r."first" AND r."last" ORDER BY "id" LIMIT $3`,
    [ranges.map(({ from }) => from.toString()), ranges.map(({ to }) => to.toString()), limit],
  );
  return rows.map(fromStored);
}

/** What happened to one command, oldest first. */
export async function findEventsOfCommand(commandId: string): Promise<EventRow[]> {
  const { rows } = await database().pool.query<StoredEvent>(
    `SELECT ${COLUMNS} FROM "Event" WHERE "commandId" = $1 ORDER BY "id" LIMIT 500`,
    [commandId],
  );
  return rows.map(fromStored);
}
