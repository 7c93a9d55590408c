import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { COMMANDS } from "./catalog";
import type { ParameterSpec } from "./command-spec";

const SCHEMA = join(import.meta.dirname, "../../../../shared/apple-schema/mdm/commands");

function everyParameter(specs: readonly ParameterSpec[]): ParameterSpec[] {
  return specs.flatMap((spec) => [spec, ...everyParameter(spec.keys ?? []), ...everyParameter(spec.items === undefined ? [] : [spec.items])]);
}

test("the catalog holds the commands, each under its own request type", () => {
  expect(Object.keys(COMMANDS).toSorted()).toEqual([
    "CertificateList", "DeviceConfigured", "DeviceInformation", "DeviceLock", "EraseDevice", "InstallProfile",
    "InstalledApplicationList", "ProfileList", "RemoveProfile", "RestartDevice", "SecurityInfo",
  ]);
  for (const [requestType, spec] of Object.entries(COMMANDS)) expect(spec.requestType).toBe(requestType);
  expect(COMMANDS["constructor"]).toBeUndefined();
});

test("everyday words find commands", () => {
  const found = (word: string) => Object.values(COMMANDS).filter((spec) => spec.words.includes(word)).map((spec) => spec.requestType);
  expect(found("wipe")).toEqual(["EraseDevice"]);
  expect(found("reboot")).toEqual(["RestartDevice"]);
});

test("what destroys or locks out asks for the serial number and goes first; questions are harmless", () => {
  for (const spec of Object.values(COMMANDS)) {
    const isSecurity = spec.requestType === "EraseDevice" || spec.requestType === "DeviceLock";
    expect(spec.danger === "serial", spec.requestType).toBe(isSecurity);
    expect(spec.rank === 0, spec.requestType).toBe(isSecurity);
    expect(spec.neverDeferred, spec.requestType).toBe(isSecurity);
    expect(spec.danger === "none", spec.requestType).toBe(spec.query);
  }
});

test("every PIN and every profile is a secret", () => {
  const secret = Object.values(COMMANDS).flatMap((spec) => everyParameter(spec.parameters)).filter((spec) => spec.secret === true);
  expect(new Set(secret.map((spec) => spec.name))).toEqual(new Set(["PIN", "Payload", "WiFiProfileData", "MDMProfileData"]));
});

test("arrays say what their items are, dictionaries what their keys are", () => {
  for (const spec of Object.values(COMMANDS).flatMap((command) => everyParameter(command.parameters))) {
    expect(spec.items !== undefined, spec.name).toBe(spec.type === "array");
    expect(spec.keys !== undefined, spec.name).toBe(spec.type === "dictionary");
    if (spec.name !== "Enabled") expect(spec.help, spec.name).toMatch(/\.$/);
  }
});

/** The keys of a list of Apple's YAML at one indent: name and type. Enough of YAML for these files. */
function keysOfSchema(yaml: string): Map<string, string> {
  const payload = /^payloadkeys:\n((?:[ -].*\n|\n)*)/m.exec(yaml)?.[1] ?? "";
  return new Map([...payload.matchAll(/^- key: (\S+)\n(?: .*\n)*? {2}type: <(\w+)>/gm)].map(([, key = "", type = ""]) => [key, type]));
}

test.skipIf(!existsSync(SCHEMA))("every command has exactly the parameters of Apple's schema", () => {
  const checked = readdirSync(SCHEMA).map((file) => {
    const yaml = readFileSync(join(SCHEMA, file), "utf8");
    const spec = COMMANDS[/requesttype: (\S+)/.exec(yaml)?.[1] ?? ""];
    if (spec === undefined) return 0;
    expect(new Map(spec.parameters.map((parameter) => [parameter.name, parameter.type])), file).toEqual(keysOfSchema(yaml));
    return 1;
  });
  expect(checked.filter((count) => count === 1)).toHaveLength(Object.keys(COMMANDS).length);
});
