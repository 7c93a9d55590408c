import type { DeviceSummary } from "@/lib/contracts/devices";
import { PLATFORMS } from "@/lib/contracts/words";

type Named = Pick<DeviceSummary, "name" | "modelName" | "productName" | "serialNumber" | "platform" | "osVersion">;

/** What to call a device that may not have told its name yet. */
export function deviceName(device: Named): string {
  return device.name ?? device.serialNumber ?? "Unnamed device";
}

/** Model in words; null when the device has not said. */
export function modelOf(device: Named): string | null {
  return device.modelName ?? device.productName;
}

/** "iOS 18.2", or the platform alone. */
export function systemOf(device: Named): string {
  return device.osVersion === null ? PLATFORMS[device.platform] : `${PLATFORMS[device.platform]} ${device.osVersion}`;
}
