import { expect, test } from "vitest";
import type { Overview } from "@/lib/contracts/events";
import { mattersOf } from "./attention";

const NOW = Date.parse("2025-01-15T12:00:00Z");
const CALM: Overview = {
  devices: { total: 3, simulated: 3, byState: { enrolled: 3 }, byPlatform: { ios: 3 }, byVersion: [], byPush: { good: 3 }, attention: {} },
  hours: [],
  oldestQueuedAt: null,
  commands: { byState: { acknowledged: 9 } },
  unknownContacts: 0,
  admissionsWaiting: 0,
  restoresWaiting: 0,
  terminationsHeld: 0,
  push: { topic: "com.apple.mgmt.External.x", testTopic: false, expiresAt: "2025-11-01T00:00:00Z", alarms: [] },
  adeServers: [],
  links: 1,
};

test("a calm fleet needs no attention", () => {
  expect(mattersOf(CALM, NOW)).toEqual([]);
});

test("the test topic is worse once there are real devices", () => {
  const push = { ...CALM.push, testTopic: true, expiresAt: null };
  expect(mattersOf({ ...CALM, push }, NOW)[0]?.tone).toBe("warning");
  expect(mattersOf({ ...CALM, push, devices: { ...CALM.devices, simulated: 2 } }, NOW)[0]?.tone).toBe("bad");
});

test("a certificate is a matter in its last month and after its end", () => {
  const ending = (expiresAt: string) => mattersOf({ ...CALM, push: { ...CALM.push, expiresAt } }, NOW)[0]?.title;
  expect(ending("2025-01-20T12:00:00Z")).toBe("Push certificate ends in 5 days");
  expect(ending("2025-01-14T12:00:00Z")).toBe("Push certificate expired");
});

test("a server token is a matter in its last month and after its end, and so is what only a person can mend at Apple", () => {
  const of = (tokenExpiresAt: string, problem: Overview["adeServers"][number]["problem"] = null) => {
    const [matter] = mattersOf({ ...CALM, adeServers: [{ id: "s", name: "School", tokenExpiresAt, problem }] }, NOW);
    return matter === undefined ? null : [matter.title, matter.tone, matter.href];
  };
  expect(of("2025-03-15T12:00:00Z")).toBeNull();
  expect(of("2025-02-01T12:00:00Z")).toEqual(["School: the server token ends in 17 days", "warning", "/ade"]);
  expect(of("2025-01-14T12:00:00Z")).toEqual(["School: the server token has ended", "bad", "/ade"]);
  expect(of("2025-11-01T00:00:00Z", "terms-not-signed")).toEqual(["School: terms not accepted", "bad", "/ade"]);
  expect(of("2025-11-01T00:00:00Z", "unreachable")).toBeNull();
});

test("pushes that fail for every device come first", () => {
  const alarm = { topic: CALM.push.topic, since: "2025-01-15T11:00:00Z", status: 403, reason: "BadCertificate", sentence: "APNs refused the push certificate." };
  const [first] = mattersOf({ ...CALM, push: { ...CALM.push, alarms: [alarm] }, unknownContacts: 1 }, NOW);
  expect(first).toMatchObject({ tone: "bad", words: alarm.sentence, href: "/push-certificate" });
});

test("what views hold, strangers and long waits are counted, and each leads to its list", () => {
  const attention = { silent: { total: 10_000, capped: true }, "failed-commands": { total: 1, capped: false }, quarantined: { total: 0, capped: false }, "open-commands": { total: 5, capped: false }, "profiles-in-trouble": { total: 2, capped: false } };
  const matters = mattersOf({ ...CALM, unknownContacts: 1, oldestQueuedAt: "2025-01-10T12:00:00Z", devices: { ...CALM.devices, attention } }, NOW);
  expect(matters.map(({ title, href }) => [title, href])).toEqual([
    [`${(10_000).toLocaleString()}+ devices silent`, "/devices?silentFor=7d&sort=lastSeen"],
    ["1 device with failed commands", "/devices?commands=failed%2Cmalformed%2Cpoisoned"],
    ["2 devices with profiles in trouble", "/devices?profiles=failed%2Cdrifted"],
    ["A command has waited for 5 days", "/devices?commands=open&sort=lastSeen"],
    ["1 unknown contact", "/unknown-contacts"],
  ]);
});

test("what waits for a decision is told with the place to decide", () => {
  const matters = mattersOf({ ...CALM, admissionsWaiting: 1, restoresWaiting: 2, terminationsHeld: 1 }, NOW);
  expect(matters.map((matter) => [matter.title, matter.href])).toEqual([
    ["1 device asks to be let in", "/admissions"], ["2 devices came back from a backup", "/restores"], ["1 termination held back", "/devices?state=unenrolling"],
  ]);
});
