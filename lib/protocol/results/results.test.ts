import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isDictionary, PlistReal, type PlistDictionary, type PlistValue } from "../plist/plist-value";
import { readPlist } from "../plist/read-plist";
import { deviceFacts, inventoryOf } from "./inventory";
import { maskSecrets } from "./mask-secrets";
import { plistToJson } from "./plist-to-json";

function fixture(name: string): PlistDictionary {
  const value = readPlist(readFileSync(join(import.meta.dirname, "../../../tests/fixtures", `${name}.plist`)));
  if (!isDictionary(value)) throw new Error("not a dictionary");
  return value;
}

test("a value becomes plain JSON", () => {
  const value: PlistValue = {
    date: new Date("2030-01-31T12:00:00Z"),
    data: new Uint8Array([1, 2, 3]),
    big: 2n ** 60n,
    real: new PlistReal(256),
    nan: Number.NaN,
    list: [1, 0.5, true, "x"],
  };
  expect(JSON.parse(JSON.stringify(plistToJson(value)))).toEqual({
    date: "2030-01-31T12:00:00.000Z",
    data: { $data: "AQID" },
    big: "1152921504606846976",
    real: 256,
    nan: "NaN",
    list: [1, 0.5, true, "x"],
  });
});

test("a key named __proto__ stays a key in JSON", () => {
  const value = readPlist(new TextEncoder().encode("<dict><key>__proto__</key><dict><key>admin</key><true/></dict></dict>"));
  expect(JSON.stringify(plistToJson(value))).toBe('{"__proto__":{"admin":true}}');
  expect(Object.getOwnPropertyNames(maskSecrets(value))).toEqual(["__proto__"]);
});

test("DeviceInformation tells facts of the device and its inventory", () => {
  const body = fixture("device-information-iphone");
  expect(deviceFacts("DeviceInformation", body)).toEqual({
    udid: "00008120-001C59E40A0B601E",
    name: "Ada's iPhone",
    model: "MQ9U3",
    modelName: "iPhone",
    productName: "iPhone15,3",
    osVersion: "18.6",
    buildVersion: "22G86",
    serialNumber: "F7Q2XK9MNP",
    imei: "35 104702 915634 8",
    supervised: true,
  });
  const fact = inventoryOf("DeviceInformation", body);
  expect(fact?.kind).toBe("DeviceInformation");
  expect(fact?.value).toMatchObject({ DeviceCapacity: 128, BatteryLevel: 1, LastCloudBackupDate: "2026-03-14T01:59:26.000Z", PushToken: "••••" });
});

test("SecurityInfo is told without the recovery key, but with what only speaks of secrets", () => {
  const fact = inventoryOf("SecurityInfo", fixture("security-info-mac"));
  expect(fact?.value).toMatchObject({
    FDE_PersonalRecoveryKeyCMS: "••••",
    FDE_PersonalRecoveryKeyDeviceKey: "C02QX7L1JK",
    BootstrapTokenAllowedForAuthentication: "allowed",
    PasscodePresent: true,
    FirmwarePasswordStatus: { PasswordExists: false },
  });
  expect(deviceFacts("SecurityInfo", fixture("security-info-mac"))).toEqual({});
});

test("lists are told as lists", () => {
  const ProfileList = [{ PayloadIdentifier: "org.example.wifi", PayloadUUID: "u", HasRemovalPasscode: true }];
  expect(inventoryOf("ProfileList", { ProfileList })).toEqual({ kind: "ProfileList", value: ProfileList, merge: false });
  expect(inventoryOf("InstalledApplicationList", { InstalledApplicationList: [{ Identifier: "a", BundleSize: 2n ** 60n }] })?.value).toEqual([
    { Identifier: "a", BundleSize: "1152921504606846976" },
  ]);
  expect(inventoryOf("CertificateList", { CertificateList: [{ CommonName: "CA", IsIdentity: false, Data: new Uint8Array([48]) }] })?.value).toEqual([
    { CommonName: "CA", IsIdentity: false, Data: { $data: "MA==" } },
  ]);
});

test("an answer without what was asked tells nothing", () => {
  expect(inventoryOf("ProfileList", {})).toBeNull();
  expect(inventoryOf("SecurityInfo", { SecurityInfo: "x" })).toBeNull();
  expect(inventoryOf("EraseDevice", { Status: "Acknowledged" })).toBeNull();
  expect(inventoryOf("constructor", {})).toBeNull();
  expect(deviceFacts("DeviceInformation", { QueryResponses: { DeviceName: "", IsSupervised: "yes" } })).toEqual({});
});

test("secrets of requests and answers are masked at any depth", () => {
  const secret = new Uint8Array([1]);
  const value = {
    PIN: "123456", UnlockToken: secret, BootstrapToken: secret, Token: secret, PushMagic: "m", FirmwarePassword: "p", NewPassword: "p",
    CurrentPassword: "p", Password: "p", PersonalRecoveryKey: "k", ActivationLockBypassCode: "c", BypassCode: "c", AuthToken: "t",
    DigestResponse: "d", PrivateKeyExport: secret, Settings: [{ Item: "x", AutoSetupAdminAccounts: [{ passwordHash: secret }] }],
    RotateResult: { EncryptedNewRecoveryKey: secret }, TokenData: secret, Challenge: "c",
  };
  expect(JSON.stringify(plistToJson(maskSecrets(value))).replaceAll("••••", "")).not.toMatch(/123456|"p"|"k"|"c"|"d"|"m"|"t"|\$data/);
  expect(maskSecrets({ PIN: 123456, RequestType: "DeviceLock", Message: "m", Locked: true })).toEqual({ PIN: "••••", RequestType: "DeviceLock", Message: "m", Locked: true });
});

test("a profile is shown by its size and hash", () => {
  expect(maskSecrets({ Command: { RequestType: "InstallProfile", Payload: new TextEncoder().encode("hello") } })).toEqual({
    Command: {
      RequestType: "InstallProfile",
      Payload: "•••• (5 bytes, SHA-256 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824)",
    },
  });
});

test("masking leaves the original alone", () => {
  const value = { nested: { PIN: "123456" } };
  maskSecrets(value);
  expect(value).toEqual({ nested: { PIN: "123456" } });
});
