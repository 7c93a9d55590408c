import { randomUUID } from "node:crypto";
import { MusterError } from "@/lib/contracts/errors";
import { TEST_TOPIC } from "@/lib/contracts/words";
import { readCertificate } from "@/lib/crypto/certificate";
import type { Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { findDevice, insertDevice, setNewestEnrollment } from "@/lib/devices/device-store";
import { adoptIdentity, insertEnrollment, lockEnrollment, lockLiveEnrollment } from "@/lib/devices/enrollment-store";
import { recordEvents } from "@/lib/events/event-log";
import { lockIdentity, pinIdentity } from "@/lib/pki/identity-store";
import { currentTopic } from "@/lib/push/push-topic";
import { isAdoptable } from "./adoptable";
import type { UnknownContactRow } from "./unknown-contact-store";
import { lockUnknownContact, saveAdoption } from "./unknown-contact-store";

/** Enough of a stranger to take him in. */
interface Adoptee {
  contact: UnknownContactRow;
  deviceKey: string;
  certificate: Buffer;
}

/**
 * Takes a stranger in: his certificate is pinned by its fingerprint for the one device he claims to be, and a life begins
 * that his next Authenticate or TokenUpdate completes. The caller has read the fingerprint and says it again. Nobody who
 * lives here is unseated by it, and a certificate of one device never speaks for another.
 * @throws MusterError not-found, invalid-input for another fingerprint, conflict
 */
export async function adoptContact(id: string, fingerprint: string, actor: string): Promise<UnknownContactRow> {
  return transaction(async (tx) => {
    const contact = await lockUnknownContact(tx, id);
    if (contact === null) throw new MusterError("not-found", `no unknown contact ${id}`);
    const { deviceKey, certificate } = contact;
    if (!isAdoptable(contact) || deviceKey === null || certificate === null) throw new MusterError("conflict", "there is nothing here that could be adopted");
    if (contact.fingerprint !== fingerprint.toLowerCase().replace(/[^0-9a-f]/g, "")) {
      throw new MusterError("invalid-input", "this is another fingerprint", { errors: [{ pointer: "/fingerprint", detail: "not the fingerprint of this contact" }] });
    }
    const deviceId = await takeIn(tx, { contact, deviceKey, certificate });
    const data = { fingerprint: contact.fingerprint, subject: contact.subject, deviceKey, refusedAs: contact.reason };
    await recordEvents(tx, [{ kind: "contact.adopted", actor, deviceId, data }]);
    return saveAdoption(tx, id, actor);
  });
}

async function takeIn(tx: Executor, adoptee: Adoptee): Promise<string> {
  const { contact, deviceKey } = adoptee;
  const certificate = readCertificate(adoptee.certificate);
  if ((await lockLiveEnrollment(tx, deviceKey)) !== null) throw new MusterError("conflict", "a device is managed under this identifier: it would be unseated");
  const topic = contact.topic ?? (await currentTopic()).topic;
  const known = await lockIdentity(tx, certificate.fingerprint);
  if (known === null) await pinIdentity(tx, certificate, topic);
  else if (known.revokedAt !== null) throw new MusterError("conflict", "this certificate was revoked");
  else await checkBelongs(tx, known, adoptee);
  const udid = contact.deviceKeyKind === "udid" ? deviceKey : null;
  const device = await findDevice(tx, udid, null);
  const deviceId = device?.id ?? randomUUID();
  if (device === null) await insertDevice(tx, deviceId, { ...NOTHING_KNOWN, udid, serialNumber: contact.serialNumber }, topic === TEST_TOPIC);
  const enrollmentId = randomUUID();
  await insertEnrollment(tx, {
    id: enrollmentId, deviceId, channel: "device", parentId: null, channelKey: deviceKey, state: "authenticating", topic,
    identityFingerprint: certificate.fingerprint, linkId: known?.linkId ?? null, owner: null, userId: null, userShortName: null, userLongName: null,
  });
  await adoptIdentity(tx, certificate.fingerprint, enrollmentId);
  await setNewestEnrollment(tx, deviceId, enrollmentId);
  return deviceId;
}

const NOTHING_KNOWN = {
  udid: null, serialNumber: null, name: null, platform: "unknown" as const, model: null, modelName: null, productName: null, osVersion: null, buildVersion: null, imei: null, meid: null,
};

async function checkBelongs(tx: Executor, identity: { enrollmentId: string | null; boundUdid: string | null }, { contact, deviceKey }: Adoptee): Promise<void> {
  const life = identity.enrollmentId === null ? null : await lockEnrollment(tx, identity.enrollmentId);
  const other = (life !== null && life.channelKey !== deviceKey) || (contact.deviceKeyKind === "udid" && identity.boundUdid !== null && identity.boundUdid !== deviceKey);
  if (other) throw new MusterError("conflict", "this certificate belongs to another device");
}
