import { log } from "@/lib/config/log";
import { database } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import { adeTokenKey } from "@/lib/pki/ade-token-key";
import type { GetTokenMessage } from "@/lib/protocol/checkin-message";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import { emptyAnswer } from "@/lib/protocol/device-exchange";
import type { BoundContact } from "./admit-contact";
import { mayReceive } from "./admit-contact";
import { maidToken } from "./maid-token";
import { plistAnswer } from "./plist-answer";

/** GetToken (Apple, "Get Token"): 400 for a service that is not known, or for which there is no key. */
export async function getToken(contact: BoundContact, message: GetTokenMessage): Promise<DeviceAnswer> {
  const service = message.tokenServiceType;
  const key = service === "com.apple.maid" && mayReceive(contact) ? await adeTokenKey(contact.deviceId) : null;
  if (key === null) {
    log.info("A service token was not handed out", { service: service.slice(0, 100), enrollmentId: contact.enrollmentId });
    return emptyAnswer(400);
  }
  const token = maidToken(key, new Date());
  await recordEvents(database().pool, [{ kind: "token.issued", actor: "device", deviceId: contact.deviceId, enrollmentId: contact.userEnrollmentId ?? contact.enrollmentId, data: { service } }]);
  return plistAnswer({ TokenData: Buffer.from(token) });
}
