import { MusterError } from "@/lib/contracts/errors";
import { transaction } from "@/lib/db/transaction";
import { lockEnrollment } from "@/lib/devices/enrollment-store";
import { keepSecret, removeSecret } from "@/lib/devices/secret-store";
import { recordEvents } from "@/lib/events/event-log";
import type { SetBootstrapTokenMessage } from "@/lib/protocol/checkin-message";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import { emptyAnswer } from "@/lib/protocol/device-exchange";
import type { BoundContact } from "./admit-contact";

/**
 * SetBootstrapToken (Apple, "Set Bootstrap Token"): escrowed for this life, or withdrawn when none came. A Mac does
 * not send it a second time by itself, so it is durable when this resolves.
 * @throws MusterError identity-retired
 */
export async function setBootstrapToken(contact: BoundContact, message: SetBootstrapTokenMessage): Promise<DeviceAnswer> {
  const { enrollmentId, deviceId } = contact;
  const value = message.bootstrapToken;
  await transaction(async (tx) => {
    // One after the other: the same message may come twice at once.
    const life = await lockEnrollment(tx, enrollmentId);
    if (life === null || life.endedAt !== null) throw new MusterError("identity-retired", "the life of this certificate has ended");
    if (value !== null) await keepSecret(tx, { deviceId, enrollmentId, kind: "bootstrap-token", source: "", value });
    else if (!(await removeSecret(tx, enrollmentId, "bootstrap-token"))) return;
    await recordEvents(tx, [{ kind: value === null ? "secret.removed" : "secret.escrowed", actor: "device", deviceId, enrollmentId, data: { secret: "bootstrap-token" } }]);
  });
  return emptyAnswer(200);
}
