import { expect, test } from "vitest";
import { COMMAND_SCHEMA } from "@/lib/protocol/generated/command-schema";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import { perform } from "./device-answers";
import { inventHardware } from "./device-hardware";
import type { DeviceFamily } from "./device-models";
import { newState, type DeviceState } from "./device-state";

function freshDevice(model: DeviceFamily): DeviceState {
  return newState(inventHardware({ model }), {});
}

function profile(identifier: string): Buffer {
  const content = { PayloadType: "Configuration", PayloadVersion: 1, PayloadIdentifier: identifier, PayloadUUID: "U", PayloadContent: [] };
  return Buffer.from(writePlist(content));
}

function listed(state: DeviceState): unknown[] {
  const list = perform(state, "ProfileList", {}).body["ProfileList"];
  return Array.isArray(list) ? list.map((entry) => (entry as Record<string, unknown>)["PayloadIdentifier"]) : [];
}

test("a device keeps what it is given and forgets what it is told to remove", () => {
  const state = freshDevice("iPhone");
  expect(perform(state, "InstallProfile", { Payload: profile("org.example.wifi") }).errors).toEqual([]);
  expect(perform(state, "InstallProfile", { Payload: profile("org.example.mail") }).errors).toEqual([]);
  expect(perform(state, "InstallProfile", { Payload: profile("org.example.wifi") }).errors).toEqual([]);
  expect(listed(state)).toEqual(["org.example.mail", "org.example.wifi"]);
  expect(perform(state, "RemoveProfile", { Identifier: "org.example.mail" }).errors).toEqual([]);
  expect(listed(state)).toEqual(["org.example.wifi"]);
  expect(perform(state, "RemoveProfile", { Identifier: "org.example.mail" }).errors).toMatchObject([{ code: 12075 }]);
});

test("a device refuses what is no profile", () => {
  const state = freshDevice("Mac");
  expect(perform(state, "InstallProfile", { Payload: Buffer.from("hello") }).errors).toMatchObject([{ code: 1000 }]);
});

test("DeviceInformation answers the queries a device knows and leaves the others out", () => {
  const queries = { Queries: ["SerialNumber", "IMEI", "IsAppleSilicon", "NoSuchQuery"] };
  const phone = freshDevice("iPhone");
  const { serialNumber, imei } = phone.hardware;
  expect(perform(phone, "DeviceInformation", queries).body["QueryResponses"]).toEqual({ SerialNumber: serialNumber, IMEI: imei });
  const mac = freshDevice("Mac");
  const answer = { SerialNumber: mac.hardware.serialNumber, IsAppleSilicon: true };
  expect(perform(mac, "DeviceInformation", queries).body["QueryResponses"]).toEqual(answer);
});

test("a Mac wants a PIN to be locked and then waits for it, an iPhone stays in reach", () => {
  expect(perform(freshDevice("Mac"), "DeviceLock", {}).errors).toHaveLength(1);
  expect(perform(freshDevice("Mac"), "DeviceLock", { PIN: "123456" }).aftermath).toBe("restart");
  expect(perform(freshDevice("iPhone"), "DeviceLock", {}).aftermath).toBeNull();
});

test("the passcode goes only with the token the device has handed out", () => {
  const state = freshDevice("iPad");
  expect(perform(state, "ClearPasscode", { UnlockToken: Buffer.from("guess") }).errors).toHaveLength(1);
  expect(perform(state, "ClearPasscode", { UnlockToken: state.unlockToken ?? Buffer.alloc(0) }).errors).toEqual([]);
  expect(state.passcode).toBeNull();
});

test("every family answers everything that Apple's schema gives it", () => {
  for (const family of ["iPhone", "iPad", "Mac", "AppleTV"] as const) {
    const state = freshDevice(family);
    const known = COMMAND_SCHEMA.filter(({ systems }) => systems[family === "Mac" ? "macOS" : family === "AppleTV" ? "tvOS" : "iOS"] !== null);
    for (const { requestType } of known) {
      const { body, errors } = perform(state, requestType, {});
      expect(errors.map((error) => error.code), requestType).not.toContain(12021);
      expect(writePlist(body), requestType).toContain("<plist");
    }
    expect(known.length, family).toBeGreaterThan(15);
  }
});

test("a Mac knows its recovery lock, and a lost phone where it is", () => {
  const mac = freshDevice("Mac");
  expect(perform(mac, "SetRecoveryLock", { NewPassword: "a" }).errors).toEqual([]);
  expect(perform(mac, "SetRecoveryLock", { NewPassword: "b" }).errors).toHaveLength(1);
  expect(perform(mac, "VerifyRecoveryLock", { Password: "a" }).body).toEqual({ PasswordVerified: true });
  const phone = freshDevice("iPhone");
  expect(perform(phone, "DeviceLocation", {}).errors).toMatchObject([{ code: 12067 }]);
  perform(phone, "EnableLostMode", { Message: "lost" });
  expect(perform(phone, "DeviceLocation", {}).body).toHaveProperty("Latitude");
});

test("a request type of another platform or of none is not known", () => {
  for (const [family, requestType] of [["Mac", "ClearPasscode"], ["iPhone", "SetFirmwarePassword"], ["iPad", "toString"]] as const) {
    expect(perform(freshDevice(family), requestType, {}).errors).toMatchObject([{ code: 12021 }]);
  }
});
