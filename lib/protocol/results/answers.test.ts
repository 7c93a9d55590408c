import { expect, test } from "vitest";
import type { PlistDictionary } from "../plist/plist-value";
import { secretsOfAnswer } from "./answer-secrets";
import { inventoryOf } from "./inventory";
import { salvageReport } from "./salvage-report";

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ["UserList", { Users: [{ UserName: "ada" }] }, [{ UserName: "ada" }]],
  ["ManagedMediaList", { Books: [] }, []],
  ["NSExtensionMappings", { Extensions: [{ Identifier: "a" }] }, [{ Identifier: "a" }]],
  ["ManagedApplicationList", { ManagedApplicationList: { "org.example": { Status: "Managed", UnusedRedemptionCode: "secret" } } }, { "org.example": { Status: "Managed", UnusedRedemptionCode: "••••" } }],
  ["ManagedApplicationAttributes", { ApplicationAttributes: [{ Identifier: "org.example", Attributes: {} }, "odd"] }, { "org.example": { Identifier: "org.example", Attributes: {} } }],
  ["Restrictions", { GlobalRestrictions: {}, Status: "Acknowledged" }, { GlobalRestrictions: {} }],
  ["DeviceLocation", { Latitude: 47.4, Longitude: 8.5, Status: "Acknowledged" }, { Latitude: 47.4, Longitude: 8.5 }],
  ["ContentCachingInformation", { StatusResponse: { Active: true } }, { Active: true }],
])("an answer to %s tells what was asked", (requestType, body, value) => {
  expect(inventoryOf(requestType, body)).toMatchObject({ kind: requestType, value });
});

test("answers of another shape tell nothing", () => {
  const bodies: PlistDictionary[] = [{}, { Users: "none" }, { Users: 3n }];
  for (const body of bodies) expect(inventoryOf("UserList", body)).toBeNull();
  expect(inventoryOf("DeviceLocation", { Status: "Acknowledged" })).toBeNull();
});

test("secrets of answers are found, and only there", () => {
  expect(secretsOfAnswer("ActivationLockBypassCode", { ActivationLockBypassCode: "AB-12" })).toEqual([{ kind: "bypass-code", value: bytes("AB-12") }]);
  expect(secretsOfAnswer("SecurityInfo", { SecurityInfo: { FDE_PersonalRecoveryKeyCMS: bytes("cms") } })).toEqual([{ kind: "recovery-key", value: bytes("cms") }]);
  expect(secretsOfAnswer("RotateFileVaultKey", { RotateResult: { EncryptedNewRecoveryKey: bytes("cms") } })).toEqual([{ kind: "recovery-key", value: bytes("cms") }]);
  expect(secretsOfAnswer("RequestUnlockToken", { UnlockToken: bytes("t") })).toEqual([{ kind: "unlock-token", value: bytes("t") }]);
  expect(secretsOfAnswer("SecurityInfo", { SecurityInfo: "odd" })).toEqual([]);
  expect(secretsOfAnswer("ActivationLockBypassCode", { ActivationLockBypassCode: 7 })).toEqual([]);
  expect(secretsOfAnswer("ProfileList", { ActivationLockBypassCode: "x" })).toEqual([]);
});

const BROKEN = `<plist><dict><key>CommandUUID</key> <string>11111111-2222-4333-8444-555555555555</string>
  <key>InstalledApplicationList</key><array><dict><key>Name</key><string>a &nonsense; b</string>
  <key>Status</key><string>Acknowledged</string><key>UDID</key><string>0000-UDID</string>`;

test("a report that cannot be read still tells whose it is and what it ends", () => {
  expect(salvageReport(bytes(BROKEN))).toMatchObject({
    status: "Acknowledged", commandUuid: "11111111-2222-4333-8444-555555555555", unreadable: true, errorChain: null, channel: { kind: "device", key: "0000-UDID" },
  });
});

test.each(["", "nonsense", "bplist00", BROKEN.replace("UDID</key>", "X</key>"), BROKEN.replace("<key>CommandUUID", "<key>Other"), `${BROKEN}<key>MessageType</key>`])(
  "what is no report is not made into one: %#",
  (text) => {
    expect(salvageReport(bytes(text))).toBeNull();
  },
);
