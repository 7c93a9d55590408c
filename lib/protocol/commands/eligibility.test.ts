import { expect, test } from "vitest";
import type { PlistDictionary } from "../plist/plist-value";
import { COMMANDS } from "./catalog";
import { eligibility, type EligibilityFacts } from "./eligibility";
import { compareVersions } from "./versions";

const IPHONE: EligibilityFacts = {
  platform: "ios", osVersion: "18.1", supervised: true, ade: null, userEnrollment: false, sharedIpad: false, channel: "device", accessRights: 8191, secrets: ["unlock-token"],
};
const MAC: EligibilityFacts = { ...IPHONE, platform: "macos", osVersion: "15.1", secrets: [] };

function reasonsOf(requestType: string, facts: EligibilityFacts, command: PlistDictionary | null = null) {
  const spec = COMMANDS[requestType];
  if (spec === undefined) throw new Error(requestType);
  const { eligible, reasons } = eligibility(spec, facts, command);
  expect(eligible).toBe(reasons.length === 0);
  return reasons;
}

test.each([
  ["EnableLostMode", IPHONE], ["ClearPasscode", IPHONE], ["RestartDevice", MAC], ["UserList", { ...IPHONE, platform: "ipados", sharedIpad: true }],
  ["DeviceConfigured", { ...IPHONE, platform: "tvos" }], ["NSExtensionMappings", { ...MAC, channel: "user" }], ["TriggerEnhancedLogCollection", { ...IPHONE, osVersion: "27.0" }],
  ["EnableLostMode", { ...IPHONE, supervised: null, osVersion: null }], ["SetRecoveryLock", { ...IPHONE, platform: "unknown" }],
] as const)("%s goes where Apple has it, and nothing unknown is held against it", (requestType, facts) => {
  expect(reasonsOf(requestType, facts)).toEqual([]);
});

test.each([
  ["EnableLostMode", MAC, "macOS does not have this command.", false],
  ["ClearPasscode", MAC, "macOS does not have this command.", false],
  ["EnableLostMode", { ...IPHONE, supervised: false }, "This command needs a supervised device.", true],
  ["ClearPasscode", { ...IPHONE, secrets: [] }, "It needs the unlock token of the device, and none is held.", false],
  ["ClearPasscode", { ...IPHONE, sharedIpad: true }, "This command is not for Shared iPad.", true],
  ["UserList", IPHONE, "This command is for Shared iPad only.", true],
  ["EraseDevice", { ...IPHONE, userEnrollment: true }, "This command is not for User Enrollments.", false],
  ["EraseDevice", { ...IPHONE, accessRights: 8191 - 8 }, "This command needs the right to erase the device, which the enrollment profile did not ask for.", false],
  ["NSExtensionMappings", MAC, "This command goes to a user of the device, not to the device.", false],
  ["EraseDevice", { ...MAC, channel: "user" }, "This command goes to the device, not to a user of it.", false],
  ["SetRecoveryLock", { ...MAC, osVersion: "11.4" }, "This command needs macOS 11.5; this device has 11.4.", true],
  ["SetRecoveryLock", { ...MAC, osVersion: "10.15.7" }, "This command needs macOS 11.5; this device has 10.15.7.", true],
  ["ScheduleOSUpdate", { ...MAC, osVersion: "27.0.1" }, "This command ended with macOS 27.0; this device has 27.0.1.", true],
  ["AccountConfiguration", { ...MAC, ade: false }, "This command needs a device that came by Automated Device Enrollment.", true],
  ["TriggerEnhancedLogCollection", { ...IPHONE, platform: "ipados", osVersion: "26.1" }, "This command needs iPadOS 27.0; this device has 26.1.", true],
] as const)("%s is refused with a sentence: %#", (requestType, facts, sentence, overridable) => {
  expect(reasonsOf(requestType, facts)).toEqual([{ sentence, overridable }]);
});

test("settings are judged one by one", () => {
  const command = (...items: string[]): PlistDictionary => ({ Settings: items.map((Item) => ({ Item })) });
  expect(reasonsOf("Settings", IPHONE, command("DeviceName", "Wallpaper"))).toEqual([]);
  expect(reasonsOf("Settings", MAC, command("DeviceName", "Wallpaper"))).toEqual([{ sentence: "macOS does not have the setting Wallpaper.", overridable: false }]);
  expect(reasonsOf("Settings", { ...IPHONE, supervised: false }, command("DeviceName"))).toEqual([{ sentence: "The setting DeviceName needs a supervised device.", overridable: true }]);
  expect(reasonsOf("Settings", IPHONE, command("SharedDeviceConfiguration"))).toEqual([{ sentence: "The setting SharedDeviceConfiguration is for Shared iPad only.", overridable: true }]);
  expect(reasonsOf("Settings", { ...IPHONE, osVersion: "27.0" }, command("SoftwareUpdateSettings"))).toHaveLength(1);
});

test("a command that brings its token needs none in escrow", () => {
  expect(reasonsOf("ClearPasscode", { ...IPHONE, secrets: [] }, { UnlockToken: new Uint8Array([1]) })).toEqual([]);
});

test("versions are compared part by part", () => {
  expect(compareVersions("10.9", "10.10")).toBeLessThan(0);
  expect(compareVersions("18", "18.0")).toBe(0);
  expect(compareVersions("17.0.1", "17.0")).toBeGreaterThan(0);
  expect(compareVersions("", "x")).toBe(0);
});
