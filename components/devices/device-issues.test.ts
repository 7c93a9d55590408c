import { expect, test } from "vitest";
import type { DeviceSummary } from "@/lib/contracts/devices";
import { issuesOf } from "./device-issues";

const NOW = Date.parse("2025-01-15T12:00:00Z");
const DEVICE: DeviceSummary = {
  id: "0a8b4f7c-1c1f-4f3e-8f60-1d9b5d0c7e11", name: "Kiosk 4", serialNumber: null, udid: null, platform: "ipados", modelName: null, productName: null, osVersion: null, supervised: null,
  simulated: false, owner: null, createdAt: "2025-01-01T00:00:00Z", state: "enrolled", endedCause: null, awaitingConfiguration: false, lastSeenAt: "2025-01-15T11:00:00Z", openCommands: 0,
  failedCommands: 0, push: "good", linkName: null, users: [],
};
const issues = (part: Partial<DeviceSummary>) => issuesOf({ ...DEVICE, ...part }, NOW);
const words = (part: Partial<DeviceSummary>) => issues(part).map((issue) => issue.words);

test("a device has as many issues as something is wrong with it, and none when all is well", () => {
  expect(issues({})).toEqual([]);
  expect(issues({ push: "unanswered", openCommands: 3 })).toEqual([]);
  expect(words({ push: "dead", failedCommands: 2, lastSeenAt: "2025-01-02T12:00:00Z" })).toEqual([
    "Cannot be woken: Apple said that the push token is no longer valid.", "2 commands failed within 7 days", "Silent for more than 7 days",
  ]);
  expect(issues({ state: "quarantined" })).toHaveLength(1);
});

test("each issue leads to where it is mended", () => {
  const all = issues({ state: "quarantined", push: "failing", failedCommands: 1, lastSeenAt: "2025-01-02T12:00:00Z" });
  expect(all.map(({ places }) => places.map(({ href }) => href))).toEqual([
    ["/admissions", "/restores"], [`/devices/${DEVICE.id}?tab=push`], [`/devices/${DEVICE.id}?tab=commands`], [`/devices/${DEVICE.id}?tab=push`],
  ]);
});

test("what is not managed any more has none", () => {
  expect(issues({ state: "ended", failedCommands: 2, lastSeenAt: "2024-01-02T12:00:00Z", push: null })).toEqual([]);
  expect(issues({ state: null, push: null, lastSeenAt: null })).toEqual([]);
});
