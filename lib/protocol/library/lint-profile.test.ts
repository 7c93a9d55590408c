import { expect, test } from "vitest";
import { wifiPayload, wifiProfile } from "@/tests/support/library-profiles";
import type { PlistDictionary } from "../plist/plist-value";
import { lintProfile, refusedOutright } from "./lint-profile";

const ID = "com.example.office";
const lint = (changes: PlistDictionary = {}, payload: PlistDictionary = {}) => lintProfile(wifiProfile(ID, changes, payload));
const errors = (changes: PlistDictionary = {}, payload: PlistDictionary = {}) => lint(changes, payload).filter(({ severity }) => severity === "error");
const without = (key: string): PlistDictionary => {
  const { [key]: _, ...rest } = wifiProfile(ID);
  return rest;
};

test("a profile without a fault has nothing said against it", () => {
  expect(lint().filter(({ severity }) => severity !== "note")).toEqual([]);
});

test.each(["PayloadIdentifier", "PayloadUUID", "PayloadType", "PayloadVersion", "PayloadContent"])("a profile without %s has an error at its place", (key) => {
  expect(lintProfile(without(key))).toContainEqual(expect.objectContaining({ severity: "error", pointer: `/${key}` }));
});

test.each(["PayloadIdentifier", "PayloadUUID", "PayloadVersion"])("so has a payload without %s", (key) => {
  const { [key]: _, ...payload } = wifiPayload(ID);
  expect(errors({ PayloadContent: [payload] })).toContainEqual(expect.objectContaining({ pointer: `/PayloadContent/0/${key}` }));
});

test("required keys that are missing and values of a wrong type are errors, keys that nobody knows are warnings", () => {
  const { EncryptionType: _, ...payload } = wifiPayload(ID);
  expect(errors({}, { AutoJoin: "yes" })).toEqual([expect.objectContaining({ pointer: "/PayloadContent/0/AutoJoin" })]);
  expect(lint({}, { SSID: "Office" })).toContainEqual(expect.objectContaining({ severity: "warning", pointer: "/PayloadContent/0/SSID" }));
  const root = { PayloadType: "com.apple.security.root", PayloadVersion: 1, PayloadIdentifier: `${ID}.root`, PayloadUUID: "4F2B1A70-0000-4000-8000-000000000001" };
  expect(errors({ PayloadContent: [payload, root] })).toContainEqual(expect.objectContaining({ pointer: "/PayloadContent/1/PayloadContent" }));
});

test("a type that Apple's schema does not have is a warning: custom settings are sent as they stand", () => {
  expect(lint({}, { PayloadType: "com.example.app" }).map(({ severity }) => severity)).toEqual(["warning"]);
});

test("two payloads with one UUID are an error", () => {
  const uuid = "4F2B1A70-0000-4000-8000-000000000002";
  const payloads = [wifiPayload(ID, { PayloadUUID: uuid }), wifiPayload(`${ID}.other`, { PayloadUUID: uuid.toLowerCase() })];
  expect(errors({ PayloadContent: payloads })).toEqual([expect.objectContaining({ pointer: "/PayloadContent/1/PayloadUUID" })]);
});

test("what would replace our management, or pass for our enrollment profile, is not even kept", () => {
  const mdm = wifiProfile(ID, {}, { PayloadType: "com.apple.mdm" });
  const ours = wifiProfile("muster.enrollment");
  for (const profile of [mdm, ours, wifiProfile(ID, { PayloadType: "Profile Service" })]) expect(refusedOutright(profile, lintProfile(profile))).toHaveLength(1);
  const faulty = wifiProfile(ID, {}, { AutoJoin: "yes" });
  expect(refusedOutright(faulty, lintProfile(faulty))).toEqual([]);
});

test("an unknown variable is an error, one of another server a warning, and none may stand in the identifier", () => {
  expect(errors({}, { SSID_STR: "$MUSTER_SERIAL" })).toEqual([expect.objectContaining({ pointer: "/PayloadContent/0/SSID_STR", detail: expect.stringContaining("$MUSTER_SERIAL_NUMBER") })]);
  expect(errors({}, { SSID_STR: "${MUSTER_UDID" })).toHaveLength(1);
  expect(errors({}, { SSID_STR: "$MUSTER_UDID" })).toEqual([]);
  expect(lint({}, { SSID_STR: "$FLEET_VAR_HOST_HARDWARE_SERIAL" })).toContainEqual(expect.objectContaining({ severity: "warning", pointer: "/PayloadContent/0/SSID_STR" }));
  expect(lintProfile(wifiProfile("com.example.$MUSTER_UDID"))).toContainEqual(expect.objectContaining({ severity: "error", pointer: "/PayloadIdentifier" }));
});

test("what cannot be written as XML, or would be found again by no device, is an error", () => {
  expect(errors({}, { SSID_STR: "a\u0001b" })).toEqual([expect.objectContaining({ pointer: "" })]);
  for (const identifier of ["com.example.\u0000", "x".repeat(256)]) {
    const profile = wifiProfile(identifier);
    expect(refusedOutright(profile, lintProfile(profile))).toHaveLength(1);
  }
});

test("a profile that is encrypted for one device is an error", () => {
  expect(errors({ IsEncrypted: true })).toEqual([expect.objectContaining({ pointer: "/EncryptedPayloadContent" })]);
});
