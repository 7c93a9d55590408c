import { expect, test } from "vitest";
import type { MachineInfo } from "@/lib/protocol/machine-info";
import { missingOs, updateRequired } from "./minimum-os";

const MINIMUM = { iOS: { osVersion: "18.2" }, macOS: { osVersion: "15" } };
function device(productName: string, osVersion: string | null): MachineInfo {
  return { udid: null, serialNumber: "S", productName, buildVersion: null, osVersion, imei: null, meid: null, language: null, canUpdate: true, softwareUpdateDeviceId: null, pairingToken: null, body: {} };
}

test.each([
  ["iPhone16,1", "18.1.1", true],
  ["iPhone16,1", "18.2", false],
  ["iPhone16,1", "18.10", false],
  ["iPhone16,1", "9.3", true],
  ["iPhone16,1", null, false],
  ["iPad16,3", "17.0", false],
  ["Mac15,12", "14.7", true],
  ["MacBookPro18,3", "15.0", false],
  ["AppleTV14,1", "12.0", false],
  ["Teapot1,1", "1.0", false],
] as const)("%s with %s lacks the minimum: %s", (productName, osVersion, lacks) => {
  expect(missingOs(MINIMUM, device(productName, osVersion)) !== null).toBe(lacks);
});

test("a refusal names version, build and beta program, and nothing that was not set", () => {
  expect(updateRequired({ osVersion: "18.2" })).toMatchObject({ code: "com.apple.softwareupdate.required", details: { OSVersion: "18.2" } });
  expect(Object.keys((updateRequired({ osVersion: "18.2" }) as { details: object }).details)).toEqual(["OSVersion"]);
  expect(updateRequired({ osVersion: "18.2", buildVersion: "22C5", betaProgram: { description: "Seed", token: "t" } })).toMatchObject({
    details: { OSVersion: "18.2", BuildVersion: "22C5", RequireBetaProgram: { Description: "Seed", Token: "t" } },
  });
});
