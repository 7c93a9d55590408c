import { randomUUID } from "node:crypto";
import type { EventKind } from "@/lib/contracts/event-kinds";
import { MusterError } from "@/lib/contracts/errors";
import type { Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import type { EnrollmentRow } from "@/lib/devices/enrollment-store";
import { insertEnrollment, lockEnrollment, lockLiveEnrollment } from "@/lib/devices/enrollment-store";
import { recordEvents } from "@/lib/events/event-log";
import type { TokenUpdateMessage } from "@/lib/protocol/checkin-message";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import { emptyAnswer } from "@/lib/protocol/device-exchange";
import { requestPush, schedulePushesAfterEnrollment } from "@/lib/push/push-schedule";
import { completeRenewal } from "@/lib/renewal/complete-renewal";
import { admissionOf } from "./admission";
import type { BoundContact } from "./admit-contact";
import { takeFirstSteps } from "./first-steps";
import { markRejected } from "./rejection";
import { queueRelease } from "./release";
import { answerRestore } from "./restore";
import { signsOfRestore } from "./restore-signs";
import { takeToken, waits } from "./take-token";

/**
 * TokenUpdate (Apple, "TokenUpdate"): token, magic and topic overwrite the old ones together, an unlock token only
 * when one came. It may come once ever, so all of it is durable when this resolves. The first one completes the
 * enrollment; one signed by a renewed identity lets that identity take over; one that does not fit what we remember
 * comes from a backup. A user's makes or renews a channel of his own. `accept` is the header of the request.
 * @throws MusterError identity-retired, identity-mismatch
 */
export async function tokenUpdate(contact: BoundContact, message: TokenUpdateMessage, accept: string | undefined): Promise<DeviceAnswer> {
  return transaction(async (tx) => {
    const device = await lockEnrollment(tx, contact.enrollmentId);
    if (device === null) throw new MusterError("identity-retired", "the life of this certificate is gone");
    const signs = message.channel.kind === "device" ? await signsOfRestore(tx, device, contact.fingerprint, message) : [];
    if (signs.length > 0) return answerRestore(tx, { life: device, fingerprint: contact.fingerprint, message, signs }, accept);
    if (device.endedAt !== null) throw new MusterError("identity-retired", "the life of this certificate has ended");
    if (contact.fingerprint !== device.identityFingerprint && contact.fingerprint !== device.pendingFingerprint) {
      throw new MusterError("identity-mismatch", "a newer identity has taken over");
    }
    await take(tx, contact, device, message);
    return emptyAnswer(200);
  });
}

async function take(tx: Executor, contact: BoundContact, device: EnrollmentRow, message: TokenUpdateMessage): Promise<void> {
  const enrollment = message.channel.kind === "user" ? await userEnrollment(tx, device, contact.fingerprint, message) : device;
  const admission = enrollment.channel === "device" && enrollment.state === "authenticating" ? await admissionOf(tx, enrollment) : "approved";
  const first = await takeToken(tx, enrollment, contact.fingerprint, message, admission === "approved" ? "enrolled" : "quarantined");
  if (enrollment === device && contact.fingerprint === device.pendingFingerprint) await completeRenewal(tx, device, contact.fingerprint);
  await recordEvents(tx, [{
    kind: kindOf(enrollment, first), actor: "device", deviceId: enrollment.deviceId, enrollmentId: enrollment.id, linkId: enrollment.linkId,
    data: { topic: message.topic, unlockToken: message.unlockToken !== null, awaitingConfiguration: message.awaitingConfiguration, user: message.channel.userShortName, admission },
  }]);
  // Setup Assistant waits until it hears from us, so that is queued as soon as it says so.
  if (waits(message)) await queueRelease(tx, enrollment);
  if (admission === "refused") return markRejected(tx, enrollment, "policy", null);
  if (admission === "waiting") return;
  if (first) {
    await takeFirstSteps(tx, enrollment);
    await schedulePushesAfterEnrollment(tx, enrollment.id);
  }
  // The token before may have been dead, and the pushes for what waits given up.
  else if (contact.openCommands > 0 || waits(message)) await requestPush(tx, [enrollment.id]);
}

function kindOf({ channel }: EnrollmentRow, first: boolean): EventKind {
  if (!first) return "device.token-updated";
  return channel === "device" ? "device.enrolled" : "user-channel.opened";
}

/** A user channel is an enrollment of its own under the life of its device. */
async function userEnrollment(tx: Executor, device: EnrollmentRow, fingerprint: string, message: TokenUpdateMessage): Promise<EnrollmentRow> {
  // Somebody else lives under this key until an admin decides: it is repeated at the next login.
  if (device.liveKey === null) throw new MusterError("not-ready", "the device of this user waits for a decision");
  const live = await lockLiveEnrollment(tx, message.channel.key);
  if (live !== null) {
    if (live.parentId !== device.id) throw new MusterError("identity-mismatch", "this user belongs to another device");
    return live;
  }
  const id = randomUUID();
  await insertEnrollment(tx, {
    id, deviceId: device.deviceId, channel: "user", parentId: device.id, channelKey: message.channel.key, state: "authenticating", topic: message.topic,
    identityFingerprint: fingerprint, linkId: device.linkId, owner: null, userId: message.channel.userId, userShortName: message.channel.userShortName, userLongName: message.channel.userLongName,
  });
  const made = await lockEnrollment(tx, id);
  if (made === null) throw new MusterError("internal", "a user enrollment vanished while it was made");
  return made;
}
