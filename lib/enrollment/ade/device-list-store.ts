import type { AdeDeviceFilter } from "@/lib/contracts/ade";
import type { AdeDeviceState, AdeRefusal } from "@/lib/contracts/ade-words";
import { database, type Executor } from "@/lib/db/database";

export interface AdeDeviceListRow {
  id: string;
  serverId: string;
  serialNumber: string;
  model: string | null;
  description: string | null;
  color: string | null;
  assetTag: string | null;
  deviceFamily: string | null;
  os: string | null;
  profileStatus: "empty" | "assigned" | "pushed" | "removed";
  profileUuid: string | null;
  profileAssignedAt: Date | null;
  profilePushedAt: Date | null;
  migrationDeadline: Date | null;
  configurationId: string | null;
  configurationName: string | null;
  assignResult: string | null;
  createdAt: Date;
  removedAt: Date | null;
  state: AdeDeviceState;
  requestAt: Date | null;
  requestOutcome: "profile" | "page" | "refused" | null;
  requestReason: AdeRefusal | null;
  requestOs: string | null;
  requestCount: number | null;
  /** Of the newest life of the device of this serial number; null when it never enrolled. */
  deviceId: string | null;
}

/** The newest request and the newest life of a serial number. */
const JOINS = `
  LEFT JOIN LATERAL (SELECT q.* FROM "AdeRequest" q WHERE q."serialNumber" = a."serialNumber" ORDER BY q."lastAt" DESC LIMIT 1) r ON true
  LEFT JOIN LATERAL (SELECT d."id", e."state", e."awaitingConfiguration", e."endedAt", e."authenticatedAt" FROM "Device" d JOIN "Enrollment" e ON e."id" = d."enrollmentId"
    WHERE d."serialNumber" = a."serialNumber" ORDER BY e."authenticatedAt" DESC LIMIT 1) e ON true`;

/** The first that is true says why. What happened after the last life ended counts, and what happened before it does not. */
const STATE = `CASE
    WHEN e."state" = 'quarantined' THEN 'quarantined'
    WHEN e."state" = 'authenticating' THEN 'enrolling'
    WHEN e."endedAt" IS NULL AND e."state" IS NOT NULL AND NOT COALESCE(r."lastAt" > e."authenticatedAt", false)
      THEN CASE WHEN e."awaitingConfiguration" THEN 'in-setup-assistant' ELSE 'enrolled' END
    WHEN a."removedAt" IS NOT NULL THEN 'gone-from-account'
    WHEN r."lastAt" IS NOT NULL AND (e."endedAt" IS NULL OR r."lastAt" > e."endedAt") THEN CASE
      WHEN r."reason" = 'waiting-for-approval' THEN 'waiting-for-approval' WHEN r."reason" = 'os-too-old' THEN 'os-too-old'
      WHEN r."outcome" = 'refused' THEN 'refused' WHEN r."outcome" = 'page' THEN 'page-open' ELSE 'profile-handed-out' END
    WHEN a."assignDueAt" IS NOT NULL AND s."tokenExpiresAt" <= now() THEN 'token-expired'
    WHEN a."assignDueAt" IS NOT NULL AND a."assignResult" IS NULL THEN 'assignment-due'
    WHEN a."assignResult" NOT IN ('SUCCESS','THROTTLED') AND a."configurationId" IS NOT NULL THEN 'assignment-failed'
    WHEN a."assignDueAt" IS NOT NULL THEN 'assignment-due'
    WHEN a."profileStatus" IN ('empty','removed') THEN CASE WHEN s."tokenExpiresAt" <= now() THEN 'token-expired' ELSE 'not-assigned' END
    WHEN NOT EXISTS (SELECT 1 FROM "AdeProfile" p WHERE p."serverId" = a."serverId" AND p."profileUuid" = a."profileUuid") THEN 'other-profile'
    WHEN e."endedAt" IS NOT NULL THEN 'ended'
    WHEN a."profileStatus" = 'pushed' THEN 'pushed'
    ELSE 'assigned' END`;

const DEVICES = `SELECT a.*, c."name" AS "configurationName", r."lastAt" AS "requestAt", r."outcome" AS "requestOutcome", r."reason" AS "requestReason",
    r."osVersion" AS "requestOs", r."count" AS "requestCount", e."id" AS "deviceId", ${STATE} AS "state"
  FROM "AdeDevice" a JOIN "AdeServer" s ON s."id" = a."serverId" LEFT JOIN "AdeConfiguration" c ON c."id" = a."configurationId" ${JOINS}`;

/** Five parameters from the filter; devices that are gone are shown only to who asks for them, or looks for one. */
const FILTER = `($1::text IS NULL OR a."serialNumber" ILIKE $1 OR a."model" ILIKE $1 OR a."assetTag" ILIKE $1 OR a."description" ILIKE $1)
  AND ($2::uuid IS NULL OR a."serverId" = $2) AND ($3::uuid IS NULL OR a."configurationId" = $3)
  AND (a."removedAt" IS NULL OR $4::text = 'gone-from-account' OR $1::text IS NOT NULL) AND ($4::text IS NULL OR ${STATE} = $4)`;

function valuesOf(filter: AdeDeviceFilter): (string | null)[] {
  const query = filter.query?.trim() ?? "";
  return [query === "" ? null : `%${query.replace(/[\\%_]/g, "\\$&")}%`, filter.serverId ?? null, filter.configurationId ?? null, filter.state ?? null];
}

/** Newest first, below the cursor. */
export async function listAdeDeviceRows(filter: AdeDeviceFilter, before: { at: Date; id: string } | null, limit: number): Promise<AdeDeviceListRow[]> {
  const { rows } = await database().pool.query<AdeDeviceListRow>(
    `${DEVICES} WHERE ${FILTER} AND ($5::timestamptz IS NULL OR (a."createdAt", a."id") < ($5, $6::uuid)) ORDER BY a."createdAt" DESC, a."id" DESC LIMIT $7`,
    [...valuesOf(filter), before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
}

/** How many match. Without a state nothing has to be joined. */
export async function countAdeDeviceRows(filter: AdeDeviceFilter): Promise<number> {
  const joins = filter.state === undefined ? "" : `JOIN "AdeServer" s ON s."id" = a."serverId" ${JOINS}`;
  const where = filter.state === undefined ? FILTER.replace(`($4::text IS NULL OR ${STATE} = $4)`, "true") : FILTER;
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM "AdeDevice" a ${joins} WHERE ${where}`, valuesOf(filter));
  return rows[0]?.total ?? 0;
}

/** All that match, for what is done to many at once. */
export async function findAdeDeviceIds(executor: Executor, filter: AdeDeviceFilter): Promise<string[]> {
  const { rows } = await executor.query<{ id: string }>(`SELECT a."id" FROM "AdeDevice" a JOIN "AdeServer" s ON s."id" = a."serverId" ${JOINS} WHERE ${FILTER}`, valuesOf(filter));
  return rows.map((row) => row.id);
}
