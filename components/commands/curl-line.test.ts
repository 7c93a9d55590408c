import { expect, test } from "vitest";
import { curlLine } from "./curl-line";

const base = { deviceId: "0a8b4f7c-1c1f-4f3e-8f60-1d9b5d0c7e11", requestXml: "<plist/>" };

test("a known command becomes its parameters, with data as bare base64", () => {
  const request = { CommandUUID: "x", Command: { RequestType: "InstallProfile", Payload: { $data: "AAEC" } } };
  const line = curlLine({ ...base, requestType: "InstallProfile", request }, "https://mdm.example");
  expect(line).toContain(`-d '{"requestType":"InstallProfile","parameters":{"Payload":"AAEC"}}'`);
  expect(line).toContain("'https://mdm.example/api/v1/devices/0a8b4f7c-1c1f-4f3e-8f60-1d9b5d0c7e11/commands'");
});

test("a quote cannot break out of the shell's word", () => {
  const request = { Command: { RequestType: "DeviceLock", Message: "it's lost; rm -rf" } };
  expect(curlLine({ ...base, requestType: "DeviceLock", request }, "https://mdm.example")).toContain(`it'\\''s lost; rm -rf`);
});

test("a command without a form goes as its property list", () => {
  const line = curlLine({ ...base, requestType: "SomethingNew", request: {} }, "https://mdm.example");
  expect(line).toContain(`"rawPlist":"<plist/>"`);
});
