import type { Executor } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import { endRenewal, forgetRenewals, lockOpenRenewal, settleCommand } from "./renewal-store";

/**
 * A renewed identity has taken over with its TokenUpdate: the attempt is done, whether or not the device has reported
 * the profile installed. That it is shows by now, and offered again it would only be refused.
 */
export async function completeRenewal(tx: Executor, life: { id: string; deviceId: string; identityFingerprint: string | null }, fingerprint: string): Promise<void> {
  const { id: enrollmentId, deviceId } = life;
  await forgetRenewals(tx, enrollmentId, fingerprint);
  const renewal = await lockOpenRenewal(tx, enrollmentId);
  if (renewal !== null) {
    const cause = "The new identity has taken over.";
    if (await settleCommand(tx, renewal.commandId, "acknowledged", cause)) {
      await recordEvents(tx, [{ kind: "command.acknowledged", actor: "device", deviceId, enrollmentId, commandId: renewal.commandId, data: { requestType: "InstallProfile", cause } }]);
    }
    await endRenewal(tx, renewal.id, "done", fingerprint);
  }
  await recordEvents(tx, [{ kind: "identity.renewed", actor: "device", deviceId, enrollmentId, data: { from: life.identityFingerprint, to: fingerprint } }]);
}
