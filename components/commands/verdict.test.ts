import { expect, test } from "vitest";
import type { EligibilityFacts } from "@/lib/protocol/commands/eligibility";
import { COMMANDS } from "@/lib/protocol/commands/catalog";
import { verdictOf } from "./verdict";

const MAC: EligibilityFacts = { platform: "macos", osVersion: "15.1", supervised: false, ade: false, userEnrollment: false, sharedIpad: false, channel: "device", accessRights: 8191, secrets: [] };

function verdict(requestType: string, facts: EligibilityFacts | null): string {
  const spec = COMMANDS[requestType];
  if (spec === undefined) throw new Error(requestType);
  return verdictOf(spec, facts).sendable;
}

test("what a system does not have cannot be sent; what may have changed since can be sent anyway", () => {
  expect(verdict("DeviceInformation", MAC)).toBe("yes");
  expect(verdict("EnableLostMode", MAC)).toBe("no");
  expect(verdict("RestartDevice", { ...MAC, platform: "ios" })).toBe("override");
});

test("many devices at once are judged by the server", () => {
  expect(verdict("EnableLostMode", null)).toBe("yes");
});
