import { randomBytes } from "node:crypto";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import type { DeviceState } from "./device-state";

/** What the less usual commands leave behind on a device. */
export interface DeviceMemory {
  /** By bundle identifier: Attributes and Configuration as they were given. */
  managedApps: Map<string, { attributes: PlistDictionary; configuration: PlistDictionary }>;
  books: Map<string, PlistDictionary>;
  provisioningProfiles: Map<string, Uint8Array>;
  /** The message on the lock screen; null outside of Lost Mode. */
  lostMode: PlistDictionary | null;
  firmwarePassword: string;
  recoveryLock: string;
  bypassCode: string | null;
  users: string[];
  updateScanned: boolean;
}

const MEMORIES = new WeakMap<DeviceState, DeviceMemory>();

export function memoryOf(state: DeviceState): DeviceMemory {
  const known = MEMORIES.get(state);
  if (known !== undefined) return known;
  const fresh: DeviceMemory = {
    managedApps: new Map(),
    books: new Map(),
    provisioningProfiles: new Map(),
    lostMode: null,
    firmwarePassword: "",
    recoveryLock: "",
    bypassCode: randomBytes(13).toString("hex").toUpperCase().replace(/(.{5})(?=.)/g, "$1-"),
    users: ["ada", "grace"],
    updateScanned: false,
  };
  MEMORIES.set(state, fresh);
  return fresh;
}
