import { answerDeclarative } from "@/lib/declarations/declarative-endpoint";
import type { DeclarativeManagementMessage } from "@/lib/protocol/checkin-message";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import { emptyAnswer } from "@/lib/protocol/device-exchange";
import type { BoundContact } from "./admit-contact";
import { mayReceive } from "./admit-contact";

/**
 * DeclarativeManagement (Apple, "Declarative Management"): the answer is JSON, and 404 makes the device drop a
 * declaration. Somebody who may get nothing is still heard: a report refused would come back for ever.
 */
export async function declarativeManagement(contact: BoundContact, message: DeclarativeManagementMessage): Promise<DeviceAnswer> {
  const { kind } = message.channel;
  const enrollmentId = kind === "user" ? contact.userEnrollmentId : contact.enrollmentId;
  const isStatus = message.endpoint === "status";
  if (enrollmentId === null) return emptyAnswer(isStatus ? 200 : 404);
  // 404 would take the declarations away from a device that only waits for a decision.
  if (!isStatus && !mayReceive(contact)) return emptyAnswer(503);
  const { status, json } = await answerDeclarative({ enrollmentId, deviceId: contact.deviceId, channel: kind }, { endpoint: message.endpoint, data: message.data });
  return json === null ? emptyAnswer(status) : { status, headers: { "content-type": "application/json" }, body: json };
}
