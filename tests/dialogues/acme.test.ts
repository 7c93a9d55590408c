import { afterEach, beforeAll, afterAll, expect, test } from "vitest";
import { AcmeClient, AcmeRefused, requestAttestedIdentity, type Attester } from "../support/acme-client";
import { AttestationAuthority } from "../support/attestation-authority";
import { MASTER_KEY, rows, withBackstage } from "../support/backstage";
import { freshEcKey } from "../support/device-keys";
import { DeviceHttp } from "../support/device-http";
import { enrollmentPayloads, type AcmePayload } from "../support/enrollment-payloads";
import { startMuster, type MusterServer } from "../support/muster-server";
import { SimulatedDevice } from "../support/simulated-device";

const authority = await AttestationAuthority.make();
const stage = withBackstage({ ATTESTATION_CA_FILE: authority.writeFile() });

const http = new DeviceHttp();
afterEach(() => http.hangUp());

async function payloadOf(link: { profileUrl: string }): Promise<AcmePayload> {
  const payloads = enrollmentPayloads(await new SimulatedDevice().download(link.profileUrl));
  if (payloads?.identityPayload.kind !== "acme") throw new Error("the profile has no ACME payload");
  return payloads.identityPayload;
}

const vouched = (serialNumber = "C02ATTESTED"): Attester => ({ attest: (key, token) => authority.attest(key, token, { serialNumber, udid: "UDID-1", osVersion: "18.1" }) });

/** What a refused device hears. */
async function refusalOf(payload: AcmePayload, attester: Attester): Promise<AcmeRefused> {
  const refusal = await requestAttestedIdentity(http, payload, await freshEcKey(), attester).catch((error: unknown) => error);
  if (!(refusal instanceof AcmeRefused)) throw new Error(`not refused: ${String(refusal)}`);
  return refusal;
}

test("a device enrolls with a key of its Secure Enclave, and its attested hardware is kept and shown", async () => {
  const device = await SimulatedDevice.enroll((await stage.link({ identity: "acme" })).profileUrl, { attestation: authority });
  await device.runSession();
  const id = await stage.deviceId(device);
  const { state, enrollments } = await stage.device(id);
  expect(state).toBe("enrolled");
  expect(enrollments[0]?.identity).toMatchObject({
    kind: "acme",
    attestation: { serialNumber: device.serialNumber, udid: device.udid, osVersion: device.hardware.model.osVersion, authority: expect.stringContaining("Attestation stand-in root"), secureBoot: null },
  });
});

test("an attested identity signs with another digest as well", async () => {
  const device = await SimulatedDevice.enroll((await stage.link({ identity: "acme" })).profileUrl, { attestation: authority, signature: { digest: "sha256" } });
  expect(await device.connect("Idle")).not.toBeNull();
});

test.each([
  ["made for another challenge", { attest: (key, _token) => authority.attest(key, "the token of another day", { serialNumber: "C02ATTESTED" }) }],
  ["of a stranger's authority", { attest: async (key, token) => (await AttestationAuthority.make()).attest(key, token, { serialNumber: "C02ATTESTED" }) }],
  ["that was changed", { attest: async (key, token) => changed(await authority.attest(key, token, { serialNumber: "C02ATTESTED" })) }],
  ["that is missing", { attest: async () => Buffer.alloc(0) }],
  ["that is no CBOR", { attest: async () => Buffer.from("{}") }],
  ["of a depth that breaks readers", { attest: async () => Buffer.alloc(50_000, 0x81) }],
] satisfies [string, Attester][])("an attestation %s gets nothing", async (_, attester) => {
  const payload = await payloadOf(await stage.link({ identity: "acme" }));
  expect(await refusalOf(payload, attester)).toMatchObject({ type: "urn:ietf:params:acme:error:badAttestationStatement" });
  // Only the order is lost: the right device may try again.
  await requestAttestedIdentity(http, payload, await freshEcKey(), vouched());
});

function changed(object: Buffer): Buffer {
  const at = object.indexOf("C02ATTESTED");
  return Buffer.concat([object.subarray(0, at), Buffer.from("C02ANOTHER1"), object.subarray(at + 11)]);
}

test("a certificate is not issued for another key than the attested one", async () => {
  const payload = await payloadOf(await stage.link({ identity: "acme" }));
  const refusal = await refusalOf(payload, { ...vouched(), requestKey: await freshEcKey() });
  expect(refusal).toMatchObject({ type: "urn:ietf:params:acme:error:badCSR", status: 400 });
});

test("hardware that the link does not list is refused, and an admin hears of it", async () => {
  const link = await stage.link({ identity: "acme", serials: ["C02EXPECTED"] });
  const refusal = await refusalOf(await payloadOf(link), vouched("C02SOMEBODY"));
  expect(refusal).toMatchObject({ type: "urn:ietf:params:acme:error:unauthorized" });
  const [event] = await rows<{ data: unknown }>(`SELECT "data" FROM "Event" WHERE "kind" = 'identity.refused' AND "linkId" = $1`, [link.id]);
  expect(event?.data).toMatchObject({ reason: "hardware-not-listed", requestedSubject: "serial number C02SOMEBODY" });
  await requestAttestedIdentity(http, await payloadOf(link), await freshEcKey(), vouched("C02EXPECTED"));
});

test("a ClientIdentifier is worth one key: the same one gets its certificate again, another nothing", async () => {
  const link = await stage.link({ identity: "acme", maxUses: 3 });
  const payload = await payloadOf(link);
  const key = await freshEcKey("P-256");
  const first = await requestAttestedIdentity(http, payload, key, vouched());
  const again = await requestAttestedIdentity(http, payload, key, vouched());
  expect(again.certificatePem).toBe(first.certificatePem);
  expect(await refusalOf(payload, vouched("C02THIEF000"))).toMatchObject({ type: "urn:ietf:params:acme:error:unauthorized" });
  expect((await stage.api.call("getLink", { params: { id: link.id } })).uses).toBe(1);
  // And a key is worth one identifier.
  const other = await payloadOf(link);
  await expect(requestAttestedIdentity(http, other, key, vouched())).rejects.toMatchObject({ type: "urn:ietf:params:acme:error:unauthorized" });
});

test("an identifier is good for nothing once its link is revoked, nor is one that was never given out", async () => {
  const link = await stage.link({ identity: "acme" });
  const payload = await payloadOf(link);
  await stage.api.call("revokeLink", { params: { id: link.id } });
  expect(await refusalOf(payload, vouched())).toMatchObject({ type: "urn:ietf:params:acme:error:rejectedIdentifier", status: 400 });
  expect(await refusalOf({ ...payload, clientIdentifier: "invented" }, vouched())).toMatchObject({ type: "urn:ietf:params:acme:error:rejectedIdentifier" });
});

test("the secret of a SCEP profile opens nothing at ACME", async () => {
  const payloads = enrollmentPayloads(await new SimulatedDevice().download((await stage.link()).profileUrl));
  if (payloads?.identityPayload.kind !== "scep") throw new Error("no SCEP payload");
  const payload = { directoryUrl: `${stage.muster.url}/acme/directory`, clientIdentifier: payloads.identityPayload.challenge ?? "", keySize: 384 };
  expect(await refusalOf(payload, vouched())).toMatchObject({ type: "urn:ietf:params:acme:error:rejectedIdentifier" });
});

test("one account cannot see or finish the order of another", async () => {
  const payload = await payloadOf(await stage.link({ identity: "acme" }));
  const [owner, stranger] = [new AcmeClient(http, payload.directoryUrl), new AcmeClient(http, payload.directoryUrl)];
  await Promise.all([owner.open(), stranger.open()]);
  const order = await owner.order(payload.clientIdentifier);
  await expect(stranger.post(order.url, null)).rejects.toMatchObject({ status: 404 });
  await expect(stranger.post(order.finalize, { csr: "" })).rejects.toMatchObject({ status: 404 });
  await expect(owner.post(order.finalize, { csr: "" })).rejects.toMatchObject({ type: "urn:ietf:params:acme:error:orderNotReady", status: 400 });
});

test("other identifiers than permanent-identifier are not taken", async () => {
  const payload = await payloadOf(await stage.link({ identity: "acme" }));
  const client = new AcmeClient(http, payload.directoryUrl);
  await client.open();
  await expect(client.order("example.org", "dns")).rejects.toMatchObject({ type: "urn:ietf:params:acme:error:unsupportedIdentifier" });
});

test("a nonce is good once and at its own server only, and every answer brings the next", async () => {
  const payload = await payloadOf(await stage.link({ identity: "acme" }));
  const client = new AcmeClient(http, payload.directoryUrl);
  await client.open();
  const url = `${stage.muster.url}/acme/new-order`;
  const order = { identifiers: [{ type: "permanent-identifier", value: payload.clientIdentifier }] };
  const nonce = client.nonce ?? "";
  expect((await client.send(url, order, nonce)).status).toBe(201);
  for (const bad of [nonce, "", "AAAA", Buffer.alloc(34, 7).toString("base64url")]) {
    const answer = await client.send(url, order, bad);
    expect([answer.status, answer.headers["content-type"]]).toEqual([400, "application/problem+json"]);
    expect(answer.body.toString()).toContain("badNonce");
    expect(answer.headers["replay-nonce"]).toMatch(/^[\w-]{40,}$/);
  }
  client.nonce = nonce;
  expect((await client.post(url, order)).status).toBe(201);
});

test("a message signed for another address is refused", async () => {
  const payload = await payloadOf(await stage.link({ identity: "acme" }));
  const client = new AcmeClient(http, payload.directoryUrl);
  await client.open();
  const answer = await client.send(`${stage.muster.url}/acme/new-account`, {}, client.nonce ?? "", `${stage.muster.url}/acme/new-order`);
  expect(answer.status).toBe(400);
});

let other: MusterServer | null = null;
beforeAll(async () => {
  other = await startMuster({ env: { DATABASE_URL: stage.muster.databaseUrl, MASTER_KEY, WORKER: "off" } });
});
afterAll(() => other?.stop());

test("a nonce of one node is taken by another, and only once between them", async () => {
  const { clientIdentifier } = await payloadOf(await stage.link({ identity: "acme" }));
  const nodes = [stage.muster.url, other?.url ?? ""].map((url) => ({ url, client: new AcmeClient(http, `${url}/acme/directory`) }));
  for (const { client } of nodes) await client.open();
  const [here, there] = nodes;
  const nonce = here?.client.nonce ?? "";
  const order = { identifiers: [{ type: "permanent-identifier", value: clientIdentifier }] };
  expect((await there?.client.send(`${there.url}/acme/new-order`, order, nonce))?.status).toBe(201);
  expect((await here?.client.send(`${here.url}/acme/new-order`, order, nonce))?.status).toBe(400);
});
