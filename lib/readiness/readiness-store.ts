import { database } from "@/lib/db/database";

export interface FleetRow {
  /** Of the database. */
  now: Date;
  links: number;
  devices: number;
  simulated: number;
  /** What the clocks of real devices say of ours, in the middle, in seconds; null with fewer than three. */
  skewSeconds: number | null;
}

export async function readFleet(): Promise<FleetRow> {
  const { rows } = await database().pool.query<FleetRow>(
    `SELECT clock_timestamp() AS "now",
       (SELECT count(*)::int FROM (SELECT 1 FROM "EnrollmentLink" WHERE NOT "simulated" LIMIT 1000) l) AS "links",
       (SELECT count(*)::int FROM (SELECT 1 FROM "Device" WHERE NOT "simulated" LIMIT 1000) d) AS "devices",
       (SELECT count(*)::int FROM (SELECT 1 FROM "Device" WHERE "simulated" LIMIT 1000) d) AS "simulated",
       (SELECT CASE WHEN count(*) >= 3 THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY s."clockSkewSeconds") END FROM (
          SELECT e."clockSkewSeconds" FROM "Enrollment" e JOIN "Device" d ON d."enrollmentId" = e."id"
          WHERE e."clockSkewSeconds" IS NOT NULL AND NOT d."simulated" AND e."lastSeenAt" > now() - interval '7 days' LIMIT 1000) s) AS "skewSeconds"`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error("the database did not count");
  return row;
}
