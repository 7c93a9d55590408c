import { expect, test } from "vitest";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { readPlist } from "@/lib/protocol/plist/read-plist";
import { withAdeStage } from "../support/ade-stage";
import { DeviceCa } from "../support/device-ca";
import { DeviceHttp } from "../support/device-http";
import { ADMIN } from "../support/muster-server";
import { SetupAssistant } from "../support/setup-assistant";
import { eventually } from "../support/stage";

const stage = withAdeStage();
const assistant = (model: "iPhone" | "iPad" | "Mac" = "iPhone", wishes?: { ended?: boolean }) => SetupAssistant.start(stage.ca, { model }, wishes);
const json = (answer: { body: Buffer }): unknown => JSON.parse(answer.body.toString());

/** The newest event of a kind about this serial number. */
async function lastEvent(kind: string, serial: string) {
  return (await stage.events(kind)).findLast((event) => event.data["serialNumber"] === serial);
}

test.each(["iPhone", "iPad", "Mac"] as const)("a genuine %s enrolls, waits in Setup Assistant until it is released, and is bound to its serial number", async (model) => {
  const configuration = await stage.configuration();
  const setup = await assistant(model);
  const device = await setup.enroll(await setup.ask(configuration));
  const id = await stage.deviceId(device);
  expect((await stage.device(id)).enrollments[0]).toMatchObject({ state: "enrolled", awaitingConfiguration: true });
  expect((await device.runSession())[0]?.requestType).toBe("DeviceConfigured");
  expect(await stage.api.call("getAdeConfiguration", { params: { id: configuration.id } })).toMatchObject({ uses: 1, linkId: (await stage.device(id)).enrollments[0]?.link?.id });
});

test("a profile serves nobody but the device it was made for", async () => {
  const setup = await assistant();
  const thief = await assistant();
  const profile = await setup.ask(await stage.configuration());
  await expect(thief.enroll(profile)).rejects.toThrow(/400/);
  expect(thief.device.serialNumber).not.toBe(setup.device.serialNumber);
});

test("SHA-1 signatures and certificates that have not ended are taken as well", async () => {
  const setup = await assistant("Mac", { ended: false });
  await setup.enroll(await setup.ask(await stage.configuration(), { digest: "sha1" }));
});

test.each([
  ["application/json", "application/json"],
  [undefined, "application/xml; charset=UTF-8"],
  ["text/xml", "application/xml; charset=UTF-8"],
] as const)("a device below the minimum is sent to update, for Accept %s in %s", async (accept, type) => {
  const configuration = await stage.configuration({ minimumOs: { iOS: { osVersion: "18.10", buildVersion: "22F76", betaProgram: { description: "Beta", token: "t" } }, macOS: "99.0" } });
  const setup = await assistant("iPhone");
  const answer = await setup.ask(configuration, accept === undefined ? {} : { accept });
  expect([answer.status, answer.headers["content-type"]]).toEqual([403, type]);
  const body = type === "application/json" ? json(answer) : readPlist(answer.body);
  expect(body).toMatchObject({ code: "com.apple.softwareupdate.required", details: { OSVersion: "18.10", BuildVersion: "22F76", RequireBetaProgram: { Description: "Beta", Token: "t" } } });
  const event = await lastEvent("ade.refused", setup.device.serialNumber);
  expect(event).toMatchObject({ linkId: configuration.linkId, data: { reason: "os-too-old", osVersion: "18.1", status: 403, contentType: type, body: answer.body.toString() } });
  // 18.10 is newer than 18.9.
  expect((await setup.ask(configuration, { says: { OS_VERSION: "18.9" } })).status).toBe(403);
  await setup.enroll(await setup.ask(configuration, { says: { OS_VERSION: "18.10.1" } }));
});

test("who cannot be told to update, or says no version, is let in, and the minimum of one platform holds for no other", async () => {
  const configuration = await stage.configuration({ minimumOs: { iOS: "99.0", macOS: "99.0" } });
  const odd: PlistDictionary[] = [{ MDM_CAN_REQUEST_SOFTWARE_UPDATE: false }, { OS_VERSION: "" }];
  for (const says of odd) {
    const setup = await assistant("Mac");
    expect((await setup.ask(configuration, { says })).status).toBe(200);
  }
  const iPad = await assistant("iPad");
  await iPad.enroll(await iPad.ask(configuration));
});

test("an allow-list lets in who stands on it, and nobody else", async () => {
  const listed = await assistant();
  const other = await assistant();
  const configuration = await stage.configuration({ admission: "allow-list", serials: [listed.device.serialNumber.toLowerCase()] });
  await listed.enroll(await listed.ask(configuration));
  const refusal = await other.ask(configuration, { accept: "application/json" });
  expect(refusal.status).toBe(403);
  expect(json(refusal)).toMatchObject({ code: "com.apple.unrecognized.device" });
  expect(await lastEvent("ade.refused", other.device.serialNumber)).toMatchObject({ data: { reason: "not-listed", body: refusal.body.toString() } });
  await stage.api.call("changeAdeConfiguration", { params: { id: configuration.id }, body: { serials: [other.device.serialNumber] } });
  await other.enroll(await other.ask(configuration));
});

test("only devices that an account has given to us are let in where that is wanted", async () => {
  const server = await stage.connectedServer("Known");
  const given = await assistant();
  const stranger = await assistant();
  stage.apple.account.add(given.device.serialNumber);
  await stage.sync(server.id);
  const configuration = await stage.configuration({ admission: "known" });
  await given.enroll(await given.ask(configuration));
  expect((await stranger.ask(configuration)).status).toBe(403);
  stage.apple.account.remove(given.device.serialNumber);
  await stage.sync(server.id);
  await stage.deviceIn(given.device.serialNumber, "in-setup-assistant");
  // It is managed still: what would end that is not said to it.
  const refusal = await given.ask(configuration);
  expect([refusal.status, refusal.body.length]).toEqual([400, 0]);
});

test("a device waits until an admin lets it in, is not recognized until then, and stays out when it was decided so", async () => {
  const configuration = await stage.configuration({ admission: "approve" });
  const [setup, other] = [await assistant(), await assistant("iPad")];
  for (const each of [setup, setup, other]) {
    const answer = await each.ask(configuration, { accept: "application/json" });
    expect(answer.status).toBe(403);
    expect(json(answer)).toMatchObject({ code: "com.apple.unrecognized.device" });
  }
  const waiting = (await stage.api.call("listAdmissions", { query: { state: "waiting" } })).items.filter((each) => each.link.id === configuration.linkId);
  expect(waiting.map((each) => each.serialNumber).sort()).toEqual([setup.device.serialNumber, other.device.serialNumber].sort());
  for (const each of waiting) {
    await stage.api.call("decideAdmission", { params: { id: each.id }, body: { decision: each.serialNumber === setup.device.serialNumber ? "approve" : "refuse" } });
  }
  await setup.enroll(await setup.ask(configuration));
  expect((await stage.device(await stage.deviceId(setup.device))).enrollments[0]?.state).toBe("enrolled");
  expect((await other.ask(configuration)).status).toBe(403);
  expect(await lastEvent("ade.refused", other.device.serialNumber)).toMatchObject({ data: { reason: "not-approved" } });
});

test("what is not proved is answered 400, listed among the strangers, and never says anything that ends management", async () => {
  const configuration = await stage.configuration();
  const setup = await assistant();
  const foreign = await SetupAssistant.start(await DeviceCa.create(), {});
  const altered = setup.signed();
  altered.write("<?XML", altered.indexOf("<?xml"));
  const unsigned = Buffer.from(`<plist><dict><key>SERIAL</key><string>X</string><key>PRODUCT</key><string>Mac1,1</string></dict></plist>`);
  const bodies = [altered, foreign.signed(), unsigned, Buffer.alloc(0), setup.signed().subarray(0, 900), setup.signed({ says: { SERIAL: "" } }), setup.signed({ says: { PRODUCT: 7 } })];
  for (const body of bodies) {
    const answer = await setup.post(configuration, body);
    expect([answer.status, answer.body.length]).toEqual([400, 0]);
    const page = await new DeviceHttp().ask({ method: "GET", url: configuration.webUrl, headers: { "x-apple-aspen-deviceinfo": body.toString("base64") || "-" } });
    expect([page.status, page.body.length]).toEqual([400, 0]);
  }
  const { items } = await stage.api.call("listUnknownContacts", {});
  expect(items.map((item) => item.reason)).toEqual(expect.arrayContaining(["signature-invalid", "certificate-foreign", "message-unreadable"]));
});

test("an address of no configuration, or of one that was deleted, is answered 404", async () => {
  const setup = await assistant();
  const configuration = await stage.configuration();
  await stage.api.call("deleteAdeConfiguration", { params: { id: configuration.id } });
  for (const enrollmentUrl of [configuration.enrollmentUrl, `${stage.muster.url}/ade/enroll`, `${stage.muster.url}/ade/enroll?token=nonsense`]) {
    expect((await setup.ask({ ...configuration, enrollmentUrl })).status).toBe(404);
  }
});

test("the page comes first where it is wanted, and its form gets the profile", async () => {
  const configuration = await stage.configuration({ webPage: "consent" });
  const setup = await assistant("iPad");
  const page = await setup.openPage(configuration);
  expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
  expect(page.body.toString()).toContain("Muster will manage this device");
  expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
  await setup.enroll(await setup.submit(configuration, page));
  expect((await new DeviceHttp().ask({ method: "GET", url: configuration.webUrl })).status).toBe(400);
});

test("where a sign-in is wanted, there is no way around it", async () => {
  const configuration = await stage.configuration({ webPage: "sign-in", minimumOs: { iPadOS: "18.0" } });
  const setup = await assistant("iPad");
  expect((await setup.ask(configuration)).status).toBe(400);
  const refused = await setup.openPage(configuration, { says: { OS_VERSION: "17.0" }, accept: "application/json" });
  expect([refused.status, refused.headers["content-type"]]).toEqual([403, "application/json"]);
  const page = await setup.openPage(configuration);
  const wrong = await setup.submit(configuration, page, { email: ADMIN.email, password: "guessed" });
  expect([wrong.status, wrong.body.toString().includes("do not fit")]).toEqual([200, true]);
  const other = await stage.configuration({ webPage: "sign-in" });
  expect((await setup.submit(other, page, ADMIN)).status).toBe(400);
  await setup.enroll(await setup.submit(configuration, wrong, ADMIN));
  const event = await lastEvent("profile.downloaded", setup.device.serialNumber);
  expect(event).toMatchObject({ data: { via: "ade", signedInAs: ADMIN.email } });
  // It was no sign-in to the console.
  expect((await stage.api.call("listAuditEvents", { query: { kind: "user.signed-in" } })).items).toEqual([]);
});

test("the hidden link of a configuration is no link among others, and has no page", async () => {
  const configuration = await stage.configuration();
  const { items } = await stage.api.call("listLinks", { query: { limit: 200 } });
  expect(items.map((link) => link.id)).not.toContain(configuration.linkId);
  const token = new URL(configuration.enrollmentUrl).searchParams.get("token") ?? "";
  expect((await fetch(`${stage.muster.url}/enroll/${token}/profile`)).status).toBe(404);
});

test("wishes that do not fit are refused with a pointer to each", async () => {
  const cases = [
    [{ admission: "allow-list", serials: [] }, "/serials"],
    [{ isSupervised: false, isMdmRemovable: false }, "/isMdmRemovable"],
    [{ minimumOs: { iOS: "eighteen" } }, "/minimumOs/iOS"],
    [{ anchorCerts: ["AAAA"] }, "/anchorCerts/0"],
    [{ groupId: "00000000-0000-4000-8000-000000000000" }, "/groupId"],
  ] as const;
  for (const [body, pointer] of cases) {
    const refusal = await stage.api.call("createAdeConfiguration", { body: { name: `Bad ${pointer}`, ...body } as never }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ status: 422, problem: { code: "invalid-input" } });
    expect((refusal as { problem: { errors: { pointer: string }[] } }).problem.errors.map((error) => error.pointer)).toContain(pointer);
  }
  await stage.configuration({ name: "Twice" });
  await expect(stage.configuration({ name: "Twice" })).rejects.toMatchObject({ problem: { code: "conflict" } });
});

test("after a restart the same device enrolls again by the same address", async () => {
  const configuration = await stage.configuration();
  const setup = await assistant();
  await setup.enroll(await setup.ask(configuration));
  await stage.muster.restart();
  await setup.enroll(await setup.ask(configuration));
  const { enrollments } = await eventually(async () => stage.device(await stage.deviceId(setup.device)), ({ enrollments }) => enrollments.length === 2);
  expect(enrollments.map((life) => life.state)).toEqual(["enrolled", "ended"]);
});
