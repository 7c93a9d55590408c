import { transaction } from "@/lib/db/transaction";
import { lockEnrollment } from "@/lib/devices/enrollment-store";
import { recordEvents } from "@/lib/events/event-log";
import type { BoundContact } from "./admit-contact";
import { endLife } from "./end-life";

/**
 * CheckOut (Apple, "CheckOut"): the profile is gone from the device. It is sent once and never repeated. When we
 * had asked for the removal, the life ends as removed, not as left.
 */
export async function checkOut(contact: BoundContact): Promise<void> {
  await transaction(async (tx) => {
    const life = await lockEnrollment(tx, contact.enrollmentId);
    if (life === null || life.endedAt !== null) return;
    const asked = life.terminationMethod === "remove-profile";
    await recordEvents(tx, [{ kind: "device.checked-out", actor: "device", deviceId: life.deviceId, enrollmentId: life.id }]);
    await endLife(tx, {
      enrollmentId: life.id, deviceId: life.deviceId, actor: "device",
      cause: asked ? "profile-removed" : "checked-out",
      reason: asked ? "The enrollment profile was removed as asked." : "The device checked out.",
    });
  });
}
