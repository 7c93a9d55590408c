import type { RetryProfileBody } from "@/lib/contracts/profiles";
import { MusterError } from "@/lib/contracts/errors";
import type { ProfileState } from "@/lib/contracts/words";
import { decodeTextCursor } from "@/lib/db/cursor";
import { pageOf, type Page } from "@/lib/db/page";
import { transaction } from "@/lib/db/transaction";
import { deviceExists } from "@/lib/devices/device-store";
import { recordEvents } from "@/lib/events/event-log";
import { readProfile } from "./profile-service";
import { lockProfile, type ProfileRow } from "./profile-store";
import { forgiveStandings } from "./reconcile-store";
import { refreshHolders } from "./refresh-schedule";
import { countProfileDeviceRows, listDeviceProfileRows, listProfileDeviceRows, type DeviceProfileRow, type ProfileDeviceRow } from "./standing-store";

/** One page of the devices that have or should have a profile. @throws MusterError not-found */
export async function listProfileDevices(
  id: string,
  query: { state?: ProfileState | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<ProfileDeviceRow>> {
  await readProfile(id);
  const state = query.state ?? null;
  const after = query.cursor === undefined ? null : decodeTextCursor(query.cursor);
  const [rows, total] = await Promise.all([listProfileDeviceRows(id, state, after, query.limit + 1), countProfileDeviceRows(id, state)]);
  return pageOf(rows, query.limit, total, (last) => [last.deviceName ?? "", last.deviceId]);
}

/** What of the library a device has or should have. @throws MusterError not-found */
export async function listDeviceProfiles(deviceId: string): Promise<DeviceProfileRow[]> {
  if (!(await deviceExists(deviceId))) throw new MusterError("not-found", `no device ${deviceId}`);
  return listDeviceProfileRows(deviceId);
}

/** Where it failed, drifted or could not be taken away, it is tried again at once. @throws MusterError not-found */
export async function retryProfile(id: string, { deviceIds }: RetryProfileBody, actor: string): Promise<ProfileRow> {
  await transaction(async (tx) => {
    const profile = await lockProfile(tx, id);
    if (profile === null) throw new MusterError("not-found", `no profile ${id}`);
    await forgiveStandings(tx, id, deviceIds ?? null);
    await refreshHolders(tx, [id]);
    await recordEvents(tx, [{ kind: "configuration-profile.retried", actor, data: { profileId: id, identifier: profile.identifier, name: profile.name, devices: deviceIds?.length ?? null } }]);
  });
  return readProfile(id);
}
