import type { DeviceFilter } from "@/lib/contracts/device-filter";
import { COMMANDS_COUNT_DAYS, COUNT_CAP } from "@/lib/contracts/device-filter";
import { database, type Executor } from "@/lib/db/database";
import type { PushHealth } from "@/lib/contracts/words";
import { deviceWhere, deviceWhereAlong, PUSH_HEALTH_SQL } from "./device-filter-store";
import type { ListPlace, Ordering } from "./device-order";
import type { DeviceRow } from "./device-store";

/** A device with what the list shows of its newest life. */
export interface DeviceListRow extends DeviceRow {
  state: string | null;
  endedCause: string | null;
  awaitingConfiguration: boolean | null;
  lastSeenAt: Date | null;
  owner: string | null;
  push: PushHealth | null;
  linkName: string | null;
  users: string[];
  openCommands: number;
  failedCommands: number;
}

const COLUMNS = `d."id", d."udid", d."serialNumber", d."name", d."platform", d."model", d."modelName", d."productName", d."osVersion", d."buildVersion", d."imei", d."meid",
  d."supervised", d."simulated", d."createdAt", d."enrollmentId", e."state", e."endedCause", e."awaitingConfiguration", e."lastSeenAt", e."owner", ${PUSH_HEALTH_SQL} AS "push",
  (SELECT l."name" FROM "EnrollmentLink" l WHERE l."id" = e."linkId") AS "linkName",
  ARRAY(SELECT COALESCE(u."userLongName", u."userShortName") FROM "Enrollment" u
    WHERE u."parentId" = e."id" AND u."endedAt" IS NULL AND COALESCE(u."userLongName", u."userShortName") IS NOT NULL ORDER BY 1) AS "users",
  (SELECT count(*)::int FROM "Command" c WHERE c."enrollmentId" = e."id" AND c."queueRank" IS NOT NULL) AS "openCommands",
  (SELECT count(*)::int FROM "Command" c WHERE c."enrollmentId" = e."id" AND c."state" IN ('failed', 'malformed', 'poisoned')
    AND c."endedAt" > now() - interval '${COMMANDS_COUNT_DAYS} days') AS "failedCommands"`;
const FROM = `FROM "Device" d LEFT JOIN "Enrollment" e ON e."id" = d."enrollmentId"`;
/** Devices as DeviceListRow, "Device" being d; what follows is WHERE. */
export const DEVICE_LIST = `SELECT ${COLUMNS} ${FROM}`;

/** A device of a page; its place is where the next page begins after it. */
export type PlacedRow = DeviceListRow & { place: string | null };

export interface DeviceCount {
  total: number;
  /** There are more than COUNT_CAP. */
  capped: boolean;
}

interface Found {
  id: string;
  place: string | null;
}

/**
 * At most `limit` devices in their order, after the place when one is given, and how many match. Pages put together hold every device
 * once. Few matches are gathered and then sorted; where there are many, the index of the order meets enough of them soon. Which of the
 * two it is, is counted rather than left to the planner, who would guess.
 */
export async function findDevicePage(filter: DeviceFilter, ordering: Ordering, after: ListPlace | null, limit: number): Promise<DeviceCount & { rows: PlacedRow[] }> {
  if (Object.values(filter).every((condition) => condition === undefined)) {
    const [found, count] = await Promise.all([inOrder(filter, ordering, after, limit), countDeviceRows(filter)]);
    return { ...count, rows: await placed(found) };
  }
  const gathered = await gather(filter, ordering, after, limit);
  if (gathered.total <= COUNT_CAP) return { total: gathered.total, capped: false, rows: await placed(gathered.found) };
  return { total: COUNT_CAP, capped: true, rows: await placed(await inOrder(filter, ordering, after, limit)) };
}

async function gather(filter: DeviceFilter, ordering: Ordering, after: ListPlace | null, limit: number): Promise<{ total: number; found: Found[] }> {
  const { by, text, direction } = ordering;
  const values: unknown[] = [];
  const where = deviceWhere(filter, values);
  const { rows } = await database().pool.query<{ total: number; id: string | null; place: string | null }>(
    `WITH m AS MATERIALIZED (SELECT d."id", ${by} AS "by" ${FROM} WHERE ${where} LIMIT ${COUNT_CAP + 1})
     SELECT c."total", p."id", p."place" FROM (SELECT count(*)::int AS "total" FROM m) c LEFT JOIN LATERAL (
       SELECT m."id", ${text(`m."by"`)} AS "place" FROM m WHERE c."total" <= ${COUNT_CAP} AND ${beyond(ordering, after, `m."by"`, `m."id"`, values)}
       ORDER BY m."by" ${direction} NULLS LAST, m."id" ${direction} LIMIT $${values.push(limit)}) p ON true`,
    values,
  );
  return { total: rows[0]?.total ?? 0, found: rows.flatMap(({ id, place }) => (id === null ? [] : [{ id, place }])) };
}

/** What comes after a place, those without a value last. */
function beyond({ direction, cast, partial }: Ordering, after: ListPlace | null, by: string, id: string, values: unknown[]): string {
  if (after === null) return "true";
  const sign = direction === "DESC" ? "<" : ">";
  if (after.value === null) return `${by} IS NULL AND ${id} ${sign} $${values.push(after.id)}::uuid`;
  const later = `(${by}, ${id}) ${sign} ($${values.push(after.value)}::${cast}, $${values.push(after.id)}::uuid)`;
  return partial ? `(${later} OR ${by} IS NULL)` : later;
}

/** Along the index of the order: first the devices that have a value, then those without. */
async function inOrder(filter: DeviceFilter, ordering: Ordering, after: ListPlace | null, limit: number): Promise<Found[]> {
  const { by, id, direction, text, partial } = ordering;
  const part = async (condition: string, key: string, place: string, from: ListPlace | null, wanted: number): Promise<Found[]> => {
    const values: unknown[] = [];
    const where = [deviceWhereAlong(ordering.key, filter, values), condition, beyond({ ...ordering, partial: false }, from, by, key, values)].join(" AND ");
    const order = place === "NULL" ? `${key} ${direction}` : `${by} ${direction}, ${key} ${direction}`;
    const { rows } = await database().pool.query<Found>(`SELECT d."id", ${place} AS "place" ${FROM} WHERE ${where} ORDER BY ${order} LIMIT $${values.push(wanted)}`, values);
    return rows;
  };
  // The index of a partial order says so of itself: without these words the planner may not use it.
  const valued = after?.value === null ? [] : await part(partial ? `e."channel" = 'device' AND ${by} IS NOT NULL` : "true", id, text(by), after, limit);
  if (!partial || valued.length >= limit) return valued;
  return [...valued, ...(await part(`${by} IS NULL`, `d."id"`, "NULL", after?.value === null ? after : null, limit - valued.length))];
}

/** The rows of a page in its order. */
async function placed(found: readonly Found[]): Promise<PlacedRow[]> {
  const rows = new Map((await listDeviceRowsById(found.map(({ id }) => id))).map((row) => [row.id, row]));
  return found.flatMap(({ id, place }) => {
    const row = rows.get(id);
    return row === undefined ? [] : [{ ...row, place }];
  });
}

/** Those of the ids that are devices, in no order. */
export async function listDeviceRowsById(ids: readonly string[]): Promise<DeviceListRow[]> {
  const { rows } = await database().pool.query<DeviceListRow>(`${DEVICE_LIST} WHERE d."id" = ANY($1::uuid[])`, [ids]);
  return rows;
}

/** How many devices match: exact up to COUNT_CAP, and for all devices together. */
export async function countDeviceRows(filter: DeviceFilter): Promise<DeviceCount> {
  const values: unknown[] = [];
  const where = deviceWhere(filter, values);
  const all = where === "true";
  const { rows } = await database().pool.query<{ total: number }>(
    all ? `SELECT count(*)::int AS "total" FROM "Device"` : `SELECT count(*)::int AS "total" FROM (SELECT 1 ${FROM} WHERE ${where} LIMIT ${COUNT_CAP + 1}) m`,
    values,
  );
  const total = rows[0]?.total ?? 0;
  return all || total <= COUNT_CAP ? { total, capped: false } : { total: COUNT_CAP, capped: true };
}

/** Every device that matches at this moment. */
export async function findMatchingDevices(executor: Executor, filter: DeviceFilter): Promise<string[]> {
  const values: unknown[] = [];
  const { rows } = await executor.query<{ id: string }>(`SELECT d."id" ${FROM} WHERE ${deviceWhere(filter, values)}`, values);
  return rows.map((row) => row.id);
}

/** Null when there is no such device. */
export async function readDeviceRow(id: string): Promise<DeviceListRow | null> {
  const [row] = await listDeviceRowsById([id]);
  return row ?? null;
}

/** Devices whose newest life came by this link, newest first, below the cursor when there is one. */
export async function listDeviceRowsOfLink(linkId: string, before: { at: Date; id: string } | null, limit: number): Promise<DeviceListRow[]> {
  const { rows } = await database().pool.query<DeviceListRow>(
    `${DEVICE_LIST} WHERE e."linkId" = $1 AND ($2::timestamptz IS NULL OR (d."createdAt", d."id") < ($2, $3::uuid)) ORDER BY d."createdAt" DESC, d."id" DESC LIMIT $4`,
    [linkId, before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
}

export async function countDeviceRowsOfLink(linkId: string): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" ${FROM} WHERE e."linkId" = $1`, [linkId]);
  return rows[0]?.total ?? 0;
}
