import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { ExchangeDetail } from "@/lib/contracts/exchanges";
import { APPLE_SIGNATURE, mdmSignature } from "../support/signed-message";
import { withStage } from "../support/stage";

const stage = withStage();

const listed = (id: string, show: "all" | "work" | "refused" = "all") => stage.api.call("listExchanges", { params: { id }, query: { show, limit: 200 } });

/** All that is shown of a device, with both bodies. */
async function shown(id: string): Promise<ExchangeDetail[]> {
  const { items } = await listed(id, "work");
  return Promise.all(items.map((item) => stage.api.call("getExchange", { params: { id, exchangeId: item.id } })));
}

test("every exchange of an enrollment is there in order, with what was said, answered and proven", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  const commandId = await stage.send(id, { requestType: "ProfileList" });
  await device.runSession();
  const { items } = await listed(id);
  expect(items.at(-1)).toMatchObject({ kind: "Authenticate", status: 200, idle: false });
  expect(items.at(-2)).toMatchObject({ kind: "TokenUpdate", status: 200 });
  const report = items.find((item) => item.reported?.commandId === commandId);
  expect(report).toMatchObject({ kind: "Acknowledged", reported: { requestType: "ProfileList" }, remoteAddress: expect.stringMatching(/127\.0\.0\.1|::1/) });
  const given = items.find((item) => item.delivered?.commandId === commandId);
  expect(given?.bytesOut).toBeGreaterThan(100);
  const { enrollments: [life] } = await stage.device(id);
  expect(report?.certificate).toMatchObject({ fingerprint: life?.identity?.fingerprint, subject: life?.identity?.subject, notAfter: life?.identity?.notAfter });
  const detail = await stage.api.call("getExchange", { params: { id, exchangeId: given?.id ?? "" } });
  expect(detail.request).toContain("<string>Idle</string>");
  expect(detail.answer).toContain("<string>ProfileList</string>");
});

test("idle polls are counted, not kept one by one", async () => {
  const { device, id } = await stage.enrolledDevice();
  const before = (await listed(id)).items.filter((item) => item.idle).reduce((sum, item) => sum + item.count, 0);
  for (let poll = 0; poll < 5; poll++) await device.connect("Idle");
  const idle = (await listed(id)).items.filter((item) => item.idle);
  expect(idle.reduce((sum, item) => sum + item.count, 0)).toBe(before + 5);
  expect(idle.length).toBeLessThan(before + 5);
  expect((await listed(id, "work")).items.filter((item) => item.idle)).toEqual([]);
  const [first] = idle;
  expect(await stage.api.call("getExchange", { params: { id, exchangeId: first?.id ?? "" } })).toMatchObject({ request: null, answer: null });
});

test("no secret a device tells or is told stands in the inspector", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  const bootstrap = Buffer.from("bootstrap-token-of-this-mac");
  await device.deliver(device.sign("checkin", { MessageType: "SetBootstrapToken", UDID: device.udid, BootstrapToken: bootstrap }));
  await device.deliver(device.sign("checkin", { MessageType: "GetBootstrapToken", UDID: device.udid }));
  const profile = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>PayloadType</key><string>Configuration</string><key>PayloadVersion</key><integer>1</integer>
    <key>PayloadIdentifier</key><string>org.example.wifi</string><key>PayloadUUID</key><string>${randomUUID()}</string><key>PayloadContent</key><array><dict><key>Password</key><string>wifi-password-here</string></dict></array></dict></plist>`).toString("base64");
  await stage.send(id, { requestType: "InstallProfile", parameters: { Payload: profile } });
  await stage.send(id, { requestType: "SetRecoveryLock", parameters: { NewPassword: "recovery-lock-word" }, override: true });
  await stage.send(id, { requestType: "SecurityInfo", deduplicate: false });
  await stage.send(id, { requestType: "DeviceLock", parameters: { PIN: "482913" } });
  await device.runSession();
  const phone = await stage.enrolledDevice({ model: "iPhone" });
  await stage.send(phone.id, { requestType: "ClearPasscode", override: true });
  await stage.send(phone.id, { requestType: "ActivationLockBypassCode", override: true });
  await phone.device.runSession();

  const texts = [...(await shown(id)), ...(await shown(phone.id))].map((each) => `${each.request ?? ""}\n${each.answer ?? ""}`).join("\n");
  expect(texts).toContain("SetBootstrapToken");
  expect(texts).toContain("InstallProfile");
  expect(texts).toContain("DeviceLock");
  const secrets: [string, string][] = [
    ["push token", device.state.push.token.toString("base64")],
    ["push magic", device.state.push.magic],
    ["bootstrap token", bootstrap.toString("base64")],
    ["unlock token", (phone.device.state.unlockToken ?? Buffer.alloc(0)).toString("base64").slice(0, 48)],
    ["PIN", "482913"],
    ["password", "recovery-lock-word"],
    ["profile", profile.slice(0, 48)],
  ];
  for (const [what, secret] of secrets) {
    expect(secret.length, what).toBeGreaterThan(4);
    expect(texts.replaceAll(/\s/g, ""), what).not.toContain(secret.replaceAll(/\s/g, ""));
  }
});

test("a device's exchanges are shown under it alone, a refused claim to be another under whoever made it", async () => {
  const mine = await stage.enrolledDevice();
  const other = await stage.enrolledDevice();
  const before = await listed(other.id);
  const lie = mine.device.sign("report", { UDID: other.device.udid, Status: "Idle" });
  expect((await mine.device.deliver(lie)).status).toBe(400);
  const { items: [newest] } = await listed(mine.id, "refused");
  expect(newest).toMatchObject({ status: 400, refusal: "identity-mismatch", kind: "Idle", idle: false });
  expect(await listed(other.id)).toEqual(before);
  await expect(stage.api.call("getExchange", { params: { id: other.id, exchangeId: newest?.id ?? "" } })).rejects.toMatchObject({ status: 404 });
});

test("a message that cannot be read is shown by its size alone", async () => {
  const { device, id } = await stage.enrolledDevice();
  const signed = device.signReport("Acknowledged", randomUUID());
  const body = Buffer.from("no property list");
  const signature = mdmSignature(body, device.management.identity, APPLE_SIGNATURE);
  await device.deliver({ ...signed, body, headers: { ...signed.headers, "mdm-signature": signature } });
  await device.deliver(signed);
  const { items: [newest] } = await listed(id, "refused");
  expect(newest).toMatchObject({ kind: "unreadable", refusal: "message-unreadable", status: 400, bytesIn: body.length });
  expect(await stage.api.call("getExchange", { params: { id, exchangeId: newest?.id ?? "" } })).toMatchObject({ request: null, answer: null });
});

test("of a device that talks without end the newest few hundred are kept", async () => {
  const { device, id } = await stage.enrolledDevice();
  for (let n = 0; n < 420; n++) await device.deliver(device.signReport("Acknowledged", randomUUID()));
  const { total } = await listed(id, "work");
  expect(total).toBeGreaterThanOrEqual(300);
  expect(total).toBeLessThanOrEqual(350);
}, 120_000);

test("a stranger to the API reads no exchange, and an unknown device has none", async () => {
  await expect(stage.api.withToken(null).call("listExchanges", { params: { id: randomUUID() } })).rejects.toMatchObject({ status: 401 });
  await expect(listed(randomUUID())).rejects.toMatchObject({ status: 404 });
});
