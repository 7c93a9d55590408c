import { MusterError } from "@/lib/contracts/errors";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { requestPush } from "@/lib/push/push-schedule";
import { lockEnrollment } from "./enrollment-store";
import { readDeviceRow } from "./device-list-store";

/** Wakes a device at an admin's wish. @throws MusterError not-found, conflict when it cannot be pushed */
export async function pushDevice(deviceId: string, actor: string): Promise<{ enrollmentId: string; pushDueAt: Date }> {
  const device = await readDeviceRow(deviceId);
  if (device === null) throw new MusterError("not-found", `no device ${deviceId}`);
  const { enrollmentId } = device;
  if (enrollmentId === null || device.state === "ended") throw new MusterError("conflict", "the management of this device has ended");
  return transaction(async (tx) => {
    await recordEvents(tx, [{ kind: "push.requested", actor, deviceId, enrollmentId }]);
    await requestPush(tx, [enrollmentId]);
    const enrollment = await lockEnrollment(tx, enrollmentId);
    if (enrollment?.tokenUpdatedAt == null) throw new MusterError("conflict", "the device has not sent a push token yet");
    if (enrollment.tokenDeadAt !== null) throw new MusterError("conflict", "Apple says that the push token of this device is dead; it must send a new one");
    return { enrollmentId, pushDueAt: enrollment.pushDueAt ?? new Date() };
  });
}
