import { database } from "@/lib/db/database";

/** Of the account that has given this device to us, else of the one that was connected first; null while there is none. */
export async function findAdeTokenKey(deviceId: string): Promise<{ id: string; privateKeySealed: Buffer; serverUuid: string } | null> {
  const { rows } = await database().pool.query<{ id: string; privateKeySealed: Buffer; serverUuid: string }>(
    `SELECT s."id", s."privateKeySealed", s."serverUuid" FROM "AdeServer" s
     LEFT JOIN "AdeDevice" a ON a."serverId" = s."id" AND a."removedAt" IS NULL AND a."serialNumber" = (SELECT d."serialNumber" FROM "Device" d WHERE d."id" = $1)
     WHERE s."serverUuid" IS NOT NULL ORDER BY (a."id" IS NOT NULL) DESC, s."createdAt", s."id" LIMIT 1`,
    [deviceId],
  );
  return rows[0] ?? null;
}
