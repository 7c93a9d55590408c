import { buildBinary } from "plist";
import { expect, test } from "vitest";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { channel, queueFor, rows, withBackstage } from "../support/backstage";
import { authenticateMessage, reportMessage, tokenUpdateMessage } from "../support/device-messages";
import { ecIdentity } from "../support/ec-identity";
import { openssl, opensslMissing } from "../support/openssl";
import { mdmSignature, APPLE_SIGNATURE, type SignedMessage } from "../support/signed-message";
import { SimulatedDevice } from "../support/simulated-device";

const stage = withBackstage();

/** The same message with another body, signed as it should be. */
function withBody(device: SimulatedDevice, message: SignedMessage, body: Buffer): SignedMessage {
  const signature = mdmSignature(body, device.management.identity, APPLE_SIGNATURE);
  return { ...message, body, headers: { ...message.headers, "mdm-signature": signature } };
}

/** Between profile and Authenticate. */
async function installedDevice(options: ConstructorParameters<typeof SimulatedDevice>[0] = {}): Promise<SimulatedDevice> {
  const device = new SimulatedDevice(options);
  await device.install(await device.download((await stage.link()).profileUrl));
  return device;
}

test("either address takes either kind of message, by PUT and by POST, whatever its media type says", async () => {
  const { device } = await stage.enrolledDevice();
  const { checkInUrl, serverUrl } = device.management.mdm;
  const messages = [device.signReport("Idle"), device.sign("checkin", tokenUpdateMessage(device.state, device.management))];
  const types = ["application/x-apple-aspen-mdm-checkin", "Application/X-Apple-Aspen-MDM;charset=utf-8", "text/xml", "application/octet-stream", ""];
  for (const message of messages) {
    for (const url of [checkInUrl, serverUrl]) {
      for (const method of ["PUT", "POST"] as const) {
        for (const type of types) {
          const answer = await device.deliver({ ...message, url, method, headers: { ...message.headers, "content-type": type } });
          expect(answer.status, `${method} ${url} ${type}`).toBe(200);
        }
      }
    }
  }
});

test("a command goes out as application/xml, and nothing to do is exactly zero bytes", async () => {
  const { device, id } = await stage.enrolledDevice();
  const nothing = await device.deliver(device.signReport("Idle"));
  expect([nothing.status, nothing.headers["content-length"], nothing.body.length]).toEqual([200, "0", 0]);
  await stage.send(id, { requestType: "ProfileList" });
  const command = await device.deliver(device.signReport("Idle"));
  expect([command.status, command.headers["content-type"]]).toEqual([200, "application/xml; charset=UTF-8"]);
  expect(command.body.toString()).toContain("<!DOCTYPE plist");
});

test("Authenticate, TokenUpdate, SetBootstrapToken and CheckOut are answered with exactly zero bytes", async () => {
  const device = await installedDevice({ model: "Mac" });
  const { mdm } = device.management;
  const steps = [
    authenticateMessage(device.state, device.management), tokenUpdateMessage(device.state, device.management),
    { MessageType: "SetBootstrapToken", UDID: device.udid, BootstrapToken: Buffer.from("token") }, { MessageType: "CheckOut", Topic: mdm.topic, UDID: device.udid },
  ];
  for (const step of steps) {
    const answer = await device.deliver(device.sign("checkin", step));
    expect([answer.status, answer.headers["content-length"], answer.body.length], step.MessageType as string).toEqual([200, "0", 0]);
  }
});

test("410 is said to nobody but a network user", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  const answers = [
    await device.say("GetBootstrapToken"), await device.getToken("x"), await device.say("ReturnToService"), await device.say("Whatever"),
    await device.declarative("nonsense"), await device.deliver(device.signReport("Acknowledged", "no such command")),
  ];
  expect(answers.map((answer) => answer.status)).not.toContain(410);
  expect((await stage.device(id)).state).toBe("enrolled");
});

test("a TokenUpdate overwrites token and magic together", async () => {
  const { device, id } = await stage.enrolledDevice();
  await device.renewToken();
  await stage.api.call("pushDevice", { params: { id } });
  const push = await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  expect(push.magic).toBe(device.state.push.magic);
});

test("CheckOut is answered 200 in every state a device of ours can be in", async () => {
  const fresh = await installedDevice();
  expect((await fresh.say("CheckOut", { Topic: fresh.management.mdm.topic })).status).toBe(200);
  const { device, id } = await stage.enrolledDevice();
  const goodbye = device.sign("checkin", { MessageType: "CheckOut", UDID: device.udid });
  expect((await device.deliver(goodbye)).status).toBe(200);
  expect((await device.deliver(goodbye)).status).toBe(200);
  await device.enroll((await stage.link()).profileUrl);
  expect((await device.deliver(goodbye)).status).toBe(200);
  expect((await stage.device(id)).state).toBe("enrolled");
});

test("after its end a life gets neither tokens nor commands, and nothing it sends begins anything", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  await device.setBootstrapToken(Buffer.from("token"));
  await device.checkOut();
  expect((await device.say("GetBootstrapToken")).status).toBe(400);
  expect((await device.getToken("com.apple.maid")).status).toBe(400);
  await expect(device.tokenUpdate()).rejects.toMatchObject({ status: 400 });
  expect(await device.connect("Idle")).toBeNull();
  expect((await stage.device(id)).state).toBe("ended");
});

test("a report that came twice, one of an unknown command and one of an unknown status are all taken with 200", async () => {
  const { device, id } = await stage.enrolledDevice();
  const commandId = await stage.send(id, { requestType: "ProfileList" });
  const command = await device.connect("Idle");
  const report = device.signReport("Acknowledged", command?.uuid ?? "", { ProfileList: [] });
  expect([(await device.deliver(report)).status, (await device.deliver(report)).status]).toEqual([200, 200]);
  expect((await stage.command(commandId)).state).toBe("acknowledged");
  expect((await device.deliver(device.signReport("Acknowledged", "00000000-0000-4000-8000-000000000000"))).status).toBe(200);
  expect((await device.deliver(device.signReport("Acknowledged", "'; --"))).status).toBe(200);
  const later = await stage.send(id, { requestType: "CertificateList" });
  await device.connect("Idle");
  expect((await device.deliver(device.sign("report", { Status: "Tomorrow", UDID: device.udid, CommandUUID: later }))).status).toBe(200);
  expect((await stage.command(later)).state).toBe("failed");
});

test("CommandFormatError is our mistake: the command ends and the queue goes on", async () => {
  const { device, id } = await stage.enrolledDevice();
  const bad = await stage.send(id, { requestType: "ProfileList" });
  await stage.send(id, { requestType: "CertificateList" });
  device.deviate("ProfileList", { kind: "format-error" });
  expect((await device.runSession()).map((command) => command.requestType)).toEqual(["ProfileList", "CertificateList"]);
  expect((await stage.command(bad)).state).toBe("malformed");
});

test("data with line breaks, names in any script, integers beyond 2^53, dates and unknown keys are read", async () => {
  const device = await installedDevice({ model: "Mac" });
  const { token, magic } = device.state.push;
  await device.authenticate({ DeviceName: "Zoë’s \u{1F4BB} <&> 麦金塔" });
  const broken = token.toString("base64").replace(/(.{8})/g, "\n\t\t$1 ");
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
    <plist version="1.0"><dict><key>MessageType</key><string>TokenUpdate</string><key>UDID</key><string>${device.udid}</string>
    <key>Topic</key><string>${device.management.mdm.topic}</string><key>PushMagic</key><string>${magic}</string><key>Token</key><data>${broken}\n</data>
    <key>Huge</key><integer>18446744073709551615</integer><key>When</key><date>2031-02-03T04:05:06Z</date><key>List</key><array><real>1.5</real><false/></array></dict></plist>`;
  const message = device.sign("checkin", {});
  expect((await device.deliver(withBody(device, message, Buffer.from(xml)))).status).toBe(200);
  const id = await stage.deviceId(device);
  expect((await stage.device(id)).name).toBe("Zoë’s \u{1F4BB} <&> 麦金塔");
  expect((await stage.apns.waitForPush(token.toString("hex"))).magic).toBe(magic);
});

test("binary property lists are read like others", async () => {
  const device = await installedDevice({ model: "Mac" });
  const steps: PlistDictionary[] = [authenticateMessage(device.state, device.management), tokenUpdateMessage(device.state, device.management), reportMessage(device.state, "Idle", null, {})];
  for (const step of steps) {
    const message = device.sign("checkin", step);
    const answer = await device.deliver(withBody(device, message, Buffer.from(buildBinary(step as Parameters<typeof buildBinary>[0]))));
    expect(answer.status).toBe(200);
  }
  expect((await stage.device(await stage.deviceId(device))).state).toBe("enrolled");
});

test("a list of thirty thousand applications with odd names is taken", async () => {
  const { device, id } = await stage.enrolledDevice();
  const commandId = await stage.send(id, { requestType: "InstalledApplicationList" });
  const command = await device.connect("Idle");
  const list = Array.from({ length: 30_000 }, (_, n) => ({ Identifier: `com.example.${n}`, Name: `Größe \u{1F4F1} ${n}`, BundleSize: 2 ** 40 + n }));
  expect(await device.connect("Acknowledged", command, { InstalledApplicationList: list })).toBeNull();
  expect((await stage.command(commandId)).state).toBe("acknowledged");
});

test.each(["sha1", "sha256", "sha384", "sha512"] as const)("a signature by RSA with %s is taken, with definite and with indefinite lengths", async (digest) => {
  for (const indefinite of [true, false]) {
    const { device } = await stage.enrolledDevice({ signature: { digest, indefinite } });
    expect((await device.deliver(device.signReport("Idle"))).status).toBe(200);
  }
});

test.each([["P-256", "sha256"], ["P-256", "sha1"], ["P-384", "sha384"], ["P-384", "sha512"]] as const)("an identity on %s that signs with %s enrolls, reports and gets its commands", async (curve, digest) => {
  const device = await installedDevice({ signature: { digest } });
  device.state.management = { ...device.management, identity: await ecIdentity(curve, device.management.mdm.topic) };
  await device.authenticate();
  await device.tokenUpdate();
  expect((await device.runSession()).length).toBeGreaterThan(0);
  const id = await stage.deviceId(device);
  expect(await stage.device(id)).toMatchObject({ state: "enrolled", openCommands: 0 });
  const tampered = device.signReport("Idle");
  expect((await device.deliver({ ...tampered, body: Buffer.concat([tampered.body, Buffer.from(" ")]) })).status).toBe(400);
});

test.skipIf(opensslMissing !== null)("a signature without signed attributes is taken, by RSA and by an elliptic curve", async () => {
  const { device } = await stage.enrolledDevice();
  const other = await installedDevice();
  other.state.management = { ...other.management, identity: await ecIdentity("P-256", other.management.mdm.topic) };
  await other.authenticate();
  await other.tokenUpdate();
  for (const speaker of [device, other]) {
    const idle = speaker.signReport("Idle");
    const { certificatePem, privateKeyPem } = speaker.management.identity;
    const cms = openssl(
      ["cms", "-sign", "-binary", "-noattr", "-md", "sha256", "-in", "body", "-signer", "cert.pem", "-inkey", "key.pem", "-outform", "DER", "-out", "cms"],
      { body: idle.body, "cert.pem": certificatePem, "key.pem": privateKeyPem }, "cms",
    );
    expect((await speaker.deliver({ ...idle, headers: { ...idle.headers, "mdm-signature": cms.toString("base64") } })).status).toBe(200);
  }
});

test("the certificate inside a signature says who speaks, not the identifier in the message", async () => {
  const { device } = await stage.enrolledDevice();
  const { device: other, id } = await stage.enrolledDevice();
  await queueFor(await channel(other.udid), { RequestType: "ProfileList" });
  expect((await device.deliver(device.sign("report", { Status: "Idle", UDID: other.udid }))).status).toBe(400);
  expect((await device.deliver(device.sign("report", { Status: "Idle", EnrollmentID: other.udid }))).status).toBe(400);
  expect((await stage.device(id)).openCommands).toBe(1);
});

test("texts without end are cut or refused, and never fail for ever", async () => {
  const device = await installedDevice({ model: "Mac" });
  const endless = "x".repeat(200_000);
  await device.authenticate({ DeviceName: endless, SerialNumber: endless, OSVersion: endless, ProductName: `Mac${endless}` });
  await device.tokenUpdate();
  const user = device.user();
  await user.tokenUpdate({ UserLongName: endless });
  await device.setBootstrapToken(Buffer.alloc(500_000, 1));
  expect((await device.say("TokenUpdate", { Topic: endless, Token: Buffer.alloc(32, 1), PushMagic: "m" })).status).toBe(400);
  expect((await device.say(endless)).status).toBe(400);
  expect((await device.getToken(endless)).status).toBe(400);
  expect((await device.deliver(device.sign("report", { Status: endless, UDID: device.udid, CommandUUID: endless }))).status).toBe(200);
  const [row] = await rows<{ longest: number }>(`SELECT max(length("name")) AS "longest" FROM "Device"`);
  expect(row?.longest).toBeLessThanOrEqual(500);
});

test("whatever a device of ours says in whatever shape, it is answered, and never as if its management had ended", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  const types = ["Authenticate", "TokenUpdate", "UserAuthenticate", "SetBootstrapToken", "GetBootstrapToken", "DeclarativeManagement", "GetToken", "ReturnToService", "Future"];
  const oddities: PlistDictionary[] = [
    {}, { UserID: "u" }, { UserID: "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF" }, { EnrollmentUserID: "e" }, { UDID: 7 }, { UDID: "" }, { Endpoint: 7 }, { Endpoint: "a/b/c/d" },
    { Endpoint: "status", Data: "text" }, { Endpoint: "status", Data: Buffer.from([0xff, 0xfe, 0]) }, { Token: "text", Topic: [], PushMagic: {} }, { BootstrapToken: false },
    { TokenServiceType: ["com.apple.maid"] }, { TokenServiceType: "com.apple.maid", TokenParameters: "x" }, { DigestResponse: new Date(0), UserID: "u" }, { AwaitingConfiguration: "yes" },
  ];
  const seen = new Set<number>();
  for (const type of types) {
    for (const odd of oddities) seen.add((await device.say(type, odd)).status);
  }
  expect([...seen].filter((status) => ![200, 400, 404, 410].includes(status))).toEqual([]);
  expect([device.managed, (await stage.device(id)).state]).toEqual([true, "enrolled"]);
  expect(await device.connect("Idle")).toBeNull();
});
