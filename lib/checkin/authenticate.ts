import { randomUUID } from "node:crypto";
import { MusterError } from "@/lib/contracts/errors";
import { TEST_TOPIC } from "@/lib/contracts/words";
import type { Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { joinGroup } from "@/lib/assignments/group-changes";
import type { DeviceFacts } from "@/lib/devices/device-store";
import { findDevice, insertDevice, setNewestEnrollment, updateDevice } from "@/lib/devices/device-store";
import type { EnrollmentRow } from "@/lib/devices/enrollment-store";
import { bindIdentity, insertEnrollment, listContenders, lockEnrollment, lockLiveEnrollment, setPendingIdentity } from "@/lib/devices/enrollment-store";
import { recordEvents } from "@/lib/events/event-log";
import type { AuthenticateMessage } from "@/lib/protocol/checkin-message";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import { emptyAnswer } from "@/lib/protocol/device-exchange";
import { platformOf } from "@/lib/protocol/platform";
import { checkNotRefused } from "./admission";
import type { Contact } from "./contact-store";
import { endLife } from "./end-life";
import { rulesFor, type EntryRules } from "./entry-rules";

/**
 * Authenticate (Apple, "Authenticate"): begins a life of management. It also comes when the device repeats a
 * lost message and when its identity is renewed in place; neither may cost it its queue or its tokens.
 * The caller has admitted the contact. Durable when it resolves.
 * @throws MusterError identity-mismatch, identity-retired, identity-not-listed
 */
export async function authenticate(contact: Contact & { fingerprint: string }, message: AuthenticateMessage): Promise<DeviceAnswer> {
  if (message.channel.kind !== "device") throw new MusterError("message-unreadable", "Authenticate belongs to the device channel");
  if (message.topic !== contact.certificateTopic) throw new MusterError("identity-mismatch", "the topic is not the one of the profile this certificate was issued for");
  await transaction(async (tx) => {
    const live = await lockLiveEnrollment(tx, message.channel.deviceKey);
    const bound = contact.enrollmentId === null ? null : await lockEnrollment(tx, contact.enrollmentId);
    if (bound !== null && bound.endedAt !== null) throw new MusterError("identity-retired", "the life of this certificate has ended");
    if (bound !== null && bound.state === "authenticating" && bound.id === live?.id) return repeat(tx, bound, message);
    if (live !== null && contact.renewsEnrollmentId === live.id) return renew(tx, live, contact.fingerprint, message);
    await checkNotRefused(tx, contact.linkId, message);
    const rules = await rulesFor(tx, contact, message);
    return beginLife(tx, contact, message, live, rules);
  });
  return emptyAnswer(200);
}

/** The device did not get our answer and says it again. */
async function repeat(tx: Executor, life: EnrollmentRow, message: AuthenticateMessage): Promise<void> {
  await updateDevice(tx, life.deviceId, factsOf(message));
}

/** The enrollment profile was replaced to renew the identity: the new one takes over at the next TokenUpdate. */
async function renew(tx: Executor, life: EnrollmentRow, fingerprint: string, message: AuthenticateMessage): Promise<void> {
  await bind(tx, fingerprint, life.id, null);
  await setPendingIdentity(tx, life.id, fingerprint);
  await updateDevice(tx, life.deviceId, factsOf(message));
  await recordEvents(tx, [{ kind: "device.authenticated", actor: "device", deviceId: life.deviceId, enrollmentId: life.id, data: { renewal: true } }]);
}

async function beginLife(tx: Executor, contact: Contact & { fingerprint: string }, message: AuthenticateMessage, live: EnrollmentRow | null, rules: EntryRules): Promise<void> {
  const facts = factsOf(message);
  const simulated = message.topic === TEST_TOPIC;
  const known = live === null ? await findDevice(tx, facts.udid, facts.serialNumber) : null;
  const deviceId = live?.deviceId ?? known?.id ?? randomUUID();
  if (live !== null) {
    await endLife(tx, { enrollmentId: live.id, deviceId, cause: "replaced", actor: "device", reason: "The device enrolled again." });
  }
  if (live === null && known === null) await insertDevice(tx, deviceId, facts, simulated);
  else await updateDevice(tx, deviceId, { ...facts, simulated });
  for (const contender of await listContenders(tx, message.channel.deviceKey)) {
    await endLife(tx, { enrollmentId: contender.id, deviceId: contender.deviceId, cause: "replaced", actor: "device", reason: "The device enrolled again." });
  }
  const id = randomUUID();
  await insertEnrollment(tx, {
    id, deviceId, channel: "device", parentId: null, channelKey: message.channel.deviceKey, state: "authenticating", topic: message.topic,
    identityFingerprint: contact.fingerprint, linkId: contact.linkId, owner: rules.owner, userId: null, userShortName: null, userLongName: null,
  });
  await bind(tx, contact.fingerprint, id, live?.id ?? null);
  await setNewestEnrollment(tx, deviceId, id);
  if (rules.groupId !== null) await joinGroup(tx, rules.groupId, deviceId);
  await recordEvents(tx, [{
    kind: "device.authenticated", actor: "device", deviceId, enrollmentId: id, linkId: contact.linkId,
    data: { serialNumber: facts.serialNumber, productName: facts.productName, osVersion: facts.osVersion, again: live !== null || known !== null },
  }]);
}

async function bind(tx: Executor, fingerprint: string, enrollmentId: string, from: string | null): Promise<void> {
  if (!(await bindIdentity(tx, fingerprint, enrollmentId, from))) throw new MusterError("identity-mismatch", "the certificate was bound elsewhere meanwhile");
}

function factsOf(message: AuthenticateMessage): DeviceFacts {
  return {
    udid: message.channel.deviceKeyKind === "udid" ? message.channel.deviceKey : null,
    serialNumber: message.serialNumber,
    name: message.deviceName,
    platform: platformOf(message.productName, message.modelName, message.model),
    model: message.model,
    modelName: message.modelName,
    productName: message.productName,
    osVersion: message.osVersion,
    buildVersion: message.buildVersion,
    imei: message.imei,
    meid: message.meid,
  };
}
