import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decodeDeviceMessage, type CheckinMessage, type CommandReport } from "./checkin-message";
import type { PlistDictionary, PlistValue } from "./plist/plist-value";
import { writePlist } from "./plist/write-plist";
import { ProtocolError } from "./protocol-error";

const FIXTURES = join(import.meta.dirname, "../../tests/fixtures");
const SAMPLES = join(import.meta.dirname, "../../../shared/protocol/samples");

const TOPIC = "com.apple.mgmt.External.muster-test";
const PHONE = "00008120-001C59E40A0B601E";
const MAC = "5B0B6F1C-7A0E-5C54-9F0A-3E2D1C4B5A69";
const ADA = "0E5C8A70-3D1B-4F6A-8E2D-91B7C6A5D4E3";

function fixture(name: string) {
  return decodeDeviceMessage(readFileSync(join(FIXTURES, `${name}.plist`)));
}

function checkin(name: string): CheckinMessage {
  const decoded = fixture(name);
  if (decoded.kind !== "checkin") throw new Error("not a check-in message");
  return decoded.message;
}

function report(name: string): CommandReport {
  const decoded = fixture(name);
  if (decoded.kind !== "report") throw new Error("not a report");
  return decoded.report;
}

function decode(value: PlistValue) {
  return decodeDeviceMessage(new TextEncoder().encode(writePlist(value)));
}

function deviceChannel(udid: string) {
  return { kind: "device", deviceKey: udid, deviceKeyKind: "udid", key: udid, userId: null, userShortName: null, userLongName: null };
}

test("Authenticate of an iPhone: what iOS does not send is null", () => {
  expect(checkin("authenticate-iphone")).toEqual({
    messageType: "Authenticate",
    channel: deviceChannel(PHONE),
    topic: TOPIC,
    deviceName: null,
    model: null,
    modelName: null,
    productName: "iPhone15,3",
    osVersion: "18.6",
    buildVersion: "22G86",
    serialNumber: "F7Q2XK9MNP",
    imei: "35 104702 915634 8",
    meid: "35104702915634",
  });
});

test("Authenticate of a Mac: unknown keys are ignored", () => {
  expect(checkin("authenticate-mac")).toMatchObject({ channel: deviceChannel(MAC), deviceName: "Ada & Bob's Mac <3", modelName: "MacBook Pro", imei: null });
});

test("TokenUpdate of a device", () => {
  const message = checkin("token-update-iphone");
  expect(message).toMatchObject({ messageType: "TokenUpdate", channel: deviceChannel(PHONE), topic: TOPIC, awaitingConfiguration: true, notOnConsole: null });
  if (message.messageType !== "TokenUpdate") throw new Error("another message");
  expect(message.token).toHaveLength(32);
  expect(message.unlockToken).toHaveLength(1288);
});

test("TokenUpdate of a user of a Mac", () => {
  expect(checkin("token-update-mac-user")).toMatchObject({
    channel: { kind: "user", deviceKey: MAC, key: `${MAC}:${ADA}`, userId: ADA, userShortName: "ada", userLongName: "Ada Example" },
    unlockToken: null,
    awaitingConfiguration: false,
    notOnConsole: false,
  });
});

test("users of a Shared iPad are told apart by their short names", () => {
  expect(checkin("token-update-shared-ipad-user").channel?.key).toBe("00008101-000E24C21E08001E:pupil@example.org");
});

test("a User Enrollment is named by EnrollmentID and EnrollmentUserID", () => {
  expect(checkin("token-update-user-enrollment").channel).toMatchObject({
    kind: "user",
    deviceKeyKind: "enrollment-id",
    deviceKey: "9C6F8B1E-0D3A-4C27-B5E8-71A2F04D96C3",
    key: "9C6F8B1E-0D3A-4C27-B5E8-71A2F04D96C3:41D7A0B5-62EC-4F89-8B13-D5C09E7A2F64",
  });
});

test("CheckOut", () => {
  expect(checkin("check-out")).toEqual({ messageType: "CheckOut", channel: deviceChannel(PHONE), topic: TOPIC });
});

test("SetBootstrapToken; a missing or empty token withdraws the one held, a token of another type does not", () => {
  const message = checkin("set-bootstrap-token");
  expect(message).toMatchObject({ messageType: "SetBootstrapToken", channel: deviceChannel(MAC) });
  expect(message.messageType === "SetBootstrapToken" && message.bootstrapToken).toBeInstanceOf(Uint8Array);
  const nothings: PlistDictionary[] = [{}, { BootstrapToken: new Uint8Array(0) }];
  for (const nothing of nothings) {
    expect(decode({ MessageType: "SetBootstrapToken", UDID: MAC, ...nothing })).toMatchObject({ message: { bootstrapToken: null } });
  }
  expect(() => decode({ MessageType: "SetBootstrapToken", UDID: MAC, BootstrapToken: "text" })).toThrow(ProtocolError);
});

test.each<[string, PlistDictionary, Record<string, unknown>]>([
  ["GetBootstrapToken", {}, {}],
  ["ReturnToService", {}, {}],
  ["UserAuthenticate", { UserID: ADA }, { digestResponse: null }],
  ["UserAuthenticate", { UserID: ADA, DigestResponse: "Digest x" }, { digestResponse: "Digest x" }],
  ["GetToken", { TokenServiceType: "com.apple.maid" }, { tokenServiceType: "com.apple.maid", tokenParameters: null }],
  ["GetToken", { TokenServiceType: "com.apple.watch.pairing", TokenParameters: { PhoneUDID: "p" } }, { tokenParameters: { PhoneUDID: "p" } }],
  ["DeclarativeManagement", { Endpoint: "tokens" }, { endpoint: "tokens", data: null }],
  ["DeclarativeManagement", { Endpoint: "status", Data: new Uint8Array([123, 125]) }, { endpoint: "status", data: new Uint8Array([123, 125]) }],
])("%s %j", (messageType, keys, expected) => {
  expect(decode({ MessageType: messageType, UDID: MAC, Tomorrow: true, ...keys })).toMatchObject({ message: { messageType, ...expected } });
});

test("a User Enrollment hides the hardware, whatever the message holds", () => {
  const message = { MessageType: "Authenticate", Topic: TOPIC, EnrollmentID: "e", SerialNumber: "s", IMEI: "i", MEID: "m", ProductName: "iPhone16,1" };
  expect(decode(message)).toMatchObject({ message: { channel: { deviceKey: "e", deviceKeyKind: "enrollment-id" }, serialNumber: null, imei: null, meid: null, productName: "iPhone16,1" } });
});

test("a TokenUpdate that says no more than it must is enough on every channel", () => {
  const least = { MessageType: "TokenUpdate", Topic: TOPIC, Token: new Uint8Array(32), PushMagic: "m" };
  const senders: PlistDictionary[] = [{ UDID: "x" }, { EnrollmentID: "x" }, { UDID: "x", UserID: ADA }, { EnrollmentID: "x", EnrollmentUserID: ADA }];
  for (const names of senders) {
    expect(decode({ ...least, ...names })).toMatchObject({ message: { unlockToken: null, awaitingConfiguration: false, notOnConsole: null } });
  }
});

test("a message type nobody knows is decoded as unknown, even from nobody", () => {
  expect(decode({ MessageType: "Surprise" })).toEqual({ kind: "checkin", message: { messageType: "Unknown", name: "Surprise", channel: null } });
  expect(decode({ MessageType: "__proto__", UDID: "x" })).toMatchObject({ message: { messageType: "Unknown", name: "__proto__" } });
});

test("Idle", () => {
  expect(report("idle")).toEqual({
    channel: deviceChannel(PHONE),
    status: "Idle",
    commandUuid: null,
    errorChain: null,
    body: { Status: "Idle", UDID: PHONE },
  });
});

test("NotNow on a user channel", () => {
  expect(report("not-now-mac-user")).toMatchObject({
    status: "NotNow",
    commandUuid: "2C8E4F90-1B7D-4A36-9E05-8D6F3A7C1B24",
    channel: { kind: "user", key: `${MAC}:${ADA}` },
    body: { NotOnConsole: true },
  });
});

test("Error with its chain; a missing text is null", () => {
  expect(report("error").errorChain).toEqual([
    { ErrorCode: 4001, ErrorDomain: "MCInstallationErrorDomain", LocalizedDescription: "Profil nicht installiert „Büro“", USEnglishDescription: "The profile could not be installed." },
    { ErrorCode: 2003, ErrorDomain: "MCPayloadErrorDomain", LocalizedDescription: "Feld ungültig", USEnglishDescription: null },
  ]);
});

test("MessageType decides before Status, on whatever URL", () => {
  expect(decode({ MessageType: "CheckOut", Status: "Idle", UDID: "x" })).toMatchObject({ kind: "checkin" });
});

test("a status of tomorrow is passed on", () => {
  expect(decode({ Status: "Later", UDID: "x", CommandUUID: "u" })).toMatchObject({ report: { status: "Later", commandUuid: "u" } });
});

test("identifiers are opaque text", () => {
  for (const udid of ["../../etc/passwd", "'; DROP TABLE \"Device\";--", "ü 📱", "0".repeat(40)]) {
    expect(decode({ Status: "Idle", UDID: udid })).toMatchObject({ report: { channel: { deviceKey: udid, key: udid } } });
  }
});

test("no device can pass for a user of another", () => {
  const device = decode({ Status: "Idle", UDID: "A:B" });
  const user = decode({ Status: "Idle", UDID: "A", UserID: "B" });
  expect(user).toMatchObject({ report: { channel: { key: "A:B" } } });
  expect(device).toMatchObject({ report: { channel: { kind: "device", key: "A%3AB" } } });
});

test.each<[string, PlistValue]>([
  ["a list", []],
  ["a dictionary that says nothing", { UDID: "x" }],
  ["a report from nobody", { Status: "Idle" }],
  ["an identifier of another type", { Status: "Idle", UDID: 7 }],
  ["an empty identifier", { Status: "Idle", UDID: "" }],
  ["an endless identifier", { Status: "Idle", UDID: "x".repeat(256) }],
  ["a user of a Shared iPad without a name", { Status: "Idle", UDID: "x", UserID: "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF" }],
  ["Authenticate without a topic", { MessageType: "Authenticate", UDID: "x" }],
  ["Authenticate from nobody", { MessageType: "Authenticate", Topic: "t" }],
  ["TokenUpdate without a token", { MessageType: "TokenUpdate", UDID: "x", Topic: "t", PushMagic: "m" }],
  ["TokenUpdate with an empty token", { MessageType: "TokenUpdate", UDID: "x", Topic: "t", PushMagic: "m", Token: new Uint8Array(0) }],
  ["UserAuthenticate of nobody", { MessageType: "UserAuthenticate", UDID: "x" }],
  ["GetToken of no service", { MessageType: "GetToken", UDID: "x" }],
  ["DeclarativeManagement without an endpoint", { MessageType: "DeclarativeManagement", UDID: "x" }],
  ["an endless topic", { MessageType: "Authenticate", UDID: "x", Topic: "t".repeat(5_000) }],
  ["an endless token", { MessageType: "TokenUpdate", UDID: "x", Topic: "t", PushMagic: "m", Token: new Uint8Array(5_000) }],
  ["TokenUpdate without a magic", { MessageType: "TokenUpdate", UDID: "x", Topic: "t", Token: new Uint8Array(32) }],
])("%s is refused", (_name, value) => {
  expect(() => decode(value)).toThrow(ProtocolError);
});

test.skipIf(!existsSync(SAMPLES))("every shared sample of a message is decoded", () => {
  for (const name of readdirSync(SAMPLES).filter((file) => file !== "machineinfo.plist")) {
    const decoded = decodeDeviceMessage(readFileSync(join(SAMPLES, name)));
    const channel = decoded.kind === "report" ? decoded.report.channel : decoded.message.channel;
    expect(channel?.deviceKeyKind, name).toBe("udid");
  }
});
