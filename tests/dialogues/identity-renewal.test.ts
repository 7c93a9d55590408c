import { beforeAll, expect, test, vi } from "vitest";
import { retireAuthorities } from "@/lib/pki/authority-service";
import { renewDue } from "@/lib/renewal/renewal-worker";
import { settleRenewals } from "@/lib/renewal/settle-renewals";
import { rows, withBackstage } from "../support/backstage";
import { readProfile, type ConfigurationProfile } from "../support/configuration-profile";
import type { DeviceCommand } from "../support/device-command";
import { DEVICE_ERRORS } from "../support/device-error";
import { SimulatedDevice } from "../support/simulated-device";
import { requestIdentity } from "../support/scep-client";
import { DeviceHttp } from "../support/device-http";
import { freshKey } from "../support/device-keys";

// The server does nothing by itself: each test says when its workers look.
const stage = withBackstage({ WORKER: "off" });
beforeAll(() => void vi.stubEnv("PUBLIC_URL", stage.muster.url));

const query = <R extends object>(sql: string, ...values: unknown[]): Promise<R[]> => rows<R>(sql, values);
const renew = (id: string) => stage.api.call("renewIdentity", { params: { id } });
const noPatience = { stuckAfterMinutes: 0, deferredMinutes: 0, abandonAfterMinutes: 10_000 };

async function renewalOf(id: string) {
  const { items } = await stage.api.call("listIdentities", { query: { limit: 200 } });
  const found = items.find(({ device }) => device.id === id);
  if (found === undefined) throw new Error("the device has no identity");
  return found.renewal;
}

async function eventsOf(id: string): Promise<string[]> {
  return (await query<{ kind: string }>(`SELECT "kind" FROM "Event" WHERE "deviceId" = $1 AND "kind" LIKE 'identity.%' ORDER BY "id"`, id)).map(({ kind }) => kind);
}

async function metrics(): Promise<string> {
  const { token } = await stage.api.call("createApiToken", { body: { name: "prometheus", role: "viewer" } });
  return (await fetch(`${stage.muster.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();
}

/** The next command, which must bring a profile. */
async function profileOf(device: SimulatedDevice): Promise<{ command: DeviceCommand; profile: ConfigurationProfile }> {
  const command = await device.connect("Idle");
  if (!(command?.parameters.Payload instanceof Uint8Array)) throw new Error("no profile came");
  return { command, profile: readProfile(Buffer.from(command.parameters.Payload)) };
}

async function makeDue(id: string): Promise<void> {
  await query(`UPDATE "Identity" i SET "renewAt" = now() - interval '1 minute' FROM "Enrollment" e WHERE e."identityFingerprint" = i."fingerprint" AND e."deviceId" = $1`, id);
}

test("the profile is sent again as it was, with a new identity, and each stage can be seen", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "iPad" });
  expect(await renewalOf(id)).toMatchObject({ stage: "not-due", stuck: null, attempt: 0 });
  const before = device.management;
  expect(await renew(id)).toMatchObject({ stage: "queued", attempt: 1, cause: "request" });
  // Asked twice it is done once.
  expect(await renew(id)).toMatchObject({ stage: "queued", attempt: 1 });

  const { command, profile } = await profileOf(device);
  expect((await renewalOf(id)).stage).toBe("delivered");
  const payload = (from: ConfigurationProfile, type: string) => from.payloads.find((each) => each.PayloadType === type);
  const [old, fresh] = [payload(before.profile, "com.apple.mdm"), payload(profile, "com.apple.mdm")];
  expect(profile.identifier).toBe(before.profile.identifier);
  expect({ ...fresh, IdentityCertificateUUID: null }).toEqual({ ...old, IdentityCertificateUUID: null });
  expect(fresh?.IdentityCertificateUUID).not.toBe(old?.IdentityCertificateUUID);
  expect(payload(profile, "com.apple.security.scep")?.PayloadIdentifier).toBe(payload(before.profile, "com.apple.security.scep")?.PayloadIdentifier);

  expect(await metrics()).toContain('muster_identity_renewals_open{stage="delivered",stuck="false"} 1\n');
  await device.install(profile);
  expect((await renewalOf(id)).stage).toBe("issued");
  await device.authenticate();
  expect((await renewalOf(id)).stage).toBe("authenticated");
  await device.tokenUpdate();
  expect(await renewalOf(id)).toMatchObject({ stage: "done", stuck: null });
  await device.connect("Acknowledged", command);
  const { enrollments, openCommands } = await stage.device(id);
  expect([enrollments.length, openCommands]).toEqual([1, 0]);
  expect((await stage.api.call("getCommand", { params: { id: command.uuid.toLowerCase() } })).state).toBe("acknowledged");
  expect(await eventsOf(id)).toEqual(["identity.renewal-started", "identity.renewed"]);
});

test("a device that reports the profile installed before it introduces itself gets there as well", async () => {
  const { device, id } = await stage.enrolledDevice();
  await renew(id);
  const { command, profile } = await profileOf(device);
  expect(await device.connect("Acknowledged", command)).toBeNull();
  expect((await renewalOf(id)).stage).toBe("installed");
  await device.join(profile);
  expect((await renewalOf(id)).stage).toBe("done");
  expect(await device.connect("Idle")).toBeNull();
});

test("a renewal keeps to what the device was enrolled with, whatever is configured since", async () => {
  const link = await stage.link({ accessRights: 8191 });
  const device = await SimulatedDevice.enroll(link.profileUrl);
  await device.runSession();
  const id = await stage.deviceId(device);
  await query(`UPDATE "EnrollmentLink" SET "accessRights" = 19, "revokedAt" = now() WHERE "id" = $1`, link.id);
  await renew(id);
  const { profile } = await profileOf(device);
  expect(profile.payloads.at(-1)).toMatchObject({ AccessRights: 8191, Topic: device.management.mdm.topic, ServerURL: device.management.mdm.serverUrl });
  await device.join(profile);
  expect((await renewalOf(id)).stage).toBe("done");
});

test("a lost TokenUpdate makes the renewal stuck, with its stage; when it comes all is well", async () => {
  const { device, id } = await stage.enrolledDevice();
  await renew(id);
  const { profile } = await profileOf(device);
  await device.install(profile);
  await device.authenticate();
  await settleRenewals(noPatience);
  await settleRenewals(noPatience);
  expect(await renewalOf(id)).toMatchObject({ stage: "authenticated", stuck: { stage: "authenticated", reason: "The device has introduced itself and has not sent its push token." } });
  expect((await stage.api.call("listIdentities", { query: { renewal: "stuck" } })).items.map((item) => item.device.id)).toContain(id);
  expect((await eventsOf(id)).filter((kind) => kind === "identity.renewal-stuck")).toHaveLength(1);
  await device.tokenUpdate();
  expect(await renewalOf(id)).toMatchObject({ stage: "done", stuck: null });
});

test("an attempt that stays stuck gives way to another, and the secret of the first is then good for nothing", async () => {
  const { device, id } = await stage.enrolledDevice();
  await renew(id);
  const { profile: first } = await profileOf(device);
  await settleRenewals(noPatience);
  expect(await renew(id)).toMatchObject({ stage: "queued", attempt: 2, stuck: null });
  await expect(device.install(first)).rejects.toMatchObject({ failInfo: "2" });
  const received = await device.runSession();
  expect(received.map((command) => command.requestType)).toEqual(["InstallProfile"]);
  expect((await renewalOf(id)).stage).toBe("done");
});

test("a device that refuses the profile keeps its identity, and is asked again another day", async () => {
  const { device, id } = await stage.enrolledDevice();
  device.deviate("InstallProfile", { kind: "error", errors: [DEVICE_ERRORS.identityNotIssued] });
  await renew(id);
  await device.runSession();
  await settleRenewals(noPatience);
  const renewal = await renewalOf(id);
  expect(renewal).toMatchObject({ stage: "due", stuck: { stage: "delivered", reason: "The device refused the profile (MCSCEPErrorDomain 22013)." } });
  expect(Date.parse(renewal.dueAt ?? "")).toBeGreaterThan(Date.now() + 12 * 3_600_000);
  device.obey();
  await makeDue(id);
  await renewDue();
  await device.runSession();
  expect(await renewalOf(id)).toMatchObject({ stage: "done", attempt: 2, stuck: null });
});

test("a device that was off past the end of its identity is let in and renewed", async () => {
  const { device, id } = await stage.enrolledDevice();
  await makeDue(id);
  await query(
    `UPDATE "Identity" i SET "notAfter" = now() - interval '30 days' FROM "Enrollment" e WHERE e."identityFingerprint" = i."fingerprint" AND e."deviceId" = $1`, id,
  );
  expect(await renewDue()).toBe(1);
  expect(await renewalOf(id)).toMatchObject({ stage: "queued", cause: "schedule" });
  await settleRenewals(noPatience);
  expect((await renewalOf(id)).stuck).toBeNull();
  await device.runSession();
  expect((await renewalOf(id)).stage).toBe("done");
});

test("no more than the share of the day is begun, first to end first, and two nodes share it", async () => {
  await query(`DELETE FROM "Setting" WHERE "key" = 'identity-renewal-share'`);
  await query(`UPDATE "Identity" SET "renewAt" = NULL`);
  const ids: string[] = [];
  for (let count = 0; count < 4; count++) ids.push((await stage.enrolledDevice()).id);
  for (const [index, id] of ids.entries()) {
    await makeDue(id);
    await query(`UPDATE "Identity" i SET "notAfter" = now() + $2::int * interval '1 day' FROM "Enrollment" e WHERE e."identityFingerprint" = i."fingerprint" AND e."deviceId" = $1`, id, 10 - index);
  }
  const begun = await Promise.all([renewDue(() => 2), renewDue(() => 2)]);
  expect(begun.reduce((sum, count) => sum + count, 0)).toBe(2);
  const stages = await Promise.all(ids.map(async (id) => (await renewalOf(id)).stage));
  expect(stages).toEqual(["due", "due", "queued", "queued"]);
  expect(await renewDue(() => 2)).toBe(0);
});

test("a device that is off with its profile waiting takes nothing from the share of the day", async () => {
  await query(`DELETE FROM "Setting" WHERE "key" = 'identity-renewal-share'`);
  await query(`UPDATE "Identity" SET "renewAt" = NULL`);
  const [off, on] = [await stage.enrolledDevice(), await stage.enrolledDevice()];
  await renew(off.id);
  for (const { id } of [off, on]) await makeDue(id);
  await query(`UPDATE "Identity" i SET "notAfter" = now() + interval '1 day' FROM "Enrollment" e WHERE e."identityFingerprint" = i."fingerprint" AND e."deviceId" = $1`, off.id);
  expect(await renewDue(() => 1)).toBe(1);
  expect((await renewalOf(on.id)).stage).toBe("queued");
});

test("nothing is due for a device that has ended its management", async () => {
  const { device, id } = await stage.enrolledDevice();
  await makeDue(id);
  await device.removeEnrollmentProfile();
  await renewDue(() => 10_000);
  expect(await query(`SELECT 1 FROM "IdentityRenewal" r JOIN "Enrollment" e ON e."id" = r."enrollmentId" WHERE e."deviceId" = $1`, id)).toEqual([]);
  await expect(renew(id)).rejects.toMatchObject({ status: 404 });
});

test("an identity of PKCS #12 is renewed by another one in the profile", async () => {
  const device = await SimulatedDevice.enroll((await stage.link({ identity: "pkcs12" })).profileUrl);
  await device.runSession();
  const before = device.management.identity.certificatePem;
  await renew(await stage.deviceId(device));
  await device.runSession();
  expect(device.management.identity.certificatePem).not.toBe(before);
  expect((await renewalOf(await stage.deviceId(device))).stage).toBe("done");
});

test("a SCEP client may renew by its old identity, once, after half of its life", async () => {
  const { device, id } = await stage.enrolledDevice();
  const { identityPayload, identity } = device.management;
  if (identityPayload.kind !== "scep") throw new Error("no SCEP payload");
  const http = new DeviceHttp();
  const key = await freshKey();
  const ask = () => requestIdentity(http, { ...identityPayload, challenge: null }, key, { renews: identity });
  await expect(ask()).rejects.toMatchObject({ failInfo: "2" });
  await query(`UPDATE "Identity" i SET "notBefore" = now() - interval '300 days', "notAfter" = now() + interval '65 days' FROM "Enrollment" e WHERE e."identityFingerprint" = i."fingerprint" AND e."deviceId" = $1`, id);
  const renewed = await ask();
  expect((await ask()).certificatePem).toBe(renewed.certificatePem);
  await expect(requestIdentity(http, { ...identityPayload, challenge: null }, await freshKey(), { renews: identity })).rejects.toMatchObject({ failInfo: "2" });
  device.state.management = { ...device.management, identity: renewed };
  expect((await device.deliver(device.signReport("Idle"))).status).toBe(200);
  await device.tokenUpdate();
  device.state.management = { ...device.management, identity };
  expect((await device.deliver(device.signReport("Idle"))).status).toBe(400);
});

test("two authorities serve side by side until nothing depends on the old one", async () => {
  const { device: old, id } = await stage.enrolledDevice();
  await query(`UPDATE "ServerCertificate" SET "createdAt" = "createdAt" - interval '2 days'`);
  const waiting = await new SimulatedDevice().download((await stage.link()).profileUrl);
  const made = await stage.api.call("rotateAuthority", {});
  expect(made).toMatchObject({ state: "issuing", devices: 0 });
  await expect(stage.api.call("rotateAuthority", {})).rejects.toMatchObject({ status: 409 });
  const { items } = await stage.api.call("listAuthorities");
  expect(items.map(({ state }) => state)).toEqual(["issuing", "trusted"]);
  expect(items[1]?.devices).toBeGreaterThan(0);

  // Both generations work, and a profile of before the change still leads to an identity.
  const fresh = new SimulatedDevice();
  await fresh.join(waiting);
  await fresh.runSession();
  expect((await old.deliver(old.signReport("Idle"))).status).toBe(200);
  expect((await stage.device(await stage.deviceId(fresh))).enrollments[0]?.identity?.issuer).toContain(made.subject.split("CN=")[1] ?? "?");

  // What the old one has issued is due within two weeks, and the old one goes with the last of it.
  const [due] = await query<{ late: number }>(`SELECT count(*)::int AS "late" FROM "Identity" i JOIN "Enrollment" e ON e."identityFingerprint" = i."fingerprint" WHERE i."authorityId" = $1 AND i."renewAt" > now() + interval '14 days'`, items[1]?.id);
  expect(due?.late).toBe(0);
  const hour = Date.now() + 3 * 3_600_000;
  expect(await retireAuthorities(hour)).toBe(0);
  await query(`UPDATE "Enrollment" SET "endedAt" = now(), "state" = 'ended', "liveKey" = NULL WHERE "deviceId" NOT IN ($1, $2)`, id, await stage.deviceId(fresh));
  await query(`DELETE FROM "Identity" WHERE "enrollmentId" IS NULL`);
  await renew(id);
  const backup = old.backUp();
  await old.runSession();
  expect((await renewalOf(id)).stage).toBe("done");
  expect(await retireAuthorities(hour)).toBe(1);
  const after = await stage.api.call("listAuthorities");
  expect(after.items.map(({ state, devices }) => [state, devices])).toEqual([["issuing", 2], ["retired", 0]]);

  // A backup from before brings the old identity back: that is a restore and no stranger, and it is renewed at once.
  await old.restoreFromBackup(backup);
  expect((await stage.api.call("listRestores")).items).toMatchObject([{ deviceId: id, signs: ["older-identity"], state: "waiting" }]);
  await stage.api.call("decideRestoreOfDevice", { params: { id }, body: { decision: "accept" } });
  await old.runSession();
  await renewDue();
  await old.runSession();
  expect((await stage.device(id)).enrollments[0]?.identity?.issuer).toContain(made.subject.split("CN=")[1] ?? "?");
});
