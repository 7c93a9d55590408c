import { expect, test } from "vitest";
import { readPlist } from "../plist/read-plist";
import { deviceErrorBody, type DeviceError } from "./device-error";

const UNRECOGNIZED: DeviceError = { code: "com.apple.unrecognized.device", description: "no record" };
const UPDATE: DeviceError = { code: "com.apple.softwareupdate.required", details: { OSVersion: "18.1", BuildVersion: "22B83" } };

test.each([
  [null, "xml"],
  ["*/*", "xml"],
  ["application/json", "json"],
  ["Application/JSON; charset=utf-8", "json"],
  ["application/xml;q=0.5, application/json", "json"],
  ["application/json;q=0.4, text/xml;q=0.8", "xml"],
  ["application/json;q=0", "xml"],
  ["application/jsonp", "xml"],
])("Accept %s is answered in %s", (accept, kind) => {
  const { contentType, body } = deviceErrorBody(UNRECOGNIZED, accept);
  expect(contentType).toBe(kind === "json" ? "application/json" : "application/xml; charset=UTF-8");
  const value: unknown = kind === "json" ? JSON.parse(body) : readPlist(new TextEncoder().encode(body));
  expect(value).toEqual(UNRECOGNIZED);
});

test("details keep their shape in both kinds", () => {
  expect(JSON.parse(deviceErrorBody(UPDATE, "application/json").body)).toEqual(UPDATE);
  expect(readPlist(new TextEncoder().encode(deviceErrorBody(UPDATE, null).body))).toEqual(UPDATE);
});
