import type { DeviceState, Management } from "./device-state";
import { newPushAddress } from "./device-state";

/** What a backup holds of the management of a device: the enrollment profile and its identity. */
export interface DeviceBackup {
  management: Management;
  profiles: DeviceState["profiles"];
  unlockToken: Buffer | null;
}

/** @throws when the device is not managed */
export function backUp(state: DeviceState): DeviceBackup {
  if (state.management === null) throw new Error(`${state.name} is not managed`);
  return { management: state.management, profiles: [...state.profiles], unlockToken: state.unlockToken };
}

/** APNs knows a device that was set up anew by another token, and the profile is restored under another magic. */
export function restoreState(state: DeviceState, backup: DeviceBackup): void {
  state.profiles = [...backup.profiles];
  state.push = newPushAddress();
  state.reachable = true;
}
