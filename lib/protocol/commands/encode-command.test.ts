import { expect, test } from "vitest";
import { PlistReal } from "../plist/plist-value";
import { readPlist } from "../plist/read-plist";
import { commandPlist } from "./command-plist";
import type { ParameterSpec } from "./command-spec";
import { DEFAULT_DEVICE_QUERIES } from "./device-queries";
import { encodeCommand, readRawCommand, type EncodeError } from "./encode-command";
import { encodeKeys } from "./encode-value";
import { readCommandOf } from "./read-command";

function commandOf(requestType: string, parameters: Record<string, unknown>) {
  const encoded = encodeCommand(requestType, parameters);
  if (!encoded.ok) throw new Error(JSON.stringify(encoded.errors));
  return encoded.command;
}

function errorsOf(requestType: string, parameters: Record<string, unknown>): EncodeError[] {
  const encoded = encodeCommand(requestType, parameters);
  return encoded.ok ? [] : encoded.errors;
}

test("a command travels as {Command, CommandUUID} with exact types", () => {
  const command = commandOf("EraseDevice", {
    PIN: "123456",
    PreserveDataPlan: true,
    ObliterationBehavior: "DoNotObliterate",
    ReturnToService: { Enabled: true, WiFiProfileData: "aGVsbG8=" },
  });
  const xml = commandPlist("3F2504E0-4F89-41D3-9A0C-0305E82C3301", command);
  expect(xml).toContain("<string>123456</string>");
  expect(xml).toContain("<data>aGVsbG8=</data>");
  expect(readPlist(new TextEncoder().encode(xml))).toEqual({
    CommandUUID: "3F2504E0-4F89-41D3-9A0C-0305E82C3301",
    Command: {
      RequestType: "EraseDevice",
      PreserveDataPlan: true,
      PIN: "123456",
      ObliterationBehavior: "DoNotObliterate",
      ReturnToService: { Enabled: true, WiFiProfileData: new TextEncoder().encode("hello") },
    },
  });
  expect(readCommandOf(new TextEncoder().encode(xml))).toEqual(command);
});

test("parameters that are left out are not sent", () => {
  expect(commandOf("EraseDevice", { PIN: undefined })).toEqual({ RequestType: "EraseDevice" });
  expect(commandOf("SecurityInfo", {})).toEqual({ RequestType: "SecurityInfo" });
});

test("DeviceInformation asks the usual questions when none are given", () => {
  expect(commandOf("DeviceInformation", {})).toEqual({ RequestType: "DeviceInformation", Queries: DEFAULT_DEVICE_QUERIES });
  expect(DEFAULT_DEVICE_QUERIES).toEqual(expect.arrayContaining(["UDID", "OSVersion", "IsSupervised", "PINRequiredForEraseDevice"]));
  expect(DEFAULT_DEVICE_QUERIES).not.toContain("PushToken");
});

test.each<[string, string, Record<string, unknown>, EncodeError[]]>([
  ["an unknown command", "Explode", {}, [{ pointer: "/requestType", detail: "this command is not known; send it as a raw property list" }]],
  ["a name of JavaScript's", "constructor", {}, [{ pointer: "/requestType", detail: "this command is not known; send it as a raw property list" }]],
  ["an unknown parameter", "DeviceLock", { "a/b~c": 1 }, [{ pointer: "/a~1b~0c", detail: "this parameter is not known" }]],
  ["an unknown nested parameter", "EraseDevice", { ReturnToService: { Enabled: true, Wifi: "" } }, [{ pointer: "/ReturnToService/Wifi", detail: "this parameter is not known" }]],
  ["a missing parameter", "RemoveProfile", {}, [{ pointer: "/Identifier", detail: "is required" }]],
  ["a missing nested parameter", "EraseDevice", { ReturnToService: {} }, [{ pointer: "/ReturnToService/Enabled", detail: "is required" }]],
  ["an empty text", "RemoveProfile", { Identifier: "" }, [{ pointer: "/Identifier", detail: "must not be empty" }]],
  ["a control character", "RemoveProfile", { Identifier: "a\u0000" }, [{ pointer: "/Identifier", detail: "holds a control character" }]],
  ["null", "RemoveProfile", { Identifier: null }, [{ pointer: "/Identifier", detail: "must be text" }]],
  ["a short PIN", "DeviceLock", { PIN: "12345" }, [{ pointer: "/PIN", detail: "must be 6 digits" }]],
  ["a PIN with a line after it", "DeviceLock", { PIN: "123456\n" }, [{ pointer: "/PIN", detail: "must be 6 digits" }]],
  ["a PIN as a number", "DeviceLock", { PIN: 123456 }, [{ pointer: "/PIN", detail: "must be text" }]],
  ["text for a boolean", "RestartDevice", { NotifyUser: "true" }, [{ pointer: "/NotifyUser", detail: "must be true or false" }]],
  ["text for a list", "RestartDevice", { KextPaths: "/Library" }, [{ pointer: "/KextPaths", detail: "must be a list" }]],
  ["a wrong item", "RestartDevice", { KextPaths: ["/Library", 7] }, [{ pointer: "/KextPaths/1", detail: "must be text" }]],
  ["a list for a dictionary", "EraseDevice", { ReturnToService: [] }, [{ pointer: "/ReturnToService", detail: "must be an object" }]],
  ["a value that is not listed", "EraseDevice", { ObliterationBehavior: "Maybe" }, [{ pointer: "/ObliterationBehavior", detail: "must be one of Default, DoNotObliterate, ObliterateWithWarning, Always" }]],
  ["an unknown query", "DeviceInformation", { Queries: ["UDID", "ShoeSize"] }, [{ pointer: "/Queries/1", detail: "is not a value that Apple lists" }]],
  ["no query", "DeviceInformation", { Queries: [] }, [{ pointer: "/Queries", detail: "must not be empty" }]],
  ["bad base64", "InstallProfile", { Payload: "a*b" }, [{ pointer: "/Payload", detail: "must be base64" }]],
  ["empty data", "InstallProfile", { Payload: "" }, [{ pointer: "/Payload", detail: "must not be empty" }]],
  ["too much data", "DeviceInformation", { DeviceAttestationNonce: btoa("x".repeat(33)) }, [{ pointer: "/DeviceAttestationNonce", detail: "must be at most 32 bytes" }]],
])("%s is refused with its place", (_name, requestType, parameters, errors) => {
  expect(errorsOf(requestType, parameters)).toEqual(errors);
});

test("every bad place is told at once", () => {
  expect(errorsOf("EraseDevice", { PIN: "x", PreserveDataPlan: 1, Extra: true }).map((error) => error.pointer)).toEqual(["/Extra", "/PreserveDataPlan", "/PIN"]);
});

test("types that no command of the catalog has yet are encoded too", () => {
  const specs: ParameterSpec[] = [
    { name: "Count", type: "integer", required: true, min: 1, max: 9, help: "" },
    { name: "Level", type: "real", required: true, help: "" },
    { name: "At", type: "date", required: true, help: "" },
  ];
  const errors: EncodeError[] = [];
  expect(encodeKeys(specs, { Count: 3, Level: 1, At: "2030-01-31T12:00:00+02:00" }, "", errors)).toEqual({
    Count: 3,
    Level: new PlistReal(1),
    At: new Date("2030-01-31T10:00:00Z"),
  });
  expect(encodeKeys(specs, { Count: 10, Level: Number.NaN, At: "tomorrow" }, "", errors)).toBeNull();
  expect(errors).toEqual([
    { pointer: "/Count", detail: "must be at most 9" },
    { pointer: "/Level", detail: "must be a number" },
    { pointer: "/At", detail: "must be a time like 2030-01-31T12:00:00Z" },
  ]);
});

test("a raw command is read whole or bare, and its UUID is not taken over", () => {
  const bare = "<dict><key>RequestType</key><string>Settings</string><key>Level</key><real>1</real></dict>";
  const command = { RequestType: "Settings", Level: new PlistReal(1) };
  const whole = `\n<?xml version="1.0"?><plist><dict><key>CommandUUID</key><string>mine</string><key>Command</key>${bare}</dict></plist>\n`;
  expect(readRawCommand(bare)).toEqual({ ok: true, requestType: "Settings", command });
  expect(readRawCommand(whole)).toEqual({ ok: true, requestType: "Settings", command });
});

test.each([
  ["<dict>", "", "the XML is not well formed"],
  ["<array/>", "", "must be a dictionary"],
  ["<string>\u0007</string>", "", "holds a control character"],
  ["<dict/>", "/RequestType", "is required"],
  ["<dict><key>RequestType</key><integer>1</integer></dict>", "/RequestType", "is required"],
  ["<dict><key>Command</key><string>x</string></dict>", "/Command", "must be a dictionary"],
  ["<dict><key>Command</key><dict/></dict>", "/Command/RequestType", "is required"],
  [`<dict><key>RequestType</key><string>${"x".repeat(101)}</string></dict>`, "/RequestType", "is too long"],
])("the raw command %s is refused with its place", (xml, pointer, detail) => {
  expect(readRawCommand(xml)).toEqual({ ok: false, errors: [{ pointer, detail }] });
});
