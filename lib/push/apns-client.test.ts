import { randomBytes, randomUUID } from "node:crypto";
import { constants } from "node:http2";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { daysFromNow, testAuthority, type PemPair } from "@/tests/support/apns-certificates";
import { ApnsStandIn } from "@/tests/support/apns-stand-in";
import { silentRelay } from "@/tests/support/silent-relay";
import { apnsClient, type ApnsClient, type ApnsClientOptions } from "./apns-client";
import { APNS_REASONS } from "./apns-outcome";
import { pushBody, readRetryAfter } from "./apns-request";

const TOPIC = `com.apple.mgmt.External.${randomUUID()}`;
let standIn: ApnsStandIn;
let pair: PemPair;
const open: ApnsClient[] = [];

beforeEach(async () => {
  standIn = await ApnsStandIn.start();
  pair = await standIn.mintPushCertificate({ topic: TOPIC, key: "ec" });
});

afterEach(async () => {
  await standIn.close();
  await Promise.all(open.splice(0).map((client) => client.close(0)));
});

function client(changes: Partial<ApnsClientOptions> = {}): ApnsClient {
  const made = apnsClient({
    origin: standIn.url,
    topic: TOPIC,
    ...pair,
    caPem: standIn.caPem,
    notAfter: daysFromNow(300),
    connectTimeoutMs: 5_000,
    requestTimeoutMs: 5_000,
    pingEveryMs: 60_000,
    pingTimeoutMs: 5_000,
    ...changes,
  });
  open.push(made);
  return made;
}

function somePush() {
  return { token: randomBytes(32), magic: randomUUID() };
}

test("a push carries exactly what Apple asks for", async () => {
  const push = { token: Buffer.from("AB01FF", "hex"), magic: 'magic "with" quotes' };
  const answer = await client().push(push);
  expect(answer).toMatchObject({ status: 200, reason: null });
  expect(standIn.violations).toEqual([]);
  const [received] = standIn.pushes;
  expect(received).toMatchObject({ token: "ab01ff", topic: TOPIC, magic: push.magic, apnsId: answer.apnsId });
  const days = ((received?.expiration ?? 0) - Date.now() / 1000) / 86_400;
  expect(days).toBeGreaterThan(6.9);
  expect(days).toBeLessThanOrEqual(7);
});

test("a certificate with an RSA key, as Apple issues them, works too", async () => {
  const rsa = await standIn.mintPushCertificate({ topic: TOPIC, key: "rsa" });
  expect(await client(rsa).push(somePush())).toMatchObject({ status: 200 });
});

test("the body has the push magic and nothing else", () => {
  expect(pushBody("M")).toBe('{"mdm":"M"}');
});

test("many pushes share one connection and keep to the server's number of streams", async () => {
  await standIn.close();
  standIn = await ApnsStandIn.start({ maxConcurrentStreams: 5 });
  pair = await standIn.mintPushCertificate({ topic: TOPIC, key: "ec" });
  standIn.scriptAll({ delayMs: 2 });
  let inFlight = 0;
  let most = 0;
  standIn.on("request", () => (most = Math.max(most, ++inFlight)));
  standIn.on("push", () => (inFlight -= 1));
  const apns = client();
  const answers = await Promise.all(Array.from({ length: 200 }, () => apns.push(somePush())));
  expect(answers.every((answer) => answer.status === 200)).toBe(true);
  expect(standIn.connections).toBe(1);
  expect(most).toBeLessThanOrEqual(5);
});

test("a server that allows more streams later is taken at its word", async () => {
  await standIn.close();
  standIn = await ApnsStandIn.start({ maxConcurrentStreams: 1 });
  pair = await standIn.mintPushCertificate({ topic: TOPIC, key: "ec" });
  const apns = client();
  await apns.push(somePush());
  expect(apns.capacity()).toBe(1);
  standIn.allowStreams(40);
  await expect.poll(() => apns.capacity()).toBe(40);
  const answers = await Promise.all(Array.from({ length: 100 }, () => apns.push(somePush())));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
});

describe("refusals", () => {
  test.each(Object.entries(APNS_REASONS))("%s is reported with its status", async (reason, { status }) => {
    const push = somePush();
    standIn.script(push.token.toString("hex"), { status, reason });
    expect(await client().push(push)).toMatchObject({ status, reason, retryAfterMs: null });
  });

  test("410 says since when the token is dead", async () => {
    const deadSince = new Date("2026-01-02T03:04:05.678Z");
    standIn.scriptAll({ status: 410, reason: "Unregistered", timestamp: deadSince.getTime() });
    expect((await client().push(somePush())).deadSince).toEqual(deadSince);
  });

  test("Retry-After is reported", async () => {
    standIn.scriptAll({ status: 429, reason: "TooManyRequests", retryAfter: "17", times: 1 });
    const apns = client();
    expect(await apns.push(somePush())).toMatchObject({ status: 429, retryAfterMs: 17_000 });
    expect(standIn.requests).toBe(1); // and not repeated by the client
  });

  test("a body that is not JSON gives a status and no reason", async () => {
    standIn.scriptAll({ status: 502 });
    expect(await client().push(somePush())).toMatchObject({ status: 502, reason: null });
  });
});

test("Retry-After is read in seconds and as a date, and never exceeds a day", () => {
  expect(readRetryAfter("0")).toBe(0);
  expect(readRetryAfter("999999999")).toBe(86_400_000);
  expect(readRetryAfter(new Date(Date.now() - 5000).toUTCString())).toBe(0);
  expect(readRetryAfter(new Date(Date.now() + 60_000).toUTCString())).toBeGreaterThan(50_000);
  expect([readRetryAfter(undefined), readRetryAfter("soon"), readRetryAfter("")]).toEqual([null, null, null]);
});

describe("connections that end", () => {
  test("a GOAWAY in the middle of 1000 pushes loses none", async () => {
    standIn.goawayAfter(300);
    const apns = client();
    const pushes = Array.from({ length: 1000 }, somePush);
    const answers = await Promise.all(pushes.map((push) => apns.push(push)));
    expect(answers.filter((answer) => answer.status !== 200)).toEqual([]);
    expect(new Set(standIn.pushes.map((push) => push.token)).size).toBe(1000);
    expect(standIn.pushes).toHaveLength(1000); // and sends none twice
    expect(standIn.connections).toBe(2);
  });

  test("a GOAWAY with an error loses none and doubles none: whatever was not accepted is said to be so", async () => {
    standIn.goawayAfter(300, null, constants.NGHTTP2_ENHANCE_YOUR_CALM);
    const apns = client();
    const pushes = Array.from({ length: 1000 }, somePush);
    const answers = await Promise.all(pushes.map((push) => apns.push(push)));
    const accepted = standIn.pushes.map(({ token }) => token);
    expect(new Set(accepted).size).toBe(accepted.length);
    const untold = pushes.filter((push, index) => !accepted.includes(push.token.toString("hex")) && answers[index]?.status !== null);
    expect(untold).toEqual([]);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(700); // those above the last stream went out again
  });

  test("a status whose body never comes is the answer when the time is over", async () => {
    const apns = client({ requestTimeoutMs: 300 });
    standIn.scriptAll({ status: 410, reason: "Unregistered", bodyDelayMs: 60_000 });
    expect(await apns.push(somePush())).toMatchObject({ status: 410, reason: null });
  });

  test("a slow body is waited for", async () => {
    standIn.scriptAll({ status: 400, reason: "BadDeviceToken", bodyDelayMs: 50 });
    expect(await client().push(somePush())).toMatchObject({ status: 400, reason: "BadDeviceToken" });
  });

  test("a server that refuses everything is not asked again and again", async () => {
    standIn.goawayAfter(0, '{"reason":"Shutdown"}');
    expect(await client().push(somePush())).toMatchObject({ status: null, reason: "Shutdown" });
    expect(standIn.connections).toBe(1);
  });

  test("a cut connection is reported, and the next push opens a new one", async () => {
    const apns = client();
    standIn.scriptAll({ instead: "drop", times: 1 });
    expect(await apns.push(somePush())).toMatchObject({ status: null, reason: "connection-lost" });
    expect(await apns.push(somePush())).toMatchObject({ status: 200 });
    expect(standIn.connections).toBe(2);
  });

  test("a connection that was closed while idle is replaced", async () => {
    const apns = client();
    await apns.push(somePush());
    standIn.dropConnections();
    await expect.poll(async () => (await apns.push(somePush())).status).toBe(200);
  });

  test("a reset stream is reported and leaves the connection in use", async () => {
    const apns = client();
    standIn.scriptAll({ instead: "reset", times: 1 });
    expect(await apns.push(somePush())).toMatchObject({ status: null, reason: "connection-lost" });
    expect(await apns.push(somePush())).toMatchObject({ status: 200 });
    expect(standIn.connections).toBe(1);
  });

  test("a push without an answer times out, and others go on", async () => {
    const apns = client({ requestTimeoutMs: 300 });
    const silent = somePush();
    standIn.script(silent.token.toString("hex"), { instead: "silence" });
    const [first, second] = await Promise.all([apns.push(silent), apns.push(somePush())]);
    expect(first).toMatchObject({ status: null, reason: "timeout" });
    expect(second).toMatchObject({ status: 200 });
  });

  test("a dead socket is found by its unanswered ping", async () => {
    const relay = await silentRelay(standIn.url);
    const apns = client({ origin: relay.url, requestTimeoutMs: 500, pingTimeoutMs: 200 });
    expect(await apns.push(somePush())).toMatchObject({ status: 200 });
    relay.freeze();
    expect(await apns.push(somePush())).toMatchObject({ reason: "timeout" });
    relay.thaw(); // for new connections only
    await expect.poll(async () => (await apns.push(somePush())).status, { timeout: 10_000 }).toBe(200);
    expect(standIn.connections).toBe(2);
    await relay.close();
  });
});

describe("connections that cannot be made", () => {
  /** Node's TLS server ends the connection where others send an alert. */
  const REFUSED_BY_NODE = "closed-at-start";

  test("nobody listens", async () => {
    const nobody = await ApnsStandIn.start();
    await nobody.close();
    const apns = client({ origin: nobody.url });
    const answers = await Promise.all([apns.push(somePush()), apns.push(somePush())]);
    expect(answers.map((answer) => answer.reason)).toEqual(["connection-failed", "connection-failed"]);
  });

  test("a server that takes the connection and says nothing", async () => {
    const relay = await silentRelay(standIn.url);
    relay.freeze();
    expect(await client({ origin: relay.url, connectTimeoutMs: 300 }).push(somePush())).toMatchObject({ reason: "connection-failed" });
    await relay.close();
  });

  test("a certificate of another authority is our configuration", async () => {
    const stranger = await (await testAuthority("CN=Somebody else")).issuePush({ topic: TOPIC });
    expect(await client(stranger).push(somePush())).toMatchObject({ status: null, reason: REFUSED_BY_NODE });
  });

  test("an expired certificate that the server refuses is our configuration", async () => {
    const expired = await standIn.mintPushCertificate({ topic: TOPIC, notBefore: daysFromNow(-400), notAfter: daysFromNow(-1) });
    expect(await client(expired).push(somePush())).toMatchObject({ status: null, reason: REFUSED_BY_NODE });
    expect(standIn.requests).toBe(0);
  });

  test("a certificate known to be expired is not even tried", async () => {
    expect(await client({ notAfter: daysFromNow(-1) }).push(somePush())).toMatchObject({ reason: "certificate-expired" });
    expect(standIn.connections + standIn.refusedHandshakes).toBe(0);
  });

  test("a key that does not fit the certificate is our configuration", async () => {
    const { privateKeyPem } = await standIn.mintPushCertificate({ topic: TOPIC, key: "ec" });
    expect(await client({ privateKeyPem }).push(somePush())).toMatchObject({ status: null, reason: "tls-failure" });
  });

  test("a server whose certificate we do not trust gets nothing", async () => {
    const other = await testAuthority("CN=Another root");
    expect(await client({ caPem: other.certificatePem }).push(somePush())).toMatchObject({ reason: "tls-failure" });
    expect(standIn.requests).toBe(0);
  });
});

test("close waits for the answers that are under way", async () => {
  const apns = client();
  await apns.push(somePush());
  standIn.scriptAll({ delayMs: 50 });
  const answer = apns.push(somePush());
  await new Promise<void>((resolve) => standIn.once("request", () => resolve()));
  await apns.close(5_000);
  expect(await answer).toMatchObject({ status: 200 });
});

test("close gives up on silence, and every push has an answer then", async () => {
  const apns = client();
  standIn.scriptAll({ instead: "silence" });
  const answers = [apns.push(somePush()), apns.push(somePush())];
  await new Promise<void>((resolve) => standIn.once("request", () => resolve()));
  await apns.close(50);
  expect((await Promise.all(answers)).map(({ reason }) => reason)).toEqual(["connection-lost", "connection-lost"]);
  expect(await apns.push(somePush())).toMatchObject({ reason: "connection-lost" });
});
