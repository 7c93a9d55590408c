import { expect, test } from "vitest";
import { PlistReal } from "../plist/plist-value";
import { COMMANDS } from "./catalog";
import { encodeCommand } from "./encode-command";
import { holdsSecret, secretOfRequest } from "./request-secrets";

function pointersOf(requestType: string, parameters: Record<string, unknown>): string[] {
  const encoded = encodeCommand(requestType, parameters);
  return encoded.ok ? [] : encoded.errors.map((error) => error.pointer);
}

test("a setting is told by its item and encoded with its own keys", () => {
  const Settings = [
    { Item: "DeviceName", DeviceName: "Desk 4" },
    { Item: "Wallpaper", Image: "AAEC", Where: 3 },
    { Item: "ApplicationConfiguration", Identifier: "org.example.app", Configuration: { host: "a", port: 443, ratio: 0.5, on: true, list: ["x"], blob: { $data: "AAEC" }, since: { $date: "2030-01-31T12:00:00Z" }, whole: { $real: 2 } } },
  ];
  expect(encodeCommand("Settings", { Settings })).toEqual({
    ok: true,
    command: {
      RequestType: "Settings",
      Settings: [
        { Item: "DeviceName", DeviceName: "Desk 4" },
        { Item: "Wallpaper", Image: new Uint8Array([0, 1, 2]), Where: 3 },
        {
          Item: "ApplicationConfiguration",
          Identifier: "org.example.app",
          Configuration: { host: "a", port: 443, ratio: 0.5, on: true, list: ["x"], blob: new Uint8Array([0, 1, 2]), since: new Date("2030-01-31T12:00:00Z"), whole: new PlistReal(2) },
        },
      ],
    },
  });
});

test.each([
  ["Settings", { Settings: [{ Item: "Nonsense" }] }, "/Settings/0/Item"],
  ["Settings", { Settings: [{ DeviceName: "x" }] }, "/Settings/0/Item"],
  ["Settings", { Settings: [{ Item: "DeviceName", HostName: "x", DeviceName: "y" }] }, "/Settings/0/HostName"],
  ["Settings", { Settings: [{ Item: "Wallpaper", Image: "AAEC", Where: 4 }] }, "/Settings/0/Where"],
  ["Settings", { Settings: [] }, "/Settings"],
  ["Settings", { Settings: [{ Item: "SharedDeviceConfiguration", UserSessionTimeout: 29 }] }, "/Settings/0/UserSessionTimeout"],
  ["Settings", { Settings: [{ Item: "ApplicationConfiguration", Identifier: "a", Configuration: { a: { b: null } } }] }, "/Settings/0/Configuration/a/b"],
  ["Settings", { Settings: [{ Item: "ApplicationConfiguration", Identifier: "a", Configuration: { a: { $data: "?" } } }] }, "/Settings/0/Configuration/a"],
  ["InstallApplication", { iTunesStoreID: 1, Identifier: "a" }, "/Identifier"],
  ["InstallApplication", {}, "/iTunesStoreID"],
  ["InstallApplication", { ManifestURL: "http://example.org/m.plist" }, "/ManifestURL"],
  ["InstallApplication", { iTunesStoreID: 1, Options: { PurchaseMethod: 2 } }, "/Options/PurchaseMethod"],
  ["InstallEnterpriseApplication", { Manifest: { items: [] }, ManifestURLPinningCerts: ["AAEC"] }, "/ManifestURLPinningCerts"],
  ["InstallMedia", { MediaType: "Book" }, "/iTunesStoreID"],
  ["EnableLostMode", { Footnote: "x" }, "/Message"],
  ["DeleteUser", { ForceDeletion: true }, "/UserName"],
  ["AccountConfiguration", { SkipPrimarySetupAccountCreation: true }, "/AutoSetupAdminAccounts"],
  ["RotateFileVaultKey", { KeyType: "institutional", FileVaultUnlock: { Password: "x" } }, "/NewCertificate"],
  ["RotateFileVaultKey", { KeyType: "personal", FileVaultUnlock: {} }, "/FileVaultUnlock"],
  ["RestartDevice", { KextPaths: ["/a"] }, "/KextPaths"],
  ["ScheduleOSUpdate", { Updates: [{ InstallAction: "Default" }] }, "/Updates/0"],
  ["DeviceInformation", { DeviceAttestationNonce: "AAEC", Queries: ["UDID"] }, "/DeviceAttestationNonce"],
  ["RequestMirroring", { ScanTime: 5 }, "/ScanTime"],
  ["LOMDeviceRequest", { RequestList: [{ DeviceRequestType: "Dance" }] }, "/RequestList/0/DeviceRequestType"],
] as const)("%s with %j is refused at %s", (requestType, parameters, pointer) => {
  expect(pointersOf(requestType, parameters)).toContain(pointer);
});

test("a new password may be empty, which removes it", () => {
  expect(pointersOf("SetRecoveryLock", { CurrentPassword: "old", NewPassword: "" })).toEqual([]);
  expect(pointersOf("SetRecoveryLock", {})).toEqual(["/NewPassword"]);
});

test("an unlock token may be left to the server", () => {
  expect(pointersOf("ClearPasscode", {})).toEqual([]);
  expect(pointersOf("ClearPasscode", { UnlockToken: "AAEC" })).toEqual([]);
});

test("free-form values are bounded in depth and cannot reach a prototype", () => {
  let deep: unknown = "x";
  for (let n = 0; n < 60; n++) deep = [deep];
  expect(pointersOf("InstallApplication", { iTunesStoreID: 1, Configuration: { deep } })).toHaveLength(1);
  const encoded = encodeCommand("InstallApplication", { iTunesStoreID: 1, Configuration: JSON.parse('{"__proto__": {"admin": true}}') as object });
  expect(encoded.ok && Object.keys(encoded.command["Configuration"] ?? {})).toEqual(["__proto__"]);
});

test("every command of the catalog encodes without parameters or says what is missing", () => {
  for (const spec of Object.values(COMMANDS)) {
    const names = spec.parameters.map((parameter) => `/${parameter.name}`);
    for (const pointer of pointersOf(spec.requestType, {})) expect(names, spec.requestType).toContain(pointer);
  }
});

test("the secrets of a command that must be kept are found", () => {
  expect(secretOfRequest("DeviceLock", { PIN: "123456" })).toEqual({ kind: "lock-pin", value: "123456" });
  expect(secretOfRequest("SetRecoveryLock", { NewPassword: "p" })).toEqual({ kind: "recovery-lock-password", value: "p" });
  expect(secretOfRequest("SetFirmwarePassword", { NewPassword: "" })).toBeNull();
  expect(secretOfRequest("VerifyRecoveryLock", { Password: "p" })).toBeNull();
  expect(holdsSecret("EraseDevice")).toBe(true);
});
