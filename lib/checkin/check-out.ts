import { transaction } from "@/lib/db/transaction";
import { lockEnrollment } from "@/lib/devices/enrollment-store";
import { recordEvents } from "@/lib/events/event-log";
import type { CheckOutMessage } from "@/lib/protocol/checkin-message";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import { emptyAnswer } from "@/lib/protocol/device-exchange";
import type { BoundContact } from "./admit-contact";
import { endLife } from "./end-life";
import { noteDeparture } from "./termination-store";

/**
 * CheckOut (Apple, "CheckOut"): the profile is gone from the device. It is sent once and never repeated, so it is
 * always answered 200. When we had asked for the removal, the life ends as removed, not as left. A user who checks
 * out ends his own channel and no other.
 */
export async function checkOut(contact: BoundContact, message: CheckOutMessage): Promise<DeviceAnswer> {
  const leaving = message.channel.kind === "user" ? contact.userEnrollmentId : contact.enrollmentId;
  if (leaving !== null) await end(leaving);
  return emptyAnswer(200);
}

async function end(enrollmentId: string): Promise<void> {
  await transaction(async (tx) => {
    const life = await lockEnrollment(tx, enrollmentId);
    if (life === null) return;
    await noteDeparture(tx, life.id, "checked-out");
    if (life.endedAt !== null) return;
    const asked = life.terminationMethod === "remove-profile";
    await recordEvents(tx, [{ kind: "device.checked-out", actor: "device", deviceId: life.deviceId, enrollmentId: life.id, data: { user: life.userShortName } }]);
    await endLife(tx, {
      enrollmentId: life.id, deviceId: life.deviceId, actor: "device",
      cause: asked ? "profile-removed" : "checked-out",
      reason: asked ? "The enrollment profile was removed as asked." : life.channel === "user" ? "The user checked out." : "The device checked out.",
    });
  });
}
