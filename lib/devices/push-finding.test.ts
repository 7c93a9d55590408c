import { describe, expect, test } from "vitest";
import { TEST_TOPIC } from "@/lib/contracts/words";
import type { DevicePushRow, PushAttemptRow } from "./device-push-store";
import { pushFinding, type TopicState } from "./push-finding";

const NOW = new Date("2026-03-01T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const TOPIC = "com.apple.mgmt.External.a";

const HEALTHY: DevicePushRow = {
  simulated: false, enrollmentId: "e", state: "enrolled", topic: TOPIC, profileTopic: TOPIC, hasToken: true, tokenUpdatedAt: ago(90 * DAY),
  tokenDeadAt: null, enrolledAt: ago(90 * DAY), lastSeenAt: ago(2 * HOUR), firstConnectAt: ago(90 * DAY), lastPushAt: ago(2 * HOUR + 1000), lastPushStatus: 200,
  lastPushReason: null, pushesUnanswered: 0, openCommands: 0, heldCommands: 0,
};
const FINE: TopicState = { certificate: { id: "c", notAfter: new Date(NOW.getTime() + 200 * DAY) }, alarm: null };
const ALARM = { topic: TOPIC, since: ago(HOUR), status: 403, reason: "BadCertificate", sentence: "APNs refused the push certificate." };

const causeOf = (changes: Partial<DevicePushRow> = {}, topic: Partial<TopicState> = {}, next: Date | null = null, attempts: PushAttemptRow[] = []) =>
  pushFinding({ ...HEALTHY, ...changes }, { ...FINE, ...topic }, attempts, next, NOW).cause;

describe("the likely cause", () => {
  const unanswered = (pushedMsAgo: number, seenMsAgo: number) => ({ lastPushAt: ago(pushedMsAgo), lastSeenAt: ago(seenMsAgo), pushesUnanswered: 1 });

  test("is none for a device that answered its last push", () => {
    expect(causeOf()).toBe("healthy");
    expect(causeOf({ lastPushAt: null, lastPushStatus: null })).toBe("idle");
  });

  test.each([
    ["ended", { state: "ended" }],
    ["ended", { enrollmentId: null, state: null, topic: null }],
    ["no-token", { hasToken: false }],
    ["test-topic", { topic: TEST_TOPIC }],
    ["token-dead", { tokenDeadAt: ago(HOUR) }],
    ["other-topic", { profileTopic: "com.apple.mgmt.External.b" }],
  ])("is %s for what no push can get over", (cause, changes) => {
    expect(causeOf(changes)).toBe(cause);
  });

  test("is the push certificate when it is not there or has ended", () => {
    expect(causeOf({}, { certificate: null })).toBe("certificate-missing");
    expect(causeOf({}, { certificate: { id: "c", notAfter: ago(MINUTE) } })).toBe("certificate-expired");
  });

  test("is the configuration while an alarm stands, in its own words", () => {
    const finding = pushFinding({ ...HEALTHY, ...unanswered(MINUTE, DAY), lastPushStatus: 403, lastPushReason: "BadCertificate" }, { ...FINE, alarm: ALARM }, [], null, NOW);
    expect(finding).toMatchObject({ cause: "alarm", sentence: ALARM.sentence });
  });

  test("is never the test topic for a simulated device, which has no push certificate", () => {
    expect(causeOf({ topic: TEST_TOPIC, profileTopic: TEST_TOPIC, simulated: true }, { certificate: null })).not.toBe("test-topic");
    expect(causeOf({ topic: TEST_TOPIC, profileTopic: TEST_TOPIC, simulated: true }, { certificate: null })).toBe("healthy");
  });

  test.each([
    ["token-refused", 400, "BadDeviceToken"],
    ["token-refused", 400, "DeviceTokenNotForTopic"],
    ["failing", 503, "ServiceUnavailable"],
    ["failing", null, "timeout"],
  ])("is %s after %s %s", (cause, lastPushStatus, lastPushReason) => {
    const failed = { lastPushAt: ago(MINUTE), lastPushStatus, lastPushReason };
    expect(causeOf(failed)).toBe(cause);
    expect(causeOf({ ...failed, lastSeenAt: ago(0) })).toBe("healthy"); // it connected nevertheless
    expect(causeOf({ ...failed, tokenUpdatedAt: ago(0), pushesUnanswered: 1 })).not.toBe(cause); // that was another token
  });

  test("is being on its way while a push is due within a minute", () => {
    expect(causeOf({}, {}, new Date(NOW.getTime() + 5_000))).toBe("pending");
    expect(causeOf({}, {}, new Date(NOW.getTime() + HOUR))).toBe("healthy");
  });

  test.each([
    ["waiting", 5 * MINUTE, DAY],
    ["silent", HOUR, DAY],
    ["silent", HOUR, 6 * DAY],
    ["lost", HOUR, 8 * DAY],
  ])("is %s when Apple took the push and nothing came", (cause, pushed, seen) => {
    expect(causeOf(unanswered(pushed, seen))).toBe(cause);
  });

  const accepted = (...pushedMsAgo: number[]) => pushedMsAgo.map((ms) => ({ at: ago(ms), status: 200, reason: null, apnsId: null }));

  test("is not silence before the first of several unanswered pushes is ten minutes old", () => {
    const twice = { ...unanswered(MINUTE, DAY), pushesUnanswered: 2 };
    expect(causeOf(twice, {}, null, accepted(MINUTE, 2 * MINUTE))).toBe("waiting");
    expect(causeOf(twice, {}, null, accepted(MINUTE, 2 * MINUTE, DAY))).toBe("waiting"); // the third was answered
    expect(causeOf({ ...twice, firstConnectAt: null }, {}, null, accepted(MINUTE, 6 * MINUTE))).toBe("waiting");
    expect(causeOf(twice, {}, null, accepted(MINUTE, HOUR))).toBe("silent");
    expect(causeOf(twice, {}, null, [...accepted(MINUTE), { at: ago(2 * MINUTE), status: 503, reason: null, apnsId: null }, ...accepted(HOUR)])).toBe("silent");
    expect(causeOf({ ...unanswered(MINUTE, 8 * DAY), pushesUnanswered: 2 }, {}, null, accepted(MINUTE, DAY))).toBe("lost");
  });

  test("is never having connected for a device that only enrolled", () => {
    expect(causeOf({ ...unanswered(HOUR, HOUR), firstConnectAt: null })).toBe("never-connected");
  });

  test("is holding back when it connects and does not answer what it was given", () => {
    expect(causeOf({ heldCommands: 1 })).toBe("holding");
  });
});
