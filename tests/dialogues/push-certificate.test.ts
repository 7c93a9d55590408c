import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CertificateCheck } from "@/lib/contracts/push-certificates";
import { ApiProblem, type ApiClient } from "../support/api-client";
import { daysFromNow, type PemPair, type TestAuthority } from "../support/apns-certificates";
import { ApnsStandIn } from "../support/apns-stand-in";
import { MdmcertDownload } from "../support/mdmcert-download";
import { startMuster, type MusterServer } from "../support/muster-server";
import { opensslMissing } from "../support/openssl";
import { PushPortal } from "../support/push-portal";
import { SimulatedDevice } from "../support/simulated-device";
import { eventually } from "../support/stage";

const MASTER_KEY = "ab".repeat(32);
let apns: ApnsStandIn;
let muster: MusterServer;
let api: ApiClient;
let portal: PushPortal;
let relations: TestAuthority;
let vendor: PemPair;
beforeAll(async () => {
  apns = await ApnsStandIn.start();
  muster = await startMuster({ env: { APNS_URL: apns.url, APNS_CA_FILE: apns.caFile, MASTER_KEY } });
  api = muster.api;
  portal = new PushPortal(apns.authority);
  relations = await apns.authority.issueAuthority("CN=Worldwide Developer Relations, OU=G9");
  vendor = await relations.issueVendor();
});
afterAll(async () => {
  await muster.stop();
  await apns.close();
});

const portalFile = ({ signed }: { signed: { portalFile: string } | null }) => Buffer.from(signed?.portalFile ?? "");
const topics = async () => (await api.call("listPushCertificates")).items.map(({ topic, state, enrollments }) => ({ topic, state, enrollments }));

async function enroll(): Promise<SimulatedDevice> {
  const link = await api.call("createLink", { body: { name: "Test devices" } });
  return SimulatedDevice.enroll(link.profileUrl, {});
}

/** With which topic APNs was asked to wake the device. */
async function wokenWith(device: SimulatedDevice): Promise<string> {
  return (await apns.waitForPush(device.state.push.token.toString("hex"))).topic;
}

async function problemOf(call: Promise<unknown>): Promise<NonNullable<ApiProblem["problem"]>> {
  const error = await call.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof ApiProblem) || error.problem === null) throw new Error("the call was not refused", { cause: error });
  return error.problem;
}
const failed = (checks: unknown) => (checks as CertificateCheck[]).filter(({ passed }) => !passed).map(({ name }) => name);

describe.skipIf(opensslMissing)("the way to a push certificate", () => {
  let topic: string;
  let device: SimulatedDevice;

  test("with a vendor certificate of one's own: key, CSR, portal, upload, and the first device is woken", async () => {
    expect((await api.call("listPushCertificates")).testTopic).toBe(true);
    await api.call("uploadVendorCertificate", { body: { ...vendor, certificatePem: vendor.certificatePem + relations.certificatePem } });
    const request = await api.call("createPushCertificateRequest", { body: { email: "it@example.com" } });
    expect((await api.call("listPushCertificateRequests")).items).toEqual([request]);
    const certificatePem = await portal.create(portalFile(request));
    const made = await api.call("uploadPushCertificate", { body: { certificatePem, appleAccount: "push@example.com" } });
    expect([failed(made.checks), made.state, made.appleAccount]).toEqual([[], "current", "push@example.com"]);
    expect((await problemOf(api.call("getPushCertificateRequest", { params: { id: request.id } }))).code).toBe("not-found");
    topic = made.topic;
    device = await enroll();
    expect(await wokenWith(device)).toBe(topic);
    expect(apns.violations).toEqual([]);
  });

  test("a renewal through mdmcert.download keeps the topic, and the device is still woken", async () => {
    await api.call("removeVendorCertificate");
    const download = await MdmcertDownload.start(vendor, [relations.certificatePem, apns.caPem], "our key");
    try {
      const request = await api.call("createPushCertificateRequest", { body: { topic } });
      expect(request).toMatchObject({ topic, appleAccount: "push@example.com", signed: null });
      const { url, ...body } = request.mdmcertDownload;
      const sent = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ ...body, email: "it@example.com", key: "our key" }) };
      expect(await (await fetch(download.url + new URL(url).pathname, sent)).json()).toEqual({ result: "success" });
      const answer = download.mails[0]?.attachment.toString("base64") ?? "";
      const signed = await api.call("signPushCertificateRequest", { params: { id: request.id }, body: { by: "service", answer } });
      expect(failed(signed.checks)).toEqual([]);
      const made = await api.call("uploadPushCertificate", { body: { certificatePem: await portal.renew(portalFile(signed), { topic }) } });
      expect(made).toMatchObject({ topic, state: "current", appleAccount: "push@example.com", enrollments: 1 });
    } finally {
      await download.close();
    }
    apns.pushes.length = 0;
    const { items } = await api.call("listDevices", { query: { query: device.serialNumber } });
    await api.call("pushDevice", { params: { id: items[0]?.id ?? "" } });
    expect(await wokenWith(device)).toBe(topic);
  });

  test("“Create” instead of “Renew” is stopped with the number of devices, until the sentence is typed", async () => {
    await api.call("uploadVendorCertificate", { body: { ...vendor, certificatePem: vendor.certificatePem + relations.certificatePem } });
    const request = await api.call("createPushCertificateRequest", { body: { topic } });
    const certificatePem = await portal.create(portalFile(request));
    const refused = await problemOf(api.call("uploadPushCertificate", { body: { certificatePem } }));
    expect(refused).toMatchObject({ code: "topic-change", status: 409, meta: { currentTopic: topic, enrollments: 1, confirmation: "I will re-enroll 1 device" } });
    expect(failed(refused.meta?.["checks"])).toEqual(["Same topic as before"]);
    expect((await problemOf(api.call("uploadPushCertificate", { body: { certificatePem, confirmTopicChange: "yes" } }))).code).toBe("topic-change");
    expect((await api.call("listPushCertificates")).currentTopic).toBe(topic);
    expect((await api.call("listPushCertificateRequests")).items).toHaveLength(1);

    const made = await api.call("uploadPushCertificate", { body: { certificatePem, confirmTopicChange: "I will re-enroll 1 device" } });
    expect((await topics()).filter(({ state }) => state !== "replaced")).toEqual([
      { topic: made.topic, state: "current", enrollments: 0 },
      { topic, state: "needed", enrollments: 1 },
    ]);
    expect(await wokenWith(await enroll())).toBe(made.topic);
    const needed = (await api.call("listPushCertificates")).items.find(({ state }) => state === "needed");
    expect((await problemOf(api.call("removePushCertificate", { params: { id: needed?.id ?? "" } }))).code).toBe("conflict");
  });

  test("a mistake at the last step is told as what it is", async () => {
    const request = await api.call("createPushCertificateRequest", { body: { topic } });
    const otherKey = await apns.mintPushCertificate({ topic });
    const expired = await portal.renew(portalFile(request), { topic, notBefore: daysFromNow(-400), notAfter: daysFromNow(-1) });
    const uploads: [string, RegExp][] = [
      [request.csrPem, /certificate signing request/],
      [portalFile(request).toString(), /the file for Apple's portal/],
      [vendor.certificatePem, /developer's certificate/],
      [otherKey.certificatePem, /issued for another key/],
      [expired, /^Expired on .* Renew it/],
    ];
    for (const [certificatePem, words] of uploads) {
      const refused = await problemOf(api.call("uploadPushCertificate", { body: { certificatePem } }));
      expect([refused.code, refused.status]).toEqual(["certificate-refused", 422]);
      expect(refused.detail).toMatch(words);
    }
    await api.call("deletePushCertificateRequest", { params: { id: request.id } });
  });
});

test("only an owner makes requests, keeps keys and changes certificates", async () => {
  const { token } = await api.call("createApiToken", { body: { name: "operator", role: "operator" } });
  const operator = api.withToken(token);
  expect((await operator.call("listPushCertificateRequests")).items).toBeDefined();
  expect(await operator.call("getVendorCertificate")).toHaveProperty("vendor");
  const id = randomUUID();
  const calls = [
    () => operator.call("createPushCertificateRequest", { body: {} }),
    () => operator.call("deletePushCertificateRequest", { params: { id } }),
    () => operator.call("signPushCertificateRequest", { params: { id }, body: { by: "vendor" } }),
    () => operator.call("uploadVendorCertificate", { body: vendor }),
    () => operator.call("removeVendorCertificate"),
    () => operator.call("removePushCertificate", { params: { id } }),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ status: 403 });
});

test("two nodes speak once of a certificate that is about to expire, and the metric tells when", async () => {
  const topic = `com.apple.mgmt.External.${randomUUID()}`;
  const notAfter = new Date(Math.floor(daysFromNow(5).getTime() / 1000) * 1000);
  const live = (await topics()).reduce((sum, { state, enrollments }) => (state === "replaced" ? sum : sum + enrollments), 0);
  const pair = await apns.mintPushCertificate({ topic, notAfter });
  await api.call("uploadPushCertificate", { body: { ...pair, confirmTopicChange: `I will re-enroll ${live} ${live === 1 ? "device" : "devices"}` } });
  const second = await startMuster({ env: { APNS_URL: apns.url, APNS_CA_FILE: apns.caFile, DATABASE_URL: muster.databaseUrl, MASTER_KEY } });
  const client = new pg.Client(muster.databaseUrl);
  await client.connect();
  try {
    await muster.restart();
    const said = () => client.query<{ data: unknown }>(`SELECT "data" FROM "Event" WHERE "kind" = 'push-certificate.expiring' AND "data"->>'topic' = $1`, [topic]);
    const { rows } = await eventually(said, (answer) => answer.rows.length > 0);
    expect(rows.map(({ data }) => data)).toEqual([expect.objectContaining({ topic, daysLeft: 5, notAfter: notAfter.toISOString() })]);
    const { token } = await muster.api.call("createApiToken", { body: { name: "prometheus", role: "viewer" } });
    const metrics = await (await fetch(`${muster.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();
    expect(metrics).toContain(`muster_push_certificate_expiry_seconds{topic="${topic}"} ${notAfter.getTime() / 1000}\n`);
  } finally {
    await client.end();
    await second.stop();
  }
});
