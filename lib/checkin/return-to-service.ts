import { database } from "@/lib/db/database";
import { readSetting } from "@/lib/db/setting-store";
import { readSecret } from "@/lib/devices/secret-store";
import { recordEvents } from "@/lib/events/event-log";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import type { BoundContact } from "./admit-contact";
import { mayReceive } from "./admit-contact";
import { plistAnswer } from "./plist-answer";

/** The setting "return-to-service": `{enabled, wifiProfile?}`, the profile in base64. */
function wished(policy: unknown): { wifiProfile: Buffer | null } | null {
  if (typeof policy !== "object" || policy === null || !("enabled" in policy) || policy.enabled !== true) return null;
  const profile = "wifiProfile" in policy && typeof policy.wifiProfile === "string" ? Buffer.from(policy.wifiProfile, "base64") : null;
  return { wifiProfile: profile };
}

/** May a device that asks erase itself and come back? */
export async function isReturnToServiceOn(): Promise<boolean> {
  return wished(await readSetting("return-to-service")) !== null;
}

/**
 * ReturnToService (Apple, "Return to Service"): the device erases itself and comes back only where the policy says
 * so. The bootstrap token it has given us lets it keep its apps.
 */
export async function returnToService(contact: BoundContact): Promise<DeviceAnswer> {
  const { enrollmentId, deviceId } = contact;
  const policy = mayReceive(contact) ? wished(await readSetting("return-to-service")) : null;
  const answer: PlistDictionary = { Enabled: policy !== null };
  if (policy !== null) {
    const token = await readSecret(database().pool, enrollmentId, "bootstrap-token");
    if (policy.wifiProfile !== null) answer["WiFiProfileData"] = policy.wifiProfile;
    if (token !== null) answer["BootstrapToken"] = token;
  }
  await recordEvents(database().pool, [{ kind: "return-to-service.answered", actor: "device", deviceId, enrollmentId, data: { enabled: policy !== null } }]);
  return plistAnswer({ ReturnToService: answer });
}
