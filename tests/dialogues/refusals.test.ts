import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readCertificate } from "@/lib/crypto/certificate";
import { createAuthority, issueCertificate } from "@/lib/crypto/issue-certificate";
import { createPrivateKey } from "node:crypto";
import { deviceIdentity } from "../support/device-identity";
import { freshKey } from "../support/device-keys";
import { authenticateMessage, reportMessage, tokenUpdateMessage } from "../support/device-messages";
import { SimulatedDevice } from "../support/simulated-device";
import { APPLE_SIGNATURE, mdmSignature } from "../support/signed-message";
import { eventually, withStage } from "../support/stage";

const stage = withStage();

async function reasons(): Promise<string[]> {
  return (await stage.api.call("listUnknownContacts", { query: { limit: 200 } })).items.map((contact) => contact.reason);
}

/** A managed device and its next Idle, not yet sent. */
async function deviceAndIdle() {
  const { device } = await stage.enrolledDevice();
  return { device, idle: device.signReport("Idle") };
}

test("an unsigned message is answered 400 and recorded", async () => {
  const { device, idle } = await deviceAndIdle();
  const headers = { "content-type": idle.headers["content-type"] ?? "" };
  expect((await device.deliver({ ...idle, headers })).status).toBe(400);
  expect(await reasons()).toContain("certificate-missing");
  expect(device.managed).toBe(true);
});

test("a signed message with one byte changed is answered 400", async () => {
  const { device, idle } = await deviceAndIdle();
  const body = Buffer.from(idle.body);
  body[body.length - 20] = 0x20;
  expect((await device.deliver({ ...idle, body })).status).toBe(400);
  expect(await reasons()).toContain("signature-invalid");
});

test("a signature that is no CMS at all is answered 400", async () => {
  const { device, idle } = await deviceAndIdle();
  for (const signature of ["", "AAAA", "////", Buffer.alloc(30_000, 0x30).toString("base64"), "not base64 at all"]) {
    expect((await device.deliver({ ...idle, headers: { ...idle.headers, "mdm-signature": signature } })).status).toBe(400);
  }
});

test("a certificate of a foreign authority is answered 400, whatever it says of itself", async () => {
  const { device, idle } = await deviceAndIdle();
  const key = await freshKey();
  const foreign = await createAuthority({ commonName: "Muster device CA", organization: "Muster", days: 30 });
  const privateKey = createPrivateKey({ key: foreign.privateKeyPkcs8, format: "der", type: "pkcs8" });
  const certificate = await issueCertificate({
    authority: { certificate: foreign.certificate, privateKey },
    publicKeySpki: key.publicKey.export({ type: "spki", format: "der" }),
    subject: { commonName: readCertificate(device.management.identity.certificate).subject }, days: 30, backdateHours: 24, usage: "device-identity",
  });
  const identity = deviceIdentity(certificate, key.privateKey);
  const headers = { ...idle.headers, "mdm-signature": mdmSignature(idle.body, identity, APPLE_SIGNATURE) };
  expect((await device.deliver({ ...idle, headers })).status).toBe(400);
  expect(await reasons()).toContain("certificate-foreign");
});

test("one enrolled device cannot speak for another", async () => {
  const { device: victim, id } = await stage.enrolledDevice();
  const { device: attacker } = await stage.enrolledDevice();
  await stage.send(id, { requestType: "DeviceInformation" });
  for (const [kind, message] of [
    ["report", reportMessage(victim.state, "Idle", null, {})],
    ["checkin", tokenUpdateMessage(victim.state, victim.management)],
    ["checkin", authenticateMessage(victim.state, victim.management)],
  ] as const) {
    const answer = await attacker.deliver(attacker.sign(kind, message));
    expect([answer.status, answer.body.length]).toEqual([400, 0]);
  }
  expect(await reasons()).toContain("identity-mismatch");
  expect((await stage.device(id)).enrollments).toHaveLength(1);
  expect((await victim.runSession()).map((command) => command.requestType)).toEqual(["DeviceInformation"]);
});

test("a device cannot answer another device's command", async () => {
  const { id } = await stage.enrolledDevice();
  const { device: attacker } = await stage.enrolledDevice();
  const commandId = await stage.send(id, { requestType: "SecurityInfo" });
  const answer = await attacker.deliver(attacker.signReport("Acknowledged", commandId));
  expect(answer.status).toBe(200);
  expect((await stage.command(commandId)).state).toBe("queued");
});

test("an identity that has not authenticated gets nothing", async () => {
  const device = new SimulatedDevice();
  await device.install(await device.download((await stage.link()).profileUrl));
  const answer = await device.deliver(device.signReport("Idle"));
  expect(answer.status).toBe(400);
  expect(await reasons()).toContain("identity-unbound");
});

test("the identity of a life that was replaced is refused", async () => {
  const { device } = await stage.enrolledDevice();
  const old = device.signReport("Idle");
  await device.enroll((await stage.link()).profileUrl);
  expect((await device.deliver(old)).status).toBe(400);
  expect(await reasons()).toContain("identity-retired");
});

test("certificate and forwarding headers of an untrusted peer count for nothing", async () => {
  const { device, idle } = await deviceAndIdle();
  const { certificate, certificatePem } = device.management.identity;
  const forged = {
    "content-type": idle.headers["content-type"] ?? "",
    "client-cert": `:${certificate.toString("base64")}:`,
    "x-client-cert": encodeURIComponent(certificatePem),
    "x-ssl-client-cert": encodeURIComponent(certificatePem),
    "x-amzn-mtls-clientcert": encodeURIComponent(certificatePem),
    "x-forwarded-for": "203.0.113.7",
  };
  expect((await device.deliver({ ...idle, headers: forged })).status).toBe(400);
  const { items } = await stage.api.call("listUnknownContacts", { query: { limit: 200 } });
  expect(items.map((contact) => contact.remoteAddress)).not.toContain("203.0.113.7");
});

test("a message that cannot be read is answered 400, one of a type Apple may add later too, with an alarm", async () => {
  const { device } = await stage.enrolledDevice();
  expect((await device.deliver(device.sign("checkin", { MessageType: "FutureMessage", UDID: device.udid }))).status).toBe(400);
  expect(await reasons()).toEqual(expect.arrayContaining(["message-unknown"]));
  const broken = device.sign("checkin", { Hello: "world" });
  expect((await device.deliver(broken)).status).toBe(400);
  expect(await reasons()).toContain("message-unreadable");
});

test("identifiers that try to be SQL or a path are plain text", async () => {
  const device = new SimulatedDevice();
  await device.install(await device.download((await stage.link()).profileUrl));
  const udid = `../../etc/passwd'; DROP TABLE "Device"; --`;
  await device.authenticate({ UDID: udid, SerialNumber: `"><script>`, DeviceName: "naïve \u{1F4F1}" });
  const { items } = await stage.api.call("listDevices", { query: { query: "etc/passwd" } });
  expect(items.map((item) => item.udid)).toEqual([udid]);
});

test("the same stranger is counted, not listed again", async () => {
  const { device, idle } = await deviceAndIdle();
  const before = (await stage.api.call("listUnknownContacts", { query: { limit: 200 } })).total;
  for (let n = 0; n < 5; n++) await device.deliver({ ...idle, headers: { "content-type": "text/plain" } });
  const after = (await stage.api.call("listUnknownContacts", { query: { limit: 200 } })).total;
  expect(after - before).toBeLessThanOrEqual(1);
});

test("a large answer is taken, one over 32 MiB is not", async () => {
  const { device, id } = await stage.enrolledDevice();
  const commandId = await stage.send(id, { requestType: "InstalledApplicationList" });
  const command = await device.connect("Idle");
  const list = Array.from({ length: 20_000 }, (_, n) => ({ Identifier: `com.example.app${n}`, Name: `Application ${n} ${"x".repeat(100)}`, Version: "1.0", BundleSize: n }));
  expect(await device.connect("Acknowledged", command, { InstalledApplicationList: list })).toBeNull();
  expect((await stage.command(commandId)).state).toBe("acknowledged");
  const huge = device.signReport("Acknowledged", null, { Filler: "x".repeat(33 * 1024 * 1024) });
  expect((await device.deliver(huge).catch(() => ({ status: 413 }))).status).toBe(413);
});

test("refusals reach neither the answers nor the logs with keys, tokens or challenges", async () => {
  const { device } = await stage.enrolledDevice();
  const logs = stage.muster.logs;
  const token = readFileSync(`${stage.muster.dataDir}/local-token`, "utf8").trim();
  const challenge = await new SimulatedDevice().download((await stage.link()).profileUrl).then((profile) => JSON.stringify(profile.payloads).match(/"Challenge":"([^"]+)"/)?.[1] ?? "");
  expect(challenge.length).toBeGreaterThan(20);
  await eventually(async () => stage.muster.logs, (text) => text.length >= logs.length);
  for (const secret of [token, device.state.push.magic, device.state.push.token.toString("hex"), challenge]) expect(stage.muster.logs).not.toContain(secret);
});
