import { database } from "@/lib/db/database";
import { readSecret } from "@/lib/devices/secret-store";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import type { BoundContact } from "./admit-contact";
import { mayReceive } from "./admit-contact";
import { plistAnswer } from "./plist-answer";

/** GetBootstrapToken (Apple, "Get Bootstrap Token"): the token of this life; without one a dictionary without the key. */
export async function getBootstrapToken(contact: BoundContact): Promise<DeviceAnswer> {
  const token = mayReceive(contact) ? await readSecret(database().pool, contact.enrollmentId, "bootstrap-token") : null;
  return plistAnswer(token === null ? {} : { BootstrapToken: token });
}
