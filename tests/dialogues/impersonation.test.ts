import { expect, test } from "vitest";
import { readCertificate } from "@/lib/crypto/certificate";
import { rows, withBackstage } from "../support/backstage";
import { DeviceCa } from "../support/device-ca";
import { deviceIdentity, type DeviceIdentity } from "../support/device-identity";
import { SimulatedDevice } from "../support/simulated-device";
import { TOPIC } from "../support/stage";

const stage = withBackstage();

const contacts = async () => (await stage.api.call("listUnknownContacts", { query: { limit: 200 } })).items;
const adopt = (id: string, fingerprint: string) => stage.api.call("adoptContact", { params: { id }, body: { fingerprint } });

/** An identity of another server's authority. */
async function foreignIdentity(): Promise<DeviceIdentity> {
  const { certificate, privateKey } = await (await DeviceCa.create()).issue("old identity");
  return deviceIdentity(certificate, privateKey);
}

async function contactOf(device: SimulatedDevice, reason: string) {
  const found = (await contacts()).find((contact) => contact.reason === reason && contact.claimedKey === device.udid);
  if (found === undefined) throw new Error(`no contact ${reason}`);
  return found;
}

test("a Mac onto which another was migrated is refused, shown beside the one it copies, and merged with nothing", async () => {
  const { device: original, id } = await stage.enrolledDevice({ model: "Mac" });
  const copy = new SimulatedDevice({ model: "Mac" });
  await expect(copy.restoreFromBackup(original.backUp())).rejects.toThrow("400");
  await expect(copy.authenticate()).rejects.toThrow("400");
  expect(copy.managed).toBe(true);
  expect((await stage.device(id)).enrollments).toHaveLength(1);
  expect(await stage.device(id)).toMatchObject({ state: "enrolled", udid: original.udid, serialNumber: original.serialNumber });
  const events = (await stage.api.call("listDeviceEvents", { params: { id } })).items.filter((event) => event.kind === "identity.mismatch");
  expect(events).toHaveLength(1);
  expect(events[0]?.data).toMatchObject({ claimed: { key: copy.udid }, issuedTo: { key: original.udid, serialNumber: original.serialNumber } });
  expect(await contactOf(copy, "identity-mismatch")).toMatchObject({ issuedTo: { key: original.udid, serialNumber: original.serialNumber }, adoptable: false });
  expect(await original.runSession()).toEqual([]);
  await copy.enroll((await stage.link()).profileUrl);
  expect(await stage.deviceId(copy)).not.toBe(id);
});

test("a certificate that was issued for one serial number begins no life for another", async () => {
  const link = await stage.link();
  const profile = await new SimulatedDevice().download(link.profileUrl);
  const device = new SimulatedDevice();
  await device.install(profile);
  await rows(`UPDATE "Identity" SET "boundSerial" = 'C02RIGHTFUL' WHERE "linkId" = $1`, [link.id]);
  await expect(device.authenticate()).rejects.toThrow("400");
  expect(await contactOf(device, "identity-mismatch")).toMatchObject({ serialNumber: device.serialNumber, issuedTo: { serialNumber: "C02RIGHTFUL" } });
});

test("a device that names other hardware in an answer is told of, and keeps the record it has", async () => {
  const { device, id } = await stage.enrolledDevice();
  await stage.send(id, { requestType: "DeviceInformation" });
  const command = await device.connect("Idle");
  await device.connect("Acknowledged", command, { QueryResponses: { UDID: "another", SerialNumber: "ANOTHER", DeviceName: "Kiosk" } });
  expect(await stage.device(id)).toMatchObject({ serialNumber: device.serialNumber, udid: device.udid, name: "Kiosk" });
  const events = (await stage.api.call("listDeviceEvents", { params: { id } })).items.filter((event) => event.kind === "identity.contradicted");
  expect(events[0]?.data).toMatchObject({ said: { udid: "another", serialNumber: "ANOTHER" }, recorded: { udid: device.udid, serialNumber: device.serialNumber } });
});

test("a device whose record is lost is adopted by its fingerprint, and its next TokenUpdate begins a life", async () => {
  const { device, id } = await stage.enrolledDevice();
  await rows(`DELETE FROM "Device" WHERE "id" = $1`, [id]);
  await rows(`DELETE FROM "Identity" WHERE "enrollmentId" IS NULL AND "forgottenAt" IS NULL`);
  expect((await device.deliver(device.sign("checkin", { MessageType: "TokenUpdate", Topic: TOPIC, UDID: device.udid, Token: device.state.push.token, PushMagic: device.state.push.magic }))).status).toBe(400);
  const contact = await contactOf(device, "identity-unknown");
  expect(contact).toMatchObject({ adoptable: true });
  await expect(adopt(contact.id, "00".repeat(32))).rejects.toMatchObject({ status: 422 });
  expect((await device.deliver(device.signReport("Idle"))).status).toBe(400);
  const adopted = await adopt(contact.id, (contact.fingerprint ?? "").toUpperCase().replace(/(..)(?=.)/g, "$1:"));
  expect(adopted).toMatchObject({ adoptable: false });
  expect(await device.runSession()).toEqual([]);
  await device.tokenUpdate();
  expect((await device.runSession()).map((command) => command.requestType)).toContain("DeviceInformation");
  const [row] = await rows<{ id: string }>(`SELECT "id" FROM "Device" WHERE "udid" = $1`, [device.udid]);
  expect(await stage.device(row?.id ?? "")).toMatchObject({ state: "enrolled", serialNumber: device.serialNumber });
  await expect(adopt(contact.id, contact.fingerprint ?? "")).rejects.toMatchObject({ status: 409 });
});

test("a device of another server is taken in only by its pinned certificate, for the device it claimed to be", async () => {
  const { device: template } = await stage.enrolledDevice();
  const device = new SimulatedDevice();
  device.state.management = { ...template.management, identity: await foreignIdentity() };
  await expect(device.tokenUpdate()).rejects.toThrow("400");
  const contact = await contactOf(device, "certificate-foreign");
  await adopt(contact.id, contact.fingerprint ?? "");
  await device.tokenUpdate();
  expect((await device.runSession()).length).toBeGreaterThan(0);
  const id = await stage.deviceId(device);
  const { serialNumber, issuer } = readCertificate(device.management.identity.certificate);
  expect((await stage.device(id)).enrollments[0]?.identity).toMatchObject({ adopted: true, serialNumber, issuer });
  expect((await stage.api.call("listIdentities", { query: { deviceId: id } })).items).toMatchObject([{ authorityId: null, serialNumber, device: { id } }]);
  const other = new SimulatedDevice();
  other.state.management = device.management;
  await expect(other.tokenUpdate()).rejects.toThrow("400");
  expect((await stage.api.call("listAuditEvents", { query: { limit: 50 } })).items.find((event) => event.kind === "contact.adopted")?.data).toMatchObject({ fingerprint: contact.fingerprint, deviceKey: device.udid });
});

test("nobody is unseated by an adoption", async () => {
  const { device } = await stage.enrolledDevice();
  const mallory = new SimulatedDevice();
  mallory.state.management = { ...device.management, identity: await foreignIdentity() };
  Object.assign(mallory.state, { hardware: device.hardware });
  await expect(mallory.tokenUpdate()).rejects.toThrow("400");
  const contact = await contactOf(device, "certificate-foreign");
  await expect(adopt(contact.id, contact.fingerprint ?? "")).rejects.toMatchObject({ status: 409 });
  expect(await device.runSession()).toEqual([]);
});
