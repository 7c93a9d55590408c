import { expect, test } from "vitest";
import { wifiProfile, WIFI_PASSWORD } from "@/tests/support/library-profiles";
import { readPlist } from "../plist/read-plist";
import { writePlist } from "../plist/write-plist";
import { readableProfile } from "./readable-profile";
import { fillVariables, variablesIn, type VariableValues } from "./variables";

const VALUES: VariableValues = {
  SERIAL_NUMBER: "C02X", UDID: null, DEVICE_NAME: "</string><key>Evil</key>&", MODEL_NAME: "iPad", PRODUCT_NAME: "iPad14,5", OS_VERSION: "18.1", OWNER: "ada@example.com", DEVICE_ID: "1",
};

test("values are filled in wherever text stands, and the longest name counts", () => {
  expect(fillVariables(["$MUSTER_SERIAL_NUMBER-x", { a: "${MUSTER_SERIAL_NUMBER}_x" }, 7], VALUES)).toEqual(["C02X-x", { a: "C02X_x" }, 7]);
  expect(variablesIn("$MUSTER_SERIAL_NUMBER_X costs $5")).toEqual([{ name: "SERIAL_NUMBER_X", pointer: "", variable: null }]);
});

test("a value cannot break out of its place in the property list", () => {
  const filled = fillVariables({ Name: "$MUSTER_DEVICE_NAME" }, VALUES);
  expect({ ...(readPlist(Buffer.from(writePlist(filled))) as object) }).toEqual({ Name: VALUES.DEVICE_NAME });
});

test("a value that holds the name of a variable is not filled in again", () => {
  expect(fillVariables("$MUSTER_OWNER", { ...VALUES, OWNER: "$MUSTER_SERIAL_NUMBER" })).toBe("$MUSTER_SERIAL_NUMBER");
});

test("one without a value stays as it stands; unknown names and open braces are found as such", () => {
  expect(fillVariables("$MUSTER_UDID", VALUES)).toBe("$MUSTER_UDID");
  expect(variablesIn({ a: ["$MUSTER_UDID", "$MUSTER_NOPE", "${MUSTER_UDID"] })).toEqual([
    { name: "UDID", pointer: "/a/0", variable: "UDID" }, { name: "NOPE", pointer: "/a/1", variable: null }, { name: "UDID", pointer: "/a/2", variable: null },
  ]);
});

test("what people see of a profile holds no secret and no data", () => {
  const profile = wifiProfile("com.example.office", { RemovalDate: new Date(0) }, { PayloadContent: Buffer.from("the private key") });
  const shown = readableProfile(profile);
  const text = JSON.stringify(shown);
  expect(text).not.toContain(WIFI_PASSWORD);
  expect(text).not.toContain(Buffer.from("the private key").toString("base64"));
  expect(shown.payloads).toEqual([expect.objectContaining({ title: "Wi-Fi", values: expect.objectContaining({ SSID_STR: "Office", Password: "••••", PayloadContent: expect.stringContaining("15 bytes") }) })]);
});
