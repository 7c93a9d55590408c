import { expect, test } from "vitest";
import { counted, wordsFromKey } from "./text";

test.each([
  ["IsMDMLostModeEnabled", "Is MDM lost mode enabled"],
  ["WiFiMAC", "Wi-Fi MAC"],
  ["SupportsiOSAppInstalls", "Supports iOS app installs"],
  ["iTunesStoreAccountIsActive", "iTunes store account is active"],
  ["OSVersion", "OS version"],
  ["PINRequiredForEraseDevice", "PIN required for erase device"],
  ["UDID", "UDID"],
  ["ActiveManagedUsers", "Active managed users"],
  ["userAgent", "User agent"],
])("%s reads %s", (key, words) => {
  expect(wordsFromKey(key)).toBe(words);
});

test("one thing is not many", () => {
  expect(counted(1, "device")).toBe("1 device");
  expect(counted(0, "device")).toBe("0 devices");
});
