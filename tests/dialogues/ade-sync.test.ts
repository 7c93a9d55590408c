import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { withAdeStage } from "../support/ade-stage";
import { ApiProblem } from "../support/api-client";
import { rows } from "../support/backstage";
import { SetupAssistant } from "../support/setup-assistant";
import { eventually } from "../support/stage";

const stage = withAdeStage();
afterEach(() => stage.apple.unscript());

const serial = () => `T${randomUUID().replaceAll("-", "").slice(0, 11).toUpperCase()}`;
function serials(count: number): string[] {
  return Array.from({ length: count }, serial);
}

test("a server begins with a certificate, takes the token that the portal encrypts to it, and tells whose account it is", async () => {
  const made = await stage.api.call("createAdeServer", { body: { name: "Head office" } });
  expect(made).toMatchObject({ token: null, account: null, devices: 0 });
  expect(made.certificatePem).toMatch(/^-----BEGIN CERTIFICATE-----/);
  await expect(stage.api.call("syncAdeServer", { params: { id: made.id } })).rejects.toMatchObject({ problem: { code: "conflict" } });
  const server = await stage.api.call("putAdeServerToken", { params: { id: made.id }, body: { token: stage.apple.mintToken(made.certificatePem) } });
  expect(server).toMatchObject({ account: { organization: "Example School", adminId: "it@example.org", serverUuid: stage.apple.identity.server_uuid }, token: { uploadedBy: expect.any(String) } });
  await stage.sync(server.id);
  expect(stage.apple.violations).toEqual([]);
});

test.each(["des-ede3-cbc", "aes-128-cbc"] as const)("a token encrypted with %s is taken, as a file, in base64 and with lines ended either way", async (cipher) => {
  const { id, certificatePem } = await stage.api.call("createAdeServer", { body: { name: `Cipher ${cipher}` } });
  const mail = stage.apple.mintToken(certificatePem, { cipher });
  const base64 = mail.split("\r\n\r\n")[1] ?? "";
  for (const token of [mail, mail.replaceAll("\r\n", "\n"), base64, base64.replaceAll(/\s/g, ""), Buffer.from(mail).toString("base64")]) {
    expect(await stage.api.call("putAdeServerToken", { params: { id }, body: { token } })).toMatchObject({ id });
  }
});

test("a token for another certificate, one that has ended, and garbage are refused in words", async () => {
  const { id, certificatePem } = await stage.api.call("createAdeServer", { body: { name: "Refusing" } });
  const other = await stage.api.call("createAdeServer", { body: { name: "Other" } });
  for (const token of ["garbage", "MIIB", stage.apple.mintToken(other.certificatePem), stage.apple.mintToken(certificatePem, { days: -1 })]) {
    const refusal = await stage.api.call("putAdeServerToken", { params: { id }, body: { token } }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ status: 422, problem: { errors: [{ pointer: "/token" }] } });
  }
  stage.apple.script(/session/, { status: 403, body: '"T_C_NOT_SIGNED"' });
  const refusal = await stage.api.call("putAdeServerToken", { params: { id }, body: { token: stage.apple.mintToken(certificatePem) } }).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ status: 502, problem: { code: "apple-refused", meta: { problem: "terms-not-signed" } } });
  expect((await stage.server(id)).token).toBeNull();
});

test("a renewed token changes nothing else; one of another account is refused until that is confirmed", async () => {
  const server = await stage.connectedServer("Renewing");
  const [one = ""] = serials(1);
  stage.apple.account.add(one);
  await stage.sync(server.id);
  const fetches = stage.apple.count("POST /server/devices");
  await stage.api.call("putAdeServerToken", { params: { id: server.id }, body: { token: stage.apple.mintToken(server.certificatePem) } });
  await stage.sync(server.id);
  expect(stage.apple.count("POST /server/devices")).toBe(fetches);
  const before = stage.apple.identity;
  stage.apple.identity = { ...before, server_uuid: randomUUID(), org_name: "Another School" };
  try {
    const token = stage.apple.mintToken(server.certificatePem);
    const refusal = await stage.api.call("putAdeServerToken", { params: { id: server.id }, body: { token } }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ status: 409, problem: { code: "account-change", meta: { before: { organization: "Example School" }, after: { organization: "Another School" } } } });
    const changed = await stage.api.call("putAdeServerToken", { params: { id: server.id }, body: { token, confirmAccountChange: true } });
    expect(changed.account?.organization).toBe("Another School");
    await eventually(() => Promise.resolve(stage.apple.count("POST /server/devices")), (count) => count > fetches);
  } finally {
    stage.apple.identity = before;
  }
});

test("all devices are read by the thousand, then only what has changed; what the account takes away is gone", async () => {
  const many = serials(2_100);
  for (const each of many) stage.apple.account.add(each);
  const server = await stage.connectedServer("Large");
  await stage.sync(server.id);
  const total = async () => (await stage.server(server.id)).devices;
  expect(await total()).toBe(stage.apple.account.devices.size);
  const fetches = stage.apple.count("POST /server/devices");
  const [first = "", second = "", third = ""] = many;
  stage.apple.account.remove(first);
  stage.apple.account.change(second, { asset_tag: "Desk 7" });
  stage.apple.account.remove(third);
  stage.apple.account.add(third);
  await stage.sync(server.id);
  expect(stage.apple.count("POST /server/devices")).toBe(fetches);
  expect(await total()).toBe(stage.apple.account.devices.size);
  expect(await stage.adeDevice(first)).toMatchObject({ state: "gone-from-account", removedAt: expect.any(String) });
  expect(await stage.adeDevice(second)).toMatchObject({ assetTag: "Desk 7", state: "not-assigned" });
  expect(await stage.adeDevice(third)).toMatchObject({ removedAt: null });
  expect(stage.apple.violations).toEqual([]);
  const page = await stage.api.call("listAdeDevices", { query: { serverId: server.id, limit: 200 } });
  expect([page.items.length, page.total]).toEqual([200, await total()]);
  const next = await stage.api.call("listAdeDevices", { query: { serverId: server.id, limit: 200, cursor: page.nextCursor ?? "" } });
  expect(new Set([...page.items, ...next.items].map((device) => device.id)).size).toBe(400);
});

test("a cursor that Apple does not take any more means that everything is read anew, and misses nothing", async () => {
  const server = await stage.connectedServer("Cursor");
  const [kept = "", lost = "", fresh = ""] = serials(3);
  stage.apple.account.add(kept);
  stage.apple.account.add(lost);
  await stage.sync(server.id);
  for (const way of ["EXPIRED", "INVALID_CURSOR", "EXHAUSTED_CURSOR"]) {
    const fetches = stage.apple.count("POST /server/devices");
    if (way === "EXPIRED") {
      stage.apple.account.expireCursors();
      stage.apple.account.devices.delete(lost);
      stage.apple.account.add(fresh);
    } else stage.apple.script(/devices\/sync/, { status: 400, body: `"${way}"` });
    await stage.sync(server.id);
    expect(stage.apple.count("POST /server/devices")).toBeGreaterThan(fetches);
  }
  expect(await stage.adeDevice(lost)).toMatchObject({ state: "gone-from-account" });
  expect(await stage.adeDevice(kept)).toMatchObject({ removedAt: null });
  expect(await stage.adeDevice(fresh)).toMatchObject({ removedAt: null });
  expect((await stage.events("ade.resync")).filter((event) => event.data["serverId"] === server.id)).toHaveLength(3);
  await stage.sync(server.id, true);
});

test("a session that has ended is renewed, whether Apple says 401 or 403, and a new one in an answer is used", async () => {
  const server = await stage.connectedServer("Session");
  stage.apple.expireSession();
  await stage.sync(server.id);
  stage.apple.script(/devices\/sync/, { status: 403, body: '"FORBIDDEN"' });
  await stage.sync(server.id);
  for (let n = 0; n < 6; n++) await stage.sync(server.id);
  expect((await stage.server(server.id)).sync.problem).toBeNull();
  expect(stage.apple.violations).toEqual([]);
});

test.each([
  ["terms-not-signed", { status: 403, body: '"T_C_NOT_SIGNED"' }],
  ["access-denied", { status: 403, body: "ACCESS_DENIED" }],
  ["throttled", { status: 429, body: "", headers: { "retry-after": "600" } }],
  ["throttled", { status: 503, body: "<html>busy</html>", headers: { "retry-after": "120" } }],
  ["service-error", { status: 500, body: "INTERNAL" }],
  ["service-error", { status: 200, body: "<html>proxy</html>" }],
  ["request-refused", { status: 400, body: "MALFORMED_REQUEST_BODY" }],
] as const)("%s is one event and one sentence, is held against nobody, and ends by itself", async (code, answer) => {
  const server = await stage.connectedServer(`Trouble ${randomUUID()}`);
  await stage.sync(server.id);
  stage.apple.script(/devices/, { ...answer }, { times: 3 });
  await stage.api.call("syncAdeServer", { params: { id: server.id } });
  const held = await eventually(() => stage.server(server.id), ({ sync }) => sync.problem !== null);
  expect(held.sync.problem).toMatchObject({ code });
  if ("headers" in answer) expect(Date.parse(held.sync.problem?.retryAt ?? "") - Date.now()).toBeGreaterThan(60_000);
  await stage.api.call("syncAdeServer", { params: { id: server.id } });
  stage.apple.unscript();
  await eventually(async () => {
    await stage.api.call("syncAdeServer", { params: { id: server.id } });
    return stage.server(server.id);
  }, ({ sync }) => sync.problem === null);
  const of = async (kind: string) => (await stage.events(kind)).filter((event) => event.data["serverId"] === server.id).length;
  expect(await of("ade.problem")).toBe(1);
  await eventually(() => of("ade.recovered"), (count) => count === 1);
});

test("a token that Apple has withdrawn is said so, and a new one mends it", async () => {
  const server = await stage.connectedServer("Withdrawn");
  await stage.sync(server.id);
  stage.apple.revokeTokens();
  await stage.api.call("syncAdeServer", { params: { id: server.id } });
  await eventually(() => stage.server(server.id), ({ sync }) => sync.problem?.code === "token-rejected");
  const renewed = await stage.api.call("putAdeServerToken", { params: { id: server.id }, body: { token: stage.apple.mintToken(server.certificatePem) } });
  expect(renewed.sync.problem).toBeNull();
  await stage.sync(server.id);
});

test("admins hear that a token ends soon, once for each threshold, and hear it anew with a new token", async () => {
  const { id, certificatePem } = await stage.api.call("createAdeServer", { body: { name: "Ending" } });
  const days = async () => (await stage.events("ade.token-expiring")).filter((event) => event.data["serverId"] === id).map((event) => event.data["days"]);
  await stage.api.call("putAdeServerToken", { params: { id }, body: { token: stage.apple.mintToken(certificatePem, { days: 13 }) } });
  await eventually(days, (told) => told.length > 0);
  await rows(`UPDATE "AdeServer" SET "tokenExpiresAt" = now() + interval '20 hours' WHERE "id" = $1`, [id]);
  await eventually(days, (told) => told.length > 1);
  await stage.api.call("putAdeServerToken", { params: { id }, body: { token: stage.apple.mintToken(certificatePem, { days: 50 }) } });
  await eventually(days, (told) => told.length > 2);
  expect(await days()).toEqual([14, 1, 60]);
  const metrics = await (await stage.api.request("GET", "/../../metrics")).text();
  expect(metrics).toMatch(/muster_ade_token_expiry_seconds\{server="Ending"\} \d+/);
});

test("new devices get the default configuration of their server, others what an admin gives them, and none is left in doubt", async () => {
  const configuration = await stage.configuration({ isMdmRemovable: false, department: "IT", supportEmailAddress: "help@example.org", skipSetupItems: ["Siri"], language: "de", region: "CH" });
  const web = await stage.configuration({ webPage: "consent" });
  const server = await stage.connectedServer("Assigning");
  const [early = "", late = "", odd = ""] = serials(3);
  stage.apple.account.add(early);
  await stage.sync(server.id);
  await stage.deviceIn(early, "not-assigned");
  await stage.api.call("changeAdeServer", { params: { id: server.id }, body: { defaultConfigurationId: configuration.id } });
  stage.apple.account.add(late);
  stage.apple.account.add(odd, { profile_status: "assigned", profile_uuid: "OTHER" });
  await stage.sync(server.id);
  await stage.deviceIn(late, "assigned");
  await stage.deviceIn(odd, "other-profile");
  await stage.deviceIn(early, "not-assigned");
  const uuid = stage.apple.account.device(late).profile_uuid ?? "";
  expect(stage.apple.profiles.get(uuid)).toMatchObject({
    profile_name: configuration.name, url: configuration.enrollmentUrl, is_mandatory: true, is_mdm_removable: false, is_supervised: true, await_device_configured: true,
    do_not_use_profile_from_backup: true, department: "IT", support_email_address: "help@example.org", skip_setup_items: ["Siri"], language: "de", region: "CH",
  });
  expect(await stage.api.call("assignAdeDevices", { body: { target: { filter: { serverId: server.id, state: "not-assigned" } }, configurationId: web.id } })).toMatchObject({ devices: expect.any(Number) });
  await stage.deviceIn(early, "assigned");
  expect(stage.apple.profiles.get(stage.apple.account.device(early).profile_uuid ?? "")).toMatchObject({ configuration_web_url: web.webUrl });

  // A profile cannot be changed at Apple: a change is another profile, which its devices get.
  await stage.api.call("changeAdeConfiguration", { params: { id: configuration.id }, body: { department: "Library" } });
  await eventually(() => Promise.resolve(stage.apple.profiles.get(stage.apple.account.device(late).profile_uuid ?? "")), (profile) => (profile as { department?: string }).department === "Library");
  await expect(stage.api.call("deleteAdeConfiguration", { params: { id: configuration.id } })).rejects.toMatchObject({ problem: { code: "conflict" } });

  await stage.api.call("assignAdeDevices", { body: { target: { serials: [late] }, configurationId: null } });
  await stage.deviceIn(late, "not-assigned");
  expect(stage.apple.account.device(late).profile_status).toBe("removed");
  await expect(stage.api.call("assignAdeDevices", { body: { target: { serials: [serial()] }, configurationId: null } })).rejects.toBeInstanceOf(ApiProblem);
});

test("what Apple says to single devices is kept and tried again", async () => {
  const configuration = await stage.configuration();
  const server = await stage.connectedServer("Results");
  const [good = "", failed = "", throttled = ""] = serials(3);
  for (const each of [good, failed, throttled]) stage.apple.account.add(each);
  stage.apple.results.set(failed, "FAILED").set(throttled, "THROTTLED");
  await stage.sync(server.id);
  await stage.api.call("assignAdeDevices", { body: { target: { serials: [good, failed, throttled] }, configurationId: configuration.id } });
  await stage.deviceIn(good, "assigned");
  const seen = await stage.deviceIn(failed, "assignment-failed");
  expect(seen).toMatchObject({ profile: { result: "FAILED" }, why: expect.stringContaining("FAILED") });
  stage.apple.results.clear();
  await stage.deviceIn(throttled, "assigned");
  await stage.api.call("assignAdeDevices", { body: { target: { serials: [failed] }, configurationId: configuration.id } });
  await stage.deviceIn(failed, "assigned");
  // The account has lost the profile: it is defined anew.
  stage.apple.profiles.clear();
  await stage.api.call("assignAdeDevices", { body: { target: { serials: [good] }, configurationId: configuration.id } });
  await eventually(() => Promise.resolve(stage.apple.profiles.size), (size) => size > 0);
  await stage.deviceIn(good, "assigned");
});

test("the list says of each device why it is not enrolled", async () => {
  const strict = await stage.configuration({ minimumOs: { iOS: "99.0" } });
  const approving = await stage.configuration({ admission: "approve" });
  const page = await stage.configuration({ webPage: "consent" });
  const open = await stage.configuration();
  const server = await stage.connectedServer("Why");
  const setup = await Promise.all(Array.from({ length: 5 }, () => SetupAssistant.start(stage.ca)));
  for (const { device } of setup) stage.apple.account.add(device.serialNumber);
  await stage.sync(server.id);
  const [old, waiting, shown, handed, enrolled] = setup as [SetupAssistant, SetupAssistant, SetupAssistant, SetupAssistant, SetupAssistant];
  await stage.api.call("assignAdeDevices", { body: { target: { serials: [enrolled.device.serialNumber] }, configurationId: open.id } });
  await stage.deviceIn(enrolled.device.serialNumber, "assigned");
  stage.apple.account.change(enrolled.device.serialNumber, { profile_status: "pushed", profile_push_time: new Date().toISOString() });
  await stage.sync(server.id);
  await stage.deviceIn(enrolled.device.serialNumber, "pushed");
  await old.ask(strict);
  await waiting.ask(approving);
  await shown.openPage(page);
  await handed.ask(open);
  await enrolled.enroll(await enrolled.ask(open));
  const states = await Promise.all(setup.map(async ({ device }) => (await stage.adeDevice(device.serialNumber))?.state));
  expect(states).toEqual(["os-too-old", "waiting-for-approval", "page-open", "profile-handed-out", "in-setup-assistant"]);
  expect(await stage.adeDevice(old.device.serialNumber)).toMatchObject({ request: { outcome: "refused", reason: "os-too-old", osVersion: "18.1", count: 1 }, why: expect.stringContaining("18.1") });
  await enrolled.device.runSession();
  await stage.deviceIn(enrolled.device.serialNumber, "enrolled");
  await enrolled.device.checkOut();
  await stage.deviceIn(enrolled.device.serialNumber, "ended");
});

test("no secret of a token is in the log or in the API", async () => {
  const answers = JSON.stringify([await stage.api.call("listAdeServers"), await rows(`SELECT "data" FROM "Event"`)]);
  expect(stage.apple.secrets.length).toBeGreaterThan(10);
  for (const secret of stage.apple.secrets) {
    expect(stage.muster.logs).not.toContain(secret);
    expect(answers).not.toContain(secret);
  }
});
