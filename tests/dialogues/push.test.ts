import { beforeAll, describe, expect, test } from "vitest";
import { rows, withBackstage } from "../support/backstage";
import type { SimulatedDevice } from "../support/simulated-device";
import { eventually, TOPIC } from "../support/stage";

const stage = withBackstage();
beforeAll(() => stage.apns.scriptAll(null));

const read = (id: string) => stage.api.call("getDevicePush", { params: { id } });
const push = (id: string) => stage.api.call("pushDevice", { params: { id } });
const pushed = (device: SimulatedDevice) => stage.apns.waitForPush(tokenOf(device));
const tokenOf = (device: SimulatedDevice) => device.state.push.token.toString("hex");

describe("why a device is silent", () => {
  test("says that nothing is wrong with one that answers, with its last pushes", async () => {
    const { device, id } = await stage.enrolledDevice();
    await push(id);
    await pushed(device);
    const waiting = await eventually(() => read(id), ({ attempts }) => attempts.length > 0);
    expect(["waiting", "pending"]).toContain(waiting.finding.cause);
    await device.runSession();
    const answered = await eventually(() => read(id), ({ finding }) => finding.cause === "healthy");
    expect(answered).toMatchObject({ topic: TOPIC, profileTopic: TOPIC, testTopic: false, pushable: true, hasToken: true, tokenDeadAt: null, alarm: null, pushesUnanswered: 0, nextPush: null });
    expect(answered.certificate).not.toBeNull();
    expect(answered.attempts[0]).toMatchObject({ status: 200, reason: null, outcome: "accepted" });
    expect(answered.attempts[0]?.apnsId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("says that the token is dead, and refuses to push it", async () => {
    const { device, id } = await stage.enrolledDevice();
    await push(id);
    await pushed(device);
    stage.apns.script(tokenOf(device), { status: 410, reason: "Unregistered", timestamp: Date.now() });
    await push(id);
    const dead = await eventually(() => read(id), ({ finding }) => finding.cause === "token-dead");
    expect(dead.pushable).toBe(false);
    expect(dead.finding.advice.length).toBeGreaterThan(0);
    expect(dead.attempts[0]).toMatchObject({ status: 410, reason: "Unregistered", outcome: "dead-token" });
    await expect(push(id)).rejects.toMatchObject({ message: expect.stringContaining("dead") as string });
    await device.renewToken(); // which brings it back to life
    await eventually(() => read(id), ({ finding }) => finding.cause !== "token-dead");
    await push(id);
  });

  test("plans the next push of one that owes an answer", async () => {
    const { device, id } = await stage.enrolledDevice();
    await push(id);
    await pushed(device);
    const { nextPush, finding } = await eventually(() => read(id), ({ nextPush: next }) => next?.reason === "sweep");
    expect(Date.parse(nextPush?.at ?? "")).toBeGreaterThan(Date.now() + 50 * 60_000);
    expect(finding.cause).toBe("waiting");
  });

  test("says one thing for all when the configuration is wrong, in the overview too", async () => {
    const { id } = await stage.enrolledDevice();
    stage.apns.scriptAll({ status: 403, reason: "BadCertificate" });
    await push(id);
    const { finding, alarm } = await eventually(() => read(id), ({ finding: { cause } }) => cause === "alarm");
    expect(alarm).toMatchObject({ topic: TOPIC, status: 403, reason: "BadCertificate" });
    expect(finding.sentence).toBe(alarm?.sentence);
    expect((await stage.api.call("overview")).push.alarms).toMatchObject([{ topic: TOPIC, reason: "BadCertificate" }]);
    stage.apns.scriptAll(null);
    await stage.api.call("uploadPushCertificate", { body: await stage.apns.mintPushCertificate({ topic: TOPIC }) });
    await eventually(() => read(id), (now) => now.alarm === null && now.attempts[0]?.status === 200);
    expect((await stage.api.call("overview")).push.alarms).toEqual([]);
  });

  test("is not told about a device that does not exist", async () => {
    await expect(read("00000000-0000-4000-8000-000000000000")).rejects.toMatchObject({ message: expect.stringContaining("not-found") as string });
  });
});

test("the numbers for Prometheus count pushes by outcome", async () => {
  const { device, id } = await stage.enrolledDevice();
  await push(id);
  await pushed(device);
  const { token } = await stage.api.call("createApiToken", { body: { name: "prometheus", role: "viewer" } });
  const answer = await fetch(`${stage.muster.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  const text = await answer.text();
  expect(text).toMatch(/muster_pushes_total\{outcome="accepted",simulated="false"\} [1-9]/);
  expect(text).toMatch(/muster_pushes_total\{outcome="dead-token",simulated="true"\} 0/);
  expect((await rows(`SELECT 1 FROM "Event" WHERE "kind" = 'push.sent' AND "deviceId" = $1`, [id])).length).toBeGreaterThan(0);
});
