import { expect, test } from "vitest";
import { platformOf } from "./platform";

test.each([
  ["iPhone15,3", "ios"],
  ["iPod9,1", "ios"],
  ["iPad13,8", "ipados"],
  ["Mac15,12", "macos"],
  ["MacBookPro18,3", "macos"],
  ["iMac21,1", "macos"],
  ["VirtualMac2,1", "macos"],
  ["AppleTV14,1", "tvos"],
  ["Apple TV", "tvos"],
  ["Watch6,18", "watchos"],
  ["RealityDevice14,1", "visionos"],
  ["AudioAccessory5,1", "unknown"],
  ["MTUW3", "unknown"],
  ["", "unknown"],
])("%s is %s", (name, platform) => {
  expect(platformOf(name)).toBe(platform);
});

test("the first name that tells a platform decides", () => {
  expect(platformOf(null, "MQ9U3", "iPad Pro")).toBe("ipados");
  expect(platformOf(undefined)).toBe("unknown");
});
