import { createPublicKey, generateKeyPairSync, randomBytes, randomUUID, verify } from "node:crypto";
import { expect, test } from "vitest";
import { releaseWaiting } from "@/lib/checkin/configuration-watchdog";
import { seal } from "@/lib/db/sealed";
import { warnOfChangedUrl } from "@/lib/enrollment/public-url-service";
import { isDictionary } from "@/lib/protocol/plist/plist-value";
import { readPlist } from "@/lib/protocol/plist/read-plist";
import { channel, rows, setSetting, withBackstage } from "../support/backstage";
import { DEVICE_ERRORS } from "../support/device-error";
import type { HttpAnswer } from "../support/device-http";
import { SimulatedDevice } from "../support/simulated-device";

/** Without jobs in the background: the watchdog is run by hand. */
const stage = withBackstage({ WORKER: "off" });

function dictionary(answer: HttpAnswer) {
  const body = readPlist(answer.body);
  if (!isDictionary(body)) throw new Error("no dictionary");
  return body;
}

async function setState(deviceId: string, state: string): Promise<void> {
  await rows(`UPDATE "Enrollment" SET "state" = $2 WHERE "deviceId" = $1`, [deviceId, state]);
}

async function kindsOf(id: string): Promise<string[]> {
  return (await stage.api.call("listDeviceEvents", { params: { id }, query: { limit: 200 } })).items.map((event) => event.kind);
}

test("a bootstrap token is escrowed, given back, replaced, and forgotten when an empty or no token comes", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  expect(await device.getBootstrapToken()).toBeNull();
  for (const token of [randomBytes(1_500), randomBytes(300)]) {
    await device.setBootstrapToken(token);
    expect(await device.getBootstrapToken()).toEqual(token);
  }
  expect((await stage.device(id)).secrets.map((secret) => secret.kind)).toEqual(["bootstrap-token"]);
  const same = randomBytes(60);
  await Promise.all(Array.from({ length: 5 }, () => device.setBootstrapToken(same)));
  expect(await device.getBootstrapToken()).toEqual(same);
  await device.setBootstrapToken(null);
  expect(await device.getBootstrapToken()).toBeNull();
  await device.setBootstrapToken(randomBytes(10));
  await device.setBootstrapToken(Buffer.alloc(0));
  expect(await device.getBootstrapToken()).toBeNull();
  expect((await stage.device(id)).secrets).toEqual([]);
  expect(await kindsOf(id)).toEqual(expect.arrayContaining(["secret.escrowed", "secret.removed"]));
});

test("a Mac without an escrowed token hears 200 and a dictionary without the key", async () => {
  const { device } = await stage.enrolledDevice({ model: "Mac" });
  const answer = await device.say("GetBootstrapToken");
  expect([answer.status, answer.headers["content-type"], dictionary(answer)]).toEqual([200, "application/xml; charset=UTF-8", {}]);
});

test("a new life begins without the tokens of the old one, which stay in escrow", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  await device.setBootstrapToken(randomBytes(40));
  await device.enroll((await stage.link()).profileUrl);
  expect(await device.getBootstrapToken()).toBeNull();
  const second = randomBytes(40);
  await device.setBootstrapToken(second);
  expect(await device.getBootstrapToken()).toEqual(second);
  expect((await stage.device(id)).secrets.map((secret) => secret.kind)).toEqual(["bootstrap-token", "bootstrap-token"]);
});

test("one device never gets the bootstrap token of another", async () => {
  const { device: mac } = await stage.enrolledDevice({ model: "Mac" });
  const { device: other } = await stage.enrolledDevice({ model: "Mac" });
  await mac.setBootstrapToken(randomBytes(40));
  expect((await other.say("GetBootstrapToken", { UDID: mac.udid })).status).toBe(400);
  expect((await other.say("SetBootstrapToken", { UDID: mac.udid })).status).toBe(400);
  expect(await mac.getBootstrapToken()).not.toBeNull();
});

test("secrets outlive the record of their device and are found by its serial number", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "iPhone" });
  await rows(`DELETE FROM "Device" WHERE "id" = $1`, [id]);
  const kept = await rows<{ kind: string; deviceId: string | null }>(`SELECT "kind","deviceId" FROM "EscrowedSecret" WHERE "serialNumber" = $1`, [device.serialNumber]);
  expect(kept).toEqual([{ kind: "unlock-token", deviceId: null }]);
});

test("a network user is left unmanaged by 410, or taken in by an empty challenge where that is set", async () => {
  const { device } = await stage.enrolledDevice({ model: "Mac" });
  const user = device.user();
  expect((await user.userAuthenticate()).status).toBe(410);
  await setSetting("user-authenticate", "refuse");
  expect((await user.userAuthenticate()).status).toBe(410);
  await setSetting("user-authenticate", "empty-challenge");
  const challenge = await user.userAuthenticate();
  expect([challenge.status, dictionary(challenge)]).toEqual([200, { DigestChallenge: "" }]);
  expect((await user.userAuthenticate(`Digest username="u"`)).status).toBe(410);
  await setSetting("user-authenticate", null);
  expect(device.managed).toBe(true);
});

test("a service that is not known, or for which there is no key, gets no token: 400", async () => {
  const { device } = await stage.enrolledDevice({ model: "iPhone" });
  for (const service of ["com.apple.maid", "com.apple.watch.pairing", "com.example.other"]) {
    expect((await device.getToken(service, { PhoneUDID: "p" })).status).toBe(400);
  }
});

test("with the key of the account a device gets a token that Apple can verify", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const id = randomUUID();
  const privateKeySealed = seal(privateKey.export({ type: "pkcs8", format: "der" }), { table: "AdeServer", row: id, column: "privateKeySealed" });
  await rows(`INSERT INTO "AdeServer" ("id","name","certificate","privateKeySealed","serverUuid","createdBy") VALUES ($1,'Account','',$2,'3CC9F4A2','test')`, [id, privateKeySealed]);
  const { device } = await stage.enrolledDevice({ model: "iPhone" });
  const answer = await device.getToken("com.apple.maid");
  const data = dictionary(answer)["TokenData"];
  if (!(data instanceof Uint8Array)) throw new Error("no token came");
  const [header = "", claims = "", signature = ""] = Buffer.from(data).toString().split(".");
  const read = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString());
  expect(read(header)).toEqual({ alg: "RS256", typ: "JWT" });
  expect(read(claims)).toEqual({ iss: "3CC9F4A2", iat: expect.any(Number), jti: expect.any(String), service_type: "com.apple.maid" });
  const key = createPublicKey(publicKey.export({ type: "spki", format: "pem" }));
  expect(verify("sha256", Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, "base64url"))).toBe(true);
  expect((await device.getToken("com.apple.watch.pairing")).status).toBe(400);
});

test("a Return to Service is declined, or prepared where the policy says so", async () => {
  const { device } = await stage.enrolledDevice({ model: "iPhone" });
  expect(await device.returnToService()).toEqual({ Enabled: false });
  const token = randomBytes(64);
  await device.setBootstrapToken(token);
  await setSetting("return-to-service", { enabled: true, wifiProfile: Buffer.from("wifi").toString("base64") });
  const answer = await device.returnToService();
  expect(answer).toMatchObject({ Enabled: true });
  expect([answer["BootstrapToken"], answer["WiFiProfileData"]].map((data) => Buffer.from(data as Uint8Array).toString("hex"))).toEqual([token.toString("hex"), Buffer.from("wifi").toString("hex")]);
  await setSetting("return-to-service", null);
});

test("declarative management is answered in JSON, an unknown declaration by 404, a status report by nothing", async () => {
  const { device } = await stage.enrolledDevice({ model: "Mac" });
  const user = device.user();
  await user.tokenUpdate();
  for (const speaker of [device, user]) {
    for (const endpoint of ["tokens", "declaration-items"]) {
      const answer = await speaker.declarative(endpoint);
      expect([answer.status, answer.headers["content-type"]]).toEqual([200, "application/json"]);
      expect(JSON.parse(answer.body.toString())).toMatchObject(endpoint === "tokens" ? { SyncTokens: {} } : { Declarations: { Activations: [] } });
    }
    for (const endpoint of ["declaration/configuration/no.such.thing", "declaration/nonsense/x", "declaration/a/b/c"]) {
      expect((await speaker.declarative(endpoint)).status).toBe(404);
    }
    expect((await speaker.declarative("nonsense")).status).toBe(400);
    for (const report of [{ StatusItems: {}, Errors: [] }, ["no report"]]) {
      const answer = await speaker.declarative("status", Buffer.from(JSON.stringify(report)));
      expect([answer.status, answer.body.length]).toEqual([200, 0]);
    }
  }
});

test("a device in quarantine is heard and gets neither tokens nor declarations", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  await device.setBootstrapToken(randomBytes(40));
  await setState(id, "quarantined");
  expect(await device.getBootstrapToken()).toBeNull();
  expect((await device.declarative("declaration-items")).status).toBe(503);
  expect((await device.declarative("status", Buffer.from("{}"))).status).toBe(200);
  expect(await device.returnToService()).toEqual({ Enabled: false });
  expect(await device.connect("Idle")).toBeNull();
  await setState(id, "enrolled");
  expect(await device.getBootstrapToken()).not.toBeNull();
});

test("a device that waits in Setup Assistant is released again when the release was lost or did not help", async () => {
  const device = await SimulatedDevice.enroll((await stage.link()).profileUrl, { model: "iPad", awaitingConfiguration: true });
  device.deviate("DeviceConfigured", { kind: "error", errors: [DEVICE_ERRORS.malformedRequest] });
  await device.runSession();
  device.obey();
  const life = await channel(device.udid);
  expect(life.awaitingConfiguration).toBe(true);
  const soon = await releaseWaiting();
  expect(soon).toBe(0);
  await rows(`UPDATE "Command" SET "endedAt" = "endedAt" - interval '20 minutes' WHERE "enrollmentId" = $1`, [life.id]);
  await rows(`UPDATE "Enrollment" SET "tokenUpdatedAt" = "tokenUpdatedAt" - interval '20 minutes', "lastPushAt" = NULL WHERE "id" = $1`, [life.id]);
  expect(await releaseWaiting()).toBe(1);
  expect((await device.runSession()).map((command) => command.requestType)).toEqual(["DeviceConfigured"]);
  expect((await channel(device.udid)).awaitingConfiguration).toBe(false);
  expect(await kindsOf(life.deviceId)).toContain("configuration.repeated");
});

test("a release that is still open is not doubled by another TokenUpdate", async () => {
  const device = await SimulatedDevice.enroll((await stage.link()).profileUrl, { model: "iPad", awaitingConfiguration: true });
  await device.tokenUpdate();
  await device.renewToken();
  const received = (await device.runSession()).map((command) => command.requestType);
  expect(received.filter((type) => type === "DeviceConfigured")).toHaveLength(1);
});

test("another profile on its way out does not pass for the end of management", async () => {
  const { device, id } = await stage.enrolledDevice();
  await stage.send(id, { requestType: "RemoveProfile", parameters: { Identifier: "com.example.wifi" } });
  const other = await device.connect("Idle");
  await stage.api.call("terminateDevice", { params: { id }, body: { method: "remove-profile" } });
  expect(other?.parameters["Identifier"]).toBe("com.example.wifi");
  const removal = await device.connect("Acknowledged", other);
  expect((await stage.device(id)).state).toBe("unenrolling");
  expect(removal?.requestType).toBe("RemoveProfile");
  await device.connect("Acknowledged", removal);
  expect((await stage.device(id)).state).toBe("ended");
});

test("a start under another address than the one in earlier profiles is told of, once", async () => {
  await stage.link().then((link) => new SimulatedDevice().download(link.profileUrl));
  const told = async () => (await rows(`SELECT 1 FROM "Event" WHERE "kind" = 'public-url.changed'`)).length;
  expect(await told()).toBe(0);
  await warnOfChangedUrl(); // this process has another PUBLIC_URL than the server
  await warnOfChangedUrl();
  expect(await told()).toBe(1);
  await stage.muster.restart();
  await warnOfChangedUrl();
  expect(await told()).toBe(2);
});
