import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { TEST_TOPIC } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";
import { daysFromNow } from "@/tests/support/apns-certificates";
import { ApnsStandIn } from "@/tests/support/apns-stand-in";
import { withTestDatabase } from "@/tests/support/database";
import { changeEnrollments, enrollForPush, enrollOneForPush, readPushColumns, readPushEvents } from "@/tests/support/push-enrollments";
import { standingPushAlarms } from "./push-alarm";
import { uploadPushCertificate } from "./push-certificate-service";
import { requestPush } from "./push-schedule";
import { startPushWorker } from "./push-worker";

let standIn: ApnsStandIn;
beforeAll(async () => {
  standIn = await ApnsStandIn.start({ maxConcurrentStreams: 200 });
  vi.stubEnv("APNS_URL", standIn.url);
  vi.stubEnv("APNS_CA_FILE", standIn.caFile);
});
afterAll(() => standIn.close());
withTestDatabase();

const workers: ReturnType<typeof startPushWorker>[] = [];
function startWorker() {
  const worker = startPushWorker();
  workers.push(worker);
  return worker;
}
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  standIn.scriptAll(null);
  expect(standIn.violations).toEqual([]);
});

const newTopic = () => `com.apple.mgmt.External.${randomUUID()}`;
const request = (...devices: { id: string }[]) => requestPush(database().pool, devices.map(({ id }) => id));
const received = (topic: string) => standIn.pushes.filter((push) => push.topic === topic);

/** A certificate for a topic that devices have already. */
async function upload(topic: string) {
  await uploadPushCertificate(await standIn.mintPushCertificate({ topic, key: "ec" }), "user:owner@example.com");
}

async function enrolled(count = 1) {
  const topic = newTopic();
  const devices = await enrollForPush(topic, count);
  await upload(topic);
  return { topic, devices };
}

async function enrolledOne() {
  const { topic, devices } = await enrolled();
  const [device] = devices;
  if (device === undefined) throw new Error("no device");
  return { topic, device };
}

test("a requested push reaches the device and is written down", async () => {
  const { topic, device } = await enrolledOne();
  startWorker();
  await request(device);
  const push = await standIn.waitForPush(device.token);
  expect(push).toMatchObject({ topic, magic: device.magic });
  await expect.poll(() => readPushColumns(device.id)).toMatchObject({ lastPushStatus: 200, lastPushId: push.apnsId, pushesUnanswered: 1, pushDueAt: null });
  expect(await readPushEvents(topic)).toMatchObject([
    { kind: "push.sent", deviceId: device.deviceId, enrollmentId: device.id, data: { topic, status: 200, reason: null, apnsId: push.apnsId, test: false } },
  ]);
});

test("a push that fell due while no worker ran is sent at the start", async () => {
  const { device } = await enrolledOne();
  await request(device);
  startWorker();
  await standIn.waitForPush(device.token);
});

test("a push for later is sent when its time comes", async () => {
  const { device } = await enrolledOne();
  startWorker();
  await requestPush(database().pool, [device.id], new Date(Date.now() + 700));
  const push = await standIn.waitForPush(device.token);
  expect(push.at.getTime()).toBeGreaterThanOrEqual(((await readPushColumns(device.id)).lastPushAt ?? push.at).getTime());
});

test("the pushes of simulated devices go to the event log and never to APNs", async () => {
  const device = await enrollOneForPush(TEST_TOPIC);
  startWorker();
  await request(device);
  await expect.poll(() => readPushEvents(TEST_TOPIC)).toHaveLength(1);
  expect(await readPushEvents(TEST_TOPIC)).toMatchObject([
    { kind: "push.sent", enrollmentId: device.id, data: { topic: TEST_TOPIC, test: true, udid: device.channelKey } },
  ]);
  expect(received(TEST_TOPIC)).toEqual([]);
  expect(await readPushColumns(device.id)).toMatchObject({ lastPushStatus: 200, pushesUnanswered: 1 });
});

test("several workers send every push once", async () => {
  const { topic, devices } = await enrolled(1500);
  startWorker();
  startWorker();
  startWorker();
  await request(...devices);
  await expect.poll(() => readPushEvents(topic).then((events) => events.length), { timeout: 30_000 }).toBe(1500);
  expect(new Set(received(topic).map((push) => push.token)).size).toBe(1500);
  expect(received(topic)).toHaveLength(1500);
});

describe("refusals of one device", () => {
  test("410 ends its pushes and is told on its timeline", async () => {
    const { topic, device } = await enrolledOne();
    standIn.script(device.token, { status: 410, reason: "Unregistered", timestamp: Date.now() });
    startWorker();
    await request(device);
    await expect.poll(() => readPushEvents(topic)).toMatchObject([{ kind: "push.failed", enrollmentId: device.id, data: { status: 410, reason: "Unregistered" } }]);
    const after = await readPushColumns(device.id);
    expect(after.tokenDeadAt).not.toBeNull();
    expect(after).toMatchObject({ pushDueAt: null, lastPushReason: "Unregistered" });
  });

  test("429 is repeated after the time that APNs asked for", async () => {
    const { topic, device } = await enrolledOne();
    standIn.script(device.token, { status: 429, reason: "TooManyRequests", retryAfter: "600", times: 1 });
    startWorker();
    await request(device);
    await expect.poll(() => readPushEvents(topic)).toHaveLength(1);
    const { pushDueAt, lastPushAt } = await readPushColumns(device.id);
    expect((pushDueAt?.getTime() ?? 0) - (lastPushAt?.getTime() ?? 0)).toBe(600_000);
    await changeEnrollments([device.id], { pushDueAt: new Date(), lastPushStatus: 200 }); // the time comes
    await request(device);
    await standIn.waitForPush(device.token);
  });

  test("a refused token is neither dead nor a reason to stop the others", async () => {
    const { topic, devices } = await enrolled(50);
    const [bad, ...good] = devices;
    if (bad === undefined) throw new Error("no device");
    standIn.script(bad.token, { status: 400, reason: "BadDeviceToken" });
    startWorker();
    await request(...devices);
    await expect.poll(() => received(topic).length).toBe(good.length);
    await expect.poll(() => readPushColumns(bad.id)).toMatchObject({ tokenDeadAt: null, lastPushReason: "BadDeviceToken" });
    expect((await readPushColumns(bad.id)).pushDueAt?.getTime()).toBeGreaterThan(Date.now() + 40 * 60_000);
  });
});

describe("failures of a whole topic", () => {
  test("our own configuration raises one alarm, keeps every push due, and a new certificate sends them all", async () => {
    const { topic, devices } = await enrolled(300);
    standIn.scriptAll({ status: 403, reason: "BadCertificate" });
    const before = standIn.requests;
    startWorker();
    await request(...devices);
    await expect.poll(() => readPushEvents(topic)).toMatchObject([{ kind: "push.alarm-raised", deviceId: null, data: { status: 403, reason: "BadCertificate" } }]);
    expect(standIn.requests - before).toBe(1); // one push found out for all
    const { rows } = await database().pool.query(`SELECT 1 FROM "Enrollment" WHERE "topic" = $1 AND "pushDueAt" IS NULL`, [topic]);
    expect(rows).toEqual([]);
    standIn.scriptAll(null);
    await upload(topic);
    await expect.poll(() => received(topic).length, { timeout: 30_000 }).toBe(300);
    const kinds = async () => (await readPushEvents(topic)).map(({ kind }) => kind).filter((kind) => kind !== "push.sent");
    await expect.poll(kinds).toEqual(["push.alarm-raised", "push.alarm-ended"]);
    expect(await standingPushAlarms(topic)).toEqual([]);
  });

  test("tokens that are all refused are taken for our mistake", async () => {
    const { topic, devices } = await enrolled(400);
    startWorker();
    const [first, ...others] = devices;
    if (first === undefined) throw new Error("no device");
    await request(first);
    await standIn.waitForPush(first.token);
    standIn.scriptAll({ status: 400, reason: "DeviceTokenNotForTopic" });
    await request(...others);
    const kinds = async () => (await readPushEvents(topic)).map(({ kind }) => kind);
    await expect.poll(kinds).toContain("push.alarm-raised");
    await expect.poll(async () => (await standingPushAlarms(topic))[0]?.reason).toBe("DeviceTokenNotForTopic");
    expect((await kinds()).filter((kind) => kind === "push.failed").length).toBeLessThan(20);
    // What was refused does not wait for hours once the certificate is another one.
    standIn.scriptAll(null);
    await upload(topic);
    await expect.poll(() => new Set(received(topic).map(({ token }) => token)).size, { timeout: 30_000 }).toBe(400);
  });

  test("a topic without a certificate raises one alarm and keeps its pushes", async () => {
    const topic = newTopic();
    const devices = await enrollForPush(topic, 5);
    await request(...devices);
    startWorker();
    startWorker();
    await expect.poll(() => readPushEvents(topic)).toMatchObject([{ kind: "push.alarm-raised", deviceId: null, data: { reason: "certificate-missing" } }]);
    await upload(topic);
    await expect.poll(() => received(topic).length).toBe(5);
  });

  test("a broken topic holds up no other", async () => {
    const broken = await enrolled(20);
    for (const { token } of broken.devices) standIn.script(token, { instead: "silence" });
    const { device } = await enrolledOne();
    startWorker();
    await request(...broken.devices);
    await request(device);
    await standIn.waitForPush(device.token);
    await changeEnrollments(broken.devices.map(({ id }) => id), { state: "ended" });
  });

  test("connections that end in the middle lose no push", async () => {
    const { topic, devices } = await enrolled(600);
    standIn.goawayAfter(150);
    startWorker();
    await request(...devices);
    await expect.poll(() => received(topic).length, { timeout: 30_000 }).toBe(600);
  });
});

test("stopping waits for pushes under way and writes them down", async () => {
  const { device } = await enrolledOne();
  standIn.script(device.token, { delayMs: 200 });
  const worker = startWorker();
  const arrived = new Promise<void>((resolve) => standIn.once("request", () => resolve()));
  await request(device);
  await arrived;
  await worker.stop();
  expect(await readPushColumns(device.id)).toMatchObject({ lastPushStatus: 200, pushClaimedUntil: null });
});

test("a push certificate that expires while the server runs raises an alarm", async () => {
  const { topic, device } = await enrolledOne();
  await database().pool.query(`UPDATE "PushCertificate" SET "notAfter" = $2 WHERE "topic" = $1`, [topic, daysFromNow(-1)]);
  startWorker();
  await request(device);
  await expect.poll(() => readPushEvents(topic)).toMatchObject([{ kind: "push.alarm-raised", data: { reason: "certificate-expired" } }]);
  expect((await readPushColumns(device.id)).pushDueAt).not.toBeNull();
});
