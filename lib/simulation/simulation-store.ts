import { PAGE_KINDS } from "@/lib/contracts/enrollment-links";
import { database, type Executor } from "@/lib/db/database";

/** Devices that enrolled through links for simulated ones. One that only got the test topic may be real, and is not among them. */
const SIMULATED = `SELECT DISTINCT e."deviceId" FROM "Enrollment" e JOIN "EnrollmentLink" l ON l."id" = e."linkId" WHERE l."simulated"`;

export async function countSimulated(): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM (${SIMULATED}) s`);
  return rows[0]?.total ?? 0;
}

/**
 * Removes them with everything that hangs on them, their links too. A link that belongs to a configuration stays, for it
 * goes with that. Answers how many devices there were.
 */
export async function deleteSimulated(tx: Executor): Promise<number> {
  await tx.query(`CREATE TEMPORARY TABLE "goingDevices" ON COMMIT DROP AS ${SIMULATED}`);
  await tx.query(`DELETE FROM "EscrowedSecret" WHERE "deviceId" IN (SELECT "deviceId" FROM "goingDevices")`);
  const { rowCount } = await tx.query(`DELETE FROM "Device" WHERE "id" IN (SELECT "deviceId" FROM "goingDevices")`);
  await tx.query(`DELETE FROM "Identity" WHERE "linkId" IN (SELECT "id" FROM "EnrollmentLink" WHERE "simulated")`);
  await tx.query(`DELETE FROM "EnrollmentLink" WHERE "simulated" AND "kind" = ANY($1::text[])`, [PAGE_KINDS]);
  return rowCount ?? 0;
}
