import { expect, test } from "vitest";
import { ApiProblem } from "../support/api-client";
import { freshKey } from "../support/device-keys";
import { ScepRefused } from "../support/scep-client";
import { SimulatedDevice } from "../support/simulated-device";
import { eventually, TOPIC, withStage } from "../support/stage";

const stage = withStage();

test("a link leads a device from the profile to management, and the console knows it", async () => {
  const link = await stage.link({ name: "Ward 3" });
  const device = await SimulatedDevice.enroll(link.profileUrl, { model: "iPhone" });
  const before = await stage.device(await stage.deviceId(device));
  expect(before).toMatchObject({ state: "enrolled", udid: device.udid, serialNumber: device.serialNumber, platform: "ios", simulated: false });
  expect(before.secrets.map((secret) => secret.kind)).toEqual(["unlock-token"]);

  const commands = await device.runSession();
  expect(commands.map((command) => command.requestType)).toEqual([
    "DeviceInformation", "SecurityInfo", "ProfileList", "CertificateList", "InstalledApplicationList",
  ]);
  const after = await stage.device(before.id);
  expect(after).toMatchObject({ name: device.state.name, openCommands: 0, supervised: true });
  expect(after.inventory.map((fact) => fact.kind)).toEqual(expect.arrayContaining(["DeviceInformation", "SecurityInfo"]));
  const [life] = after.enrollments;
  expect(life).toMatchObject({ life: 1, link: { id: link.id, name: "Ward 3" }, push: { topic: TOPIC, testTopic: false, hasToken: true } });
  expect((await stage.api.call("getLink", { params: { id: link.id } })).uses).toBe(1);
});

test("the profile asks for everything management needs, and is signed", async () => {
  const device = new SimulatedDevice();
  const profile = await device.download((await stage.link()).profileUrl);
  expect(profile.signer).not.toBeNull();
  expect(profile.content).toMatchObject({ PayloadType: "Configuration", PayloadIdentifier: "muster.enrollment", PayloadScope: "System" });
  const mdm = profile.payloads.find((payload) => payload.PayloadType === "com.apple.mdm");
  const scep = profile.payloads.find((payload) => payload.PayloadType === "com.apple.security.scep");
  expect(mdm).toMatchObject({
    Topic: TOPIC, ServerURL: `${stage.muster.url}/mdm/connect`, CheckInURL: `${stage.muster.url}/mdm/checkin`, SignMessage: true,
    CheckOutWhenRemoved: true, AccessRights: 8191, IdentityCertificateUUID: scep?.PayloadUUID,
    ServerCapabilities: ["com.apple.mdm.per-user-connections", "com.apple.mdm.bootstraptoken", "com.apple.mdm.token"],
  });
});

test("the device is pushed soon after it has enrolled", async () => {
  const device = await SimulatedDevice.enroll((await stage.link()).profileUrl);
  const push = await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  expect(push.magic).toBe(device.state.push.magic);
  expect(stage.apns.violations).toEqual([]);
});

test("a Mac in Setup Assistant is let go by DeviceConfigured, before anything else but security", async () => {
  const device = await SimulatedDevice.enroll((await stage.link()).profileUrl, { model: "Mac", awaitingConfiguration: true });
  const commands = await device.runSession();
  expect(commands[0]?.requestType).toBe("DeviceConfigured");
  expect(device.state.awaitingConfiguration).toBe(false);
});

test.each([
  ["AES-256, SHA-256, POST", { cipher: "aes-256-cbc", digest: "sha256", method: "POST" }],
  ["AES-128, SHA-1, GET", { cipher: "aes-128-cbc", digest: "sha1", method: "GET" }],
  ["3DES, SHA-1, POST with indefinite lengths", { cipher: "des-ede3-cbc", digest: "sha1", method: "POST", indefinite: true }],
  ["single DES, SHA-1, GET", { cipher: "des-cbc", digest: "sha1", method: "GET" }],
  ["AES-256, SHA-512, GET with indefinite lengths", { cipher: "aes-256-cbc", digest: "sha512", method: "GET", indefinite: true }],
] as const)("an identity is issued by SCEP with %s", async (_, scep) => {
  const device = await SimulatedDevice.enroll((await stage.link()).profileUrl, { scep });
  expect(device.managed).toBe(true);
});

test("a challenge is spent by the first key: another key gets nothing, the same key the same certificate", async () => {
  const link = await stage.link({ maxUses: 5 });
  const key = await freshKey();
  const device = new SimulatedDevice({ keys: async () => key });
  const profile = await device.download(link.profileUrl);
  await device.install(profile);
  const first = device.management.identity.certificate.toString("hex");
  await device.install(profile);
  expect(device.management.identity.certificate.toString("hex")).toBe(first);
  expect((await stage.api.call("getLink", { params: { id: link.id } })).uses).toBe(1);

  const thief = new SimulatedDevice();
  const refusal = await thief.install(profile).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ScepRefused);
  expect(refusal).toMatchObject({ failInfo: "2" });
});

test("an identity by PKCS #12 comes with its profile, a new one with each download, and each is a use of the link", async () => {
  const link = await stage.link({ identity: "pkcs12", maxUses: 2 });
  const device = await SimulatedDevice.enroll(link.profileUrl);
  const other = await SimulatedDevice.enroll(link.profileUrl);
  expect(device.management.identity.certificatePem).not.toBe(other.management.identity.certificatePem);
  expect(await device.connect("Idle")).not.toBeNull();
  expect(await stage.api.call("getLink", { params: { id: link.id } })).toMatchObject({ uses: 2, state: "used-up", identity: "pkcs12" });
  await expect(SimulatedDevice.enroll(link.profileUrl)).rejects.toThrow();
});

test("a reusable profile can only be one by SCEP, which gives each device a key of its own", async () => {
  await expect(stage.link({ identity: "pkcs12", reusableProfile: true, maxUses: 3 })).rejects.toMatchObject({ status: 422 });
});

test("a reusable profile serves as many keys as it has uses", async () => {
  const link = await stage.link({ reusableProfile: true, maxUses: 2 });
  const profile = await new SimulatedDevice().download(link.profileUrl);
  for (let n = 0; n < 2; n++) await new SimulatedDevice().install(profile);
  await expect(new SimulatedDevice().install(profile)).rejects.toMatchObject({ failInfo: "2" });
  expect(await stage.api.call("getLink", { params: { id: link.id } })).toMatchObject({ uses: 2, state: "used-up" });
});

test("twenty devices racing for three uses get three certificates", async () => {
  const link = await stage.link({ maxUses: 3 });
  const devices = await Promise.all(Array.from({ length: 20 }, async () => {
    const device = new SimulatedDevice();
    return { device, profile: await device.download(link.profileUrl) };
  }));
  const outcomes = await Promise.allSettled(devices.map(({ device, profile }) => device.install(profile)));
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(3);
});

test("a link that has ended hands out a page with the reason, never a profile", async () => {
  const expired = await stage.link({ expiresAt: new Date(Date.now() + 1_500).toISOString() });
  const revoked = await stage.link();
  await stage.api.call("revokeLink", { params: { id: revoked.id } });
  const usedUp = await stage.link({ maxUses: 1 });
  await SimulatedDevice.enroll(usedUp.profileUrl);
  await eventually(() => stage.api.call("getLink", { params: { id: expired.id } }), (link) => link.state === "expired");
  for (const [url, status] of [[expired.profileUrl, 410], [revoked.profileUrl, 410], [usedUp.profileUrl, 410], [`${stage.muster.url}/enroll/nonsense/profile`, 404]] as const) {
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get("content-type"), answer.headers.get("content-disposition")]).toEqual([status, "text/html; charset=utf-8", null]);
    expect(await answer.text()).toContain("<h1>");
  }
});

test("a device that enrolls again begins a new life, and nothing of the old one runs in it", async () => {
  const { device, id } = await stage.enrolledDevice();
  const waiting = await stage.send(id, { requestType: "RestartDevice" });
  await device.enroll((await stage.link()).profileUrl);
  const { enrollments } = await stage.device(id);
  expect(enrollments.map((life) => [life.life, life.state, life.endedCause])).toEqual([[2, "enrolled", null], [1, "ended", "replaced"]]);
  expect(await stage.command(waiting)).toMatchObject({ state: "cancelled", cause: "The device enrolled again." });
  expect((await device.runSession()).map((command) => command.requestType)).not.toContain("RestartDevice");
});

test("a repeated Authenticate or TokenUpdate changes nothing", async () => {
  const device = new SimulatedDevice();
  await device.install(await device.download((await stage.link()).profileUrl));
  await device.authenticate();
  await device.authenticate();
  await device.tokenUpdate();
  await device.tokenUpdate();
  const { enrollments } = await stage.device(await stage.deviceId(device));
  expect(enrollments).toHaveLength(1);
});

test("a TokenUpdate without an unlock token keeps the one held, and the new push token is used", async () => {
  const { device, id } = await stage.enrolledDevice();
  device.state.unlockToken = null;
  await device.renewToken();
  expect((await stage.device(id)).secrets.map((secret) => secret.kind)).toContain("unlock-token");
  await stage.api.call("pushDevice", { params: { id } });
  const push = await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  expect(push.magic).toBe(device.state.push.magic);
});

test("bad wishes for a link are refused with a pointer to each", async () => {
  const refusal = await stage.api.call("createLink", { body: { name: " ", reusableProfile: true } }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ApiProblem);
  expect(refusal).toMatchObject({ status: 422, problem: { code: "invalid-input" } });
  const pointers = refusal instanceof ApiProblem ? refusal.problem?.errors?.map((error) => error.pointer) : [];
  expect(pointers).toContain("/name");
});
