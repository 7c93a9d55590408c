import { MusterError } from "@/lib/contracts/errors";
import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { deviceExists } from "@/lib/devices/device-store";
import { announce } from "./announce";
import type { DeviceDeclarativeRow } from "./declarative-store";
import { listDeviceDeclaratives, lockDeclarative } from "./declarative-store";
import { promise } from "./snapshot-service";

/** Where declarative management of a device stands, channel by channel. @throws MusterError not-found */
export async function readDeviceDeclarations(deviceId: string): Promise<DeviceDeclarativeRow[]> {
  if (!(await deviceExists(deviceId))) throw new MusterError("not-found", `no device ${deviceId}`);
  return listDeviceDeclaratives(database().pool, deviceId);
}

/** Has every channel of a device look for its declarations now, changed or not. @throws MusterError not-found, conflict */
export async function syncDeviceDeclarations(deviceId: string, actor: string): Promise<DeviceDeclarativeRow[]> {
  const channels = (await readDeviceDeclarations(deviceId)).filter((row) => row.live);
  if (channels.length === 0) throw new MusterError("conflict", "this device is not enrolled: it can get no commands");
  await transaction(async (tx) => {
    for (const { enrollmentId } of channels) {
      const { token } = await promise(tx, await lockDeclarative(tx, enrollmentId));
      await announce(tx, [{ enrollmentId, deviceId, token, fresh: false }], actor);
    }
  });
  return readDeviceDeclarations(deviceId);
}
