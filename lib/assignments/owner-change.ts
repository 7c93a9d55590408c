import * as devices from "@/lib/devices/device-service";
import { noteTold } from "@/lib/profiles/refresh-schedule";

/** As in lib/devices; profiles may hold the owner. @throws MusterError not-found, conflict where it has not been managed yet */
export async function changeOwner(id: string, owner: string | null, actor: string): Promise<void> {
  return devices.changeOwner(id, owner, actor, noteTold);
}
