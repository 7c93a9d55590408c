import { database } from "@/lib/db/database";

async function counts(sql: string): Promise<Record<string, number>> {
  const { rows } = await database().pool.query<{ key: string; total: number }>(sql);
  return Object.fromEntries(rows.map((row) => [row.key, row.total]));
}

/** Devices by the state of their newest life. */
export async function countDevicesByState(): Promise<Record<string, number>> {
  return counts(`SELECT COALESCE(e."state",'ended') AS "key", count(*)::int AS "total" FROM "Device" d LEFT JOIN "Enrollment" e ON e."id" = d."enrollmentId" GROUP BY 1`);
}

export async function countDevicesByPlatform(): Promise<Record<string, number>> {
  return counts(`SELECT "platform" AS "key", count(*)::int AS "total" FROM "Device" GROUP BY 1`);
}

export async function countSimulatedDevices(): Promise<number> {
  return (await counts(`SELECT 'simulated' AS "key", count(*)::int AS "total" FROM "Device" WHERE "simulated"`)).simulated ?? 0;
}

/** Open commands, and those that ended in the last seven days. */
export async function countCommandsByState(): Promise<Record<string, number>> {
  return counts(`SELECT "state" AS "key", count(*)::int AS "total" FROM "Command" WHERE "queueRank" IS NOT NULL OR "endedAt" > now() - interval '7 days' GROUP BY 1`);
}

export async function countRecentStrangers(): Promise<number> {
  return (await counts(`SELECT 'recent' AS "key", count(*)::int AS "total" FROM "UnknownContact" WHERE "lastSeenAt" > now() - interval '7 days'`)).recent ?? 0;
}

export async function countLinks(): Promise<number> {
  return (await counts(`SELECT 'all' AS "key", count(*)::int AS "total" FROM "EnrollmentLink"`)).all ?? 0;
}

/** What waits for the decision of a person. */
export async function countDecisionsWaiting(): Promise<{ admissionsWaiting: number; restoresWaiting: number; terminationsHeld: number }> {
  const found = await counts(
    `SELECT 'admissions' AS "key", count(*)::int AS "total" FROM "Admission" WHERE "state" = 'waiting'
     UNION ALL SELECT 'restores', count(*)::int FROM "Restore" WHERE "state" = 'waiting'
     UNION ALL SELECT 'terminations', count(*)::int FROM "Enrollment" WHERE "state" = 'unenrolling' AND "terminationHeldAt" IS NOT NULL`,
  );
  return { admissionsWaiting: found.admissions ?? 0, restoresWaiting: found.restores ?? 0, terminationsHeld: found.terminations ?? 0 };
}
