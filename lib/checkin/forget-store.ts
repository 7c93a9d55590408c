import type { Executor } from "@/lib/db/database";

/** The lives of a device on its own channel that have not ended, locked. */
export async function lockOpenLives(tx: Executor, deviceId: string): Promise<{ id: string }[]> {
  const { rows } = await tx.query<{ id: string }>(`SELECT "id" FROM "Enrollment" WHERE "deviceId" = $1 AND "channel" = 'device' AND "endedAt" IS NULL ORDER BY "id" FOR UPDATE`, [deviceId]);
  return rows;
}

/** The certificates of its lives may begin none by themselves any more; whose they were is kept with them. */
export async function forgetIdentities(tx: Executor, deviceId: string): Promise<void> {
  await tx.query(
    `UPDATE "Identity" i SET "forgottenAt" = now(), "boundUdid" = COALESCE(i."boundUdid", d."udid"), "boundSerial" = COALESCE(i."boundSerial", d."serialNumber")
     FROM "Enrollment" e JOIN "Device" d ON d."id" = e."deviceId" WHERE e."deviceId" = $1 AND i."enrollmentId" = e."id"`,
    [deviceId],
  );
}

/** Its lives, commands and inventory go with it; events stay. */
export async function removeDevice(tx: Executor, deviceId: string): Promise<void> {
  await tx.query(`DELETE FROM "Device" WHERE "id" = $1`, [deviceId]);
}
