import type { ProfileState } from "@/lib/contracts/words";
import type { ErrorChainItem } from "@/lib/contracts/commands";
import { database } from "@/lib/db/database";
import { SHOWN_STATE, STANDINGS } from "./standing-sql-store";

/** Where a profile stands on a device, as people see it. Null columns where the worker has not looked yet. */
export interface ShownStanding {
  state: ProfileState;
  version: number | null;
  commandId: string | null;
  errorChain: ErrorChainItem[] | null;
  reason: string | null;
  missing: string[] | null;
  retryAt: Date | null;
  installedAt: Date | null;
  seenAt: Date | null;
  driftedAt: Date | null;
  driftUuid: string | null;
  changedAt: Date | null;
}

export interface ProfileDeviceRow extends ShownStanding {
  deviceId: string;
  deviceName: string | null;
  serialNumber: string | null;
  platform: string;
}

export interface DeviceProfileRow extends ShownStanding {
  identifier: string;
  profileId: string | null;
  name: string | null;
}

const SHOWN = `${SHOWN_STATE} AS "state", v."number" AS "version", c."id" AS "commandId", w."errorChain", w."reason", w."missing", w."retryAt", w."installedAt", w."seenAt",
  w."driftedAt", w."driftUuid", w."changedAt"`;
const OF_STANDING = `LEFT JOIN "Command" c ON c."id" = w."commandId" LEFT JOIN "ProfileVersion" v ON v."id" = w."versionId"`;

/** Devices that have or should have a profile, in the order of their names, after the place given. */
export async function listProfileDeviceRows(profileId: string, state: ProfileState | null, after: { value: string; id: string } | null, limit: number): Promise<ProfileDeviceRow[]> {
  const { rows } = await database().pool.query<ProfileDeviceRow>(
    `WITH ${STANDINGS} SELECT d."id" AS "deviceId", d."name" AS "deviceName", d."serialNumber", d."platform", ${SHOWN}
     FROM "standing" w JOIN "Enrollment" e ON e."id" = w."enrollmentId" JOIN "Device" d ON d."id" = e."deviceId" ${OF_STANDING}
     WHERE ($2::text IS NULL OR ${SHOWN_STATE} = $2) AND ($3::text IS NULL OR (COALESCE(d."name", ''), d."id") > ($3, $4::uuid))
     ORDER BY COALESCE(d."name", ''), d."id" LIMIT $5`,
    [[profileId], state, after?.value ?? null, after?.id ?? null, limit],
  );
  return rows;
}

export async function countProfileDeviceRows(profileId: string, state: ProfileState | null): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(
    `WITH ${STANDINGS} SELECT count(*)::int AS "total" FROM "standing" w LEFT JOIN "Command" c ON c."id" = w."commandId" WHERE $2::text IS NULL OR ${SHOWN_STATE} = $2`,
    [[profileId], state],
  );
  return rows[0]?.total ?? 0;
}

/** Everything of the library that a device has or should have, by name; nothing when its management has ended. */
export async function listDeviceProfileRows(deviceId: string): Promise<DeviceProfileRow[]> {
  const { rows } = await database().pool.query<DeviceProfileRow>(
    `WITH "here" AS (SELECT e."id" FROM "Device" d JOIN "Enrollment" e ON e."id" = d."enrollmentId" AND e."endedAt" IS NULL WHERE d."id" = $1),
     "assigned" AS (SELECT DISTINCT a."profileId" FROM "here", "GroupMember" m JOIN "ProfileAssignment" a ON a."groupId" = m."groupId" WHERE m."deviceId" = $1),
     "w" AS (
       SELECT COALESCE(s."identifier", q."identifier") AS "identifier", COALESCE(s."profileId", q."id") AS "profileId", COALESCE(p."name", q."name") AS "name",
         s."state", s."versionId", s."commandId", s."errorChain", s."reason", s."missing", s."retryAt", s."installedAt", s."seenAt", s."driftedAt", s."driftUuid", s."changedAt"
       FROM (SELECT * FROM "DeviceProfile" WHERE "enrollmentId" IN (SELECT "id" FROM "here")) AS s
       LEFT JOIN "Profile" p ON p."id" = s."profileId"
       FULL JOIN (SELECT x.* FROM "Profile" x JOIN "assigned" a ON a."profileId" = x."id") AS q
         ON q."identifier" = s."identifier")
     SELECT w."identifier", w."profileId", w."name", ${SHOWN} FROM "w" ${OF_STANDING} ORDER BY w."name", w."identifier"`,
    [deviceId],
  );
  return rows;
}
