import { afterAll, beforeAll, expect, test } from "vitest";
import type { EnrollmentLinkDto } from "@/lib/contracts/enrollment-links";
import { DeviceCa, signedByDevice, type FactoryIdentity } from "../support/device-ca";
import type { HttpAnswer } from "../support/device-http";
import { OtaClient } from "../support/ota-client";
import { SimulatedDevice } from "../support/simulated-device";
import { Stage } from "../support/stage";

const stage = new Stage();
let ca: DeviceCa;
beforeAll(async () => {
  ca = await DeviceCa.create();
  await stage.start({ DEVICE_CA_FILE: ca.writeFile() });
});
afterAll(() => stage.stop());

interface Run {
  device: SimulatedDevice;
  factory: FactoryIdentity;
  client: OtaClient;
  link: EnrollmentLinkDto;
}

async function run(link: Partial<Parameters<Stage["link"]>[0]> = {}): Promise<Run> {
  const device = new SimulatedDevice();
  const factory = await ca.issue(device.serialNumber, { ended: true });
  return { device, factory, client: new OtaClient(device, factory), link: await stage.link({ ...link, kind: "ota" }) };
}

/** The profile installer never gets a page, nor anything that ends management. */
function expectRefused(answer: HttpAnswer, status: number): void {
  expect([answer.status, answer.body.length, answer.headers["content-disposition"]]).toEqual([status, 0, undefined]);
}

async function refusalsOf(link: EnrollmentLinkDto): Promise<string[]> {
  const { items } = await stage.api.call("listLinkEvents", { params: { id: link.id }, query: { limit: 100 } });
  return items.filter((event) => event.kind === "profile.refused").map((event) => String(event.data.state));
}

test("a device proves what it is, gets an identity, and with it a profile bound to its hardware", async () => {
  const { device, client, link } = await run();
  const profile = await client.run(link.profileUrl);
  await device.join(profile);
  expect((await stage.device(await stage.deviceId(device))).enrollments[0]?.link?.id).toBe(link.id);
  // The identity of the way there is no use of the link.
  expect((await stage.api.call("getLink", { params: { id: link.id } })).uses).toBe(1);
});

test("the profile serves no other hardware, and the identity of the way there serves no management", async () => {
  const { client, link } = await run();
  const profile = await client.run(link.profileUrl);
  const thief = new SimulatedDevice();
  await thief.install(profile);
  await expect(thief.authenticate()).rejects.toMatchObject({ status: 400 });

  const { identity } = client;
  if (identity === null) throw new Error("no identity");
  const impostor = new SimulatedDevice();
  await impostor.install(await impostor.download((await stage.link()).profileUrl));
  Object.assign(impostor.management.identity, { certificate: identity.certificate, privateKey: identity.privateKey });
  await expect(impostor.authenticate()).rejects.toMatchObject({ status: 400 });
});

test("a challenge is answered once, in either phase", async () => {
  const { client, factory, link } = await run();
  await client.open(link.profileUrl);
  const body = signedByDevice(factory, client.attributes());
  await client.takeIdentity(await client.send(body));
  expectRefused(await client.send(body), 400);
  await client.finish();
  await expect(client.finish()).rejects.toMatchObject({ status: 400 });
  expect(await refusalsOf(link)).toEqual(["identity-mismatch", "identity-mismatch"]);
});

test("a challenge of another link, an invented one and none are refused", async () => {
  const [first, second] = [await run(), await run()];
  await first.client.open(first.link.profileUrl);
  await second.client.open(second.link.profileUrl);
  expectRefused(await second.client.post(second.factory, { CHALLENGE: first.client.attributes()["CHALLENGE"] ?? "" }), 400);
  expectRefused(await second.client.post(second.factory, { CHALLENGE: "invented" }), 400);
  expectRefused(await second.client.post(second.factory, { CHALLENGE: 7 }), 400);
});

test("attributes that were altered, or are of other hardware than before, are refused", async () => {
  const { client, factory, link } = await run();
  await client.open(link.profileUrl);
  const body = signedByDevice(factory, client.attributes());
  const place = body.indexOf("SERIAL") + "SERIAL</key><string>".length + 4;
  body[place] = (body[place] ?? 0) ^ 1;
  expectRefused(await client.send(body), 400);
  await client.takeIdentity(await client.post(factory));
  if (client.identity === null) throw new Error("no identity");
  expectRefused(await client.post(client.identity, { SERIAL: "C02OTHER" }), 400);
  expectRefused(await client.post(client.identity, { UDID: "other" }), 400);
  await client.finish();
});

test("a signer that is no device, or has the certificate of another way in, is refused", async () => {
  const { client, link } = await run();
  await client.open(link.profileUrl);
  const stranger = await (await DeviceCa.create()).issue("stranger");
  expectRefused(await client.post(stranger), 400);
  const managed = await SimulatedDevice.enroll((await stage.link()).profileUrl);
  expectRefused(await client.post(managed.management.identity), 400);
  expectRefused(await client.send(Buffer.from("<plist><dict/></plist>")), 400);
  expectRefused(await client.send(Buffer.alloc(0)), 400);
  expect(await refusalsOf(link)).toEqual(["signature-invalid", "signature-invalid", "identity-mismatch", "certificate-foreign"]);
});

test("a swapped key gets no identity by the challenge of another", async () => {
  const [first, second] = [await run(), await run()];
  await first.client.open(first.link.profileUrl);
  const answer = await first.client.post(first.factory);
  await first.client.takeIdentity(answer);
  await second.client.open(first.link.profileUrl);
  await expect(second.client.takeIdentity(answer)).rejects.toMatchObject({ failInfo: "2" });
});

test("a link for certain serial numbers is no way in for others, nor one that has ended", async () => {
  const listed = await run({ serials: ["C02LISTED1"] });
  await listed.client.open(listed.link.profileUrl);
  expectRefused(await listed.client.post(listed.factory), 400);
  expect(await refusalsOf(listed.link)).toEqual(["identity-not-listed"]);

  const revoked = await run();
  await revoked.client.open(revoked.link.profileUrl);
  await stage.api.call("revokeLink", { params: { id: revoked.link.id } });
  expectRefused(await revoked.client.post(revoked.factory), 410);
  const page = await fetch(revoked.link.profileUrl);
  expect([page.status, page.headers.get("content-type")]).toEqual([410, "text/html; charset=utf-8"]);

  const plain = await stage.link();
  const answer = await fetch(`${stage.muster.url}/ota/${plain.profileUrl.split("/").at(-2)}`, { method: "POST", body: "x" });
  expect(answer.status).toBe(404);
});

test("an opened page learns how its own device gets on, and nothing of others", async () => {
  const { device, client, link } = await run();
  const step = async (visit: string) => ((await (await fetch(`${link.url}/visits/${visit}`)).json()) as { step: string }).step;
  const visit = "this-page-1234567890";
  expect(await step(visit)).toBe("opened");
  await client.open(`${link.profileUrl}?visit=${visit}`);
  expect(await step(visit)).toBe("downloaded");
  await client.takeIdentity(await client.post(await ca.issue("again")));
  const profile = await client.finish();
  await device.install(profile);
  expect(await step(visit)).toBe("certified");
  await device.authenticate();
  expect(await step(visit)).toBe("introduced");
  await device.tokenUpdate();
  expect(await step(visit)).toBe("enrolled");
  expect(await step("another-page-0123456")).toBe("opened");
  expect((await fetch(`${stage.muster.url}/enroll/nonsense/visits/${visit}`)).status).toBe(404);
});
