import { randomUUID } from "node:crypto";
import type { EventKind } from "@/lib/contracts/event-kinds";
import { MusterError } from "@/lib/contracts/errors";
import type { Executor } from "@/lib/db/database";
import { seal } from "@/lib/db/sealed";
import { transaction } from "@/lib/db/transaction";
import type { EnrollmentRow } from "@/lib/devices/enrollment-store";
import { insertEnrollment, lockEnrollment, lockLiveEnrollment, saveToken } from "@/lib/devices/enrollment-store";
import { keepSecret } from "@/lib/devices/secret-store";
import { queueCommand } from "@/lib/commands/queue-command";
import { startDeclarative } from "@/lib/declarations/refresh-schedule";
import { recordEvents } from "@/lib/events/event-log";
import { isSharedIpadUser } from "@/lib/protocol/channel";
import type { TokenUpdateMessage } from "@/lib/protocol/checkin-message";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import { emptyAnswer } from "@/lib/protocol/device-exchange";
import { encodeCommand } from "@/lib/protocol/commands/encode-command";
import { requestPush, schedulePushesAfterEnrollment } from "@/lib/push/push-schedule";
import type { BoundContact } from "./admit-contact";
import { queueRelease } from "./release";

/** What a new device is asked at once, so that the console knows it. */
const FIRST_COMMANDS = ["DeviceInformation", "SecurityInfo", "ProfileList", "CertificateList", "InstalledApplicationList"];

/**
 * TokenUpdate (Apple, "TokenUpdate"): token, magic and topic overwrite the old ones together, an unlock token only
 * when one came. It may come once ever, so all of it is durable when this resolves. The first one completes the
 * enrollment; one signed by a renewed identity lets that identity take over. A user's makes or renews a channel of his own.
 * @throws MusterError identity-retired, identity-mismatch
 */
export async function tokenUpdate(contact: BoundContact, message: TokenUpdateMessage): Promise<DeviceAnswer> {
  await transaction(async (tx) => {
    const device = await lockEnrollment(tx, contact.enrollmentId);
    if (device === null || device.endedAt !== null) throw new MusterError("identity-retired", "the life of this certificate has ended");
    if (contact.fingerprint !== device.identityFingerprint && contact.fingerprint !== device.pendingFingerprint) {
      throw new MusterError("identity-mismatch", "a newer identity has taken over");
    }
    const enrollment = message.channel.kind === "user" ? await userEnrollment(tx, device, contact.fingerprint, message) : device;
    const first = await saveTokens(tx, enrollment, contact.fingerprint, message);
    await recordEvents(tx, [{
      kind: kindOf(enrollment, first), actor: "device", deviceId: enrollment.deviceId, enrollmentId: enrollment.id, linkId: enrollment.linkId,
      data: { topic: message.topic, unlockToken: message.unlockToken !== null, awaitingConfiguration: message.awaitingConfiguration, user: message.channel.userShortName },
    }]);
    if (first && enrollment.channel === "device") await queueFirstCommands(tx, enrollment);
    // Setup Assistant waits until it hears from us, so that is queued as soon as it says so.
    if (waits(message)) await queueRelease(tx, enrollment);
    if (first) await startDeclarative(tx, enrollment);
    if (first) await schedulePushesAfterEnrollment(tx, enrollment.id);
    // The token before may have been dead, and the pushes for what waits given up.
    else if (contact.openCommands > 0 || waits(message)) await requestPush(tx, [enrollment.id]);
  });
  return emptyAnswer(200);
}

/** Only devices and the users of a Shared iPad can wait; from a user of a Mac the key means nothing. */
function waits({ awaitingConfiguration, channel }: TokenUpdateMessage): boolean {
  return awaitingConfiguration && (channel.kind === "device" || isSharedIpadUser(channel));
}

function kindOf({ channel }: EnrollmentRow, first: boolean): EventKind {
  if (!first) return "device.token-updated";
  return channel === "device" ? "device.enrolled" : "user-channel.opened";
}

async function saveTokens(tx: Executor, enrollment: EnrollmentRow, fingerprint: string, message: TokenUpdateMessage): Promise<boolean> {
  const place = (column: string) => ({ table: "Enrollment", row: enrollment.id, column });
  const first = await saveToken(tx, {
    enrollmentId: enrollment.id, topic: message.topic,
    tokenSealed: seal(message.token, place("tokenSealed")),
    magicSealed: seal(Buffer.from(message.pushMagic), place("magicSealed")),
    awaitingConfiguration: waits(message), identityFingerprint: fingerprint,
    notOnConsole: message.channel.kind === "user" ? message.notOnConsole : null,
    userShortName: message.channel.userShortName, userLongName: message.channel.userLongName,
  });
  if (message.unlockToken !== null) {
    await keepSecret(tx, { deviceId: enrollment.deviceId, enrollmentId: enrollment.id, kind: "unlock-token", source: "", value: message.unlockToken });
  }
  return first;
}

/** A user channel is an enrollment of its own under the life of its device. */
async function userEnrollment(tx: Executor, device: EnrollmentRow, fingerprint: string, message: TokenUpdateMessage): Promise<EnrollmentRow> {
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

async function queueFirstCommands(tx: Executor, enrollment: EnrollmentRow): Promise<void> {
  for (const requestType of FIRST_COMMANDS) {
    const encoded = encodeCommand(requestType, {});
    if (!encoded.ok) throw new MusterError("internal", `the server's own ${requestType} is not acceptable`);
    await queueCommand(tx, {
      enrollmentId: enrollment.id, deviceId: enrollment.deviceId, requestType, command: encoded.command, createdBy: "system",
      notBefore: null, expiresAt: null, deduplicateKey: null,
    });
  }
}
