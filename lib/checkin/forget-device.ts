import { MusterError } from "@/lib/contracts/errors";
import { transaction } from "@/lib/db/transaction";
import { readDeviceRow } from "@/lib/devices/device-list-store";
import { listEnrollmentDetails } from "@/lib/devices/enrollment-store";
import { keepSecretsFor } from "@/lib/devices/secret-store";
import { recordEvents } from "@/lib/events/event-log";
import { endLife } from "./end-life";
import { forgetIdentities, lockOpenLives, removeDevice } from "./forget-store";
import { progressOf } from "./termination-progress";

/** What was escrowed of a device outlives its record for so long: a disk may still have to be opened. */
const KEEP_SECRETS_DAYS = 365;

/**
 * Removes the record of a device with its lives, commands and inventory. The device itself hears nothing of it: if it
 * still has its profile it becomes an unknown contact. Events stay, and so do its sealed secrets for a year.
 * @throws MusterError not-found, conflict while its management is being ended
 */
export async function forgetDevice(deviceId: string, reason: string, actor: string): Promise<void> {
  const device = await readDeviceRow(deviceId);
  if (device === null) throw new MusterError("not-found", `no device ${deviceId}`);
  const lives = await listEnrollmentDetails(deviceId);
  const ending = lives.some((life) => life.channel === "device" && life.endedAt === null && life.terminationMethod !== null && progressOf(life, new Date()) !== "silent");
  if (ending) throw new MusterError("conflict", "its management is being ended: forgotten now, it would stay enrolled");
  await transaction(async (tx) => {
    for (const life of await lockOpenLives(tx, deviceId)) {
      await endLife(tx, { enrollmentId: life.id, deviceId, cause: "forgotten", actor, reason: "The record was removed." });
    }
    await keepSecretsFor(tx, deviceId, KEEP_SECRETS_DAYS);
    await forgetIdentities(tx, deviceId);
    await removeDevice(tx, deviceId);
    const { name, serialNumber, udid } = device;
    await recordEvents(tx, [{ kind: "device.forgotten", actor, deviceId, data: { reason, name, serialNumber, udid, secretsKeptDays: KEEP_SECRETS_DAYS } }]);
  });
}
