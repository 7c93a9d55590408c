import type { PushHealth } from "@/lib/contracts/words";
import type { Executor } from "@/lib/db/database";
import { PUSH_HEALTH_SQL } from "@/lib/devices/device-filter-store";

/** How a device stands towards what is to be done with it. */
export interface StandingRow {
  id: string;
  enrollmentId: string | null;
  state: string | null;
  push: PushHealth | null;
  member: boolean;
}

/** Of the ids those that are devices; `member` of the group, when one is given. */
export async function readStanding(executor: Executor, ids: readonly string[], groupId: string | null): Promise<StandingRow[]> {
  const { rows } = await executor.query<StandingRow>(
    `SELECT d."id", e."id" AS "enrollmentId", e."state", ${PUSH_HEALTH_SQL} AS "push",
       EXISTS (SELECT 1 FROM "GroupMember" m WHERE m."groupId" = $2::uuid AND m."deviceId" = d."id") AS "member"
     FROM unnest($1::uuid[]) AS w("id") JOIN "Device" d ON d."id" = w."id" LEFT JOIN "Enrollment" e ON e."id" = d."enrollmentId"`,
    [ids, groupId],
  );
  return rows;
}

/** What to call these devices: the name they gave, else the serial number. */
export async function readDeviceNames(executor: Executor, ids: readonly string[]): Promise<Map<string, string | null>> {
  const { rows } = await executor.query<{ id: string; name: string | null }>(`SELECT "id", COALESCE("name", "serialNumber") AS "name" FROM "Device" WHERE "id" = ANY($1::uuid[])`, [ids]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
