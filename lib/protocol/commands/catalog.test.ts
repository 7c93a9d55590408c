import { expect, test } from "vitest";
import { COMMANDS } from "./catalog";
import type { CommandSpec, ParameterSpec } from "./command-spec";

function everyParameter(specs: readonly ParameterSpec[]): ParameterSpec[] {
  return specs.flatMap((spec) => [spec, ...everyParameter([...(spec.keys ?? []), ...(spec.items === undefined ? [] : [spec.items]), ...(spec.variants ?? [])])]);
}

const ALL: readonly CommandSpec[] = Object.values(COMMANDS);

test("the catalog holds every command, each under its own request type", () => {
  expect(ALL).toHaveLength(68);
  for (const [requestType, spec] of Object.entries(COMMANDS)) expect(spec.requestType).toBe(requestType);
  expect(COMMANDS["constructor"]).toBeUndefined();
});

test("everyday words find commands", () => {
  const found = (word: string) => ALL.filter((spec) => spec.words.includes(word)).map((spec) => spec.requestType);
  expect(found("wipe")).toEqual(["EraseDevice"]);
  expect(found("reboot")).toEqual(["RestartDevice"]);
  for (const spec of ALL) expect(spec.words.length, spec.requestType).toBeGreaterThan(1);
});

test("what destroys or locks out asks for the serial number; questions are harmless", () => {
  expect(ALL.filter((spec) => spec.danger === "serial").map((spec) => spec.requestType).toSorted()).toEqual(["DeleteUser", "DeviceLock", "EnableLostMode", "EraseDevice"]);
  expect(ALL.filter((spec) => spec.rank === 0).map((spec) => spec.requestType).toSorted()).toEqual(["ClearPasscode", "DeviceLock", "DisableLostMode", "EnableLostMode", "EraseDevice"]);
  for (const spec of ALL) if (spec.query) expect(spec.danger, spec.requestType).toBe("none");
});

test("what is never answered NotNow is so on every system that has it", () => {
  expect(ALL.filter((spec) => spec.neverDeferred).map((spec) => spec.requestType).toSorted()).toEqual([
    "ClearPasscode", "DeviceLock", "EraseDevice", "Restrictions", "UnlockUserAccount",
  ]);
});

test("every PIN, password, token and profile is a secret", () => {
  const parameters = ALL.flatMap((spec) => everyParameter(spec.parameters));
  const secret = new Set(parameters.filter((spec) => spec.secret === true).map((spec) => spec.name));
  expect([...secret].toSorted()).toEqual([
    "AppleCareToken", "BootstrapToken", "CurrentPassword", "MDMProfileData", "NewPassword", "PIN", "Password", "Payload", "PrivateKeyExport",
    "PrivateKeyExportPassword", "RedemptionCode", "UnlockToken", "WiFiProfileData", "passwordHash",
  ]);
});

test("arrays say what their items are, dictionaries what may be in them, and everything says what it is for", () => {
  for (const spec of ALL.flatMap((command) => everyParameter(command.parameters))) {
    expect(spec.items !== undefined, spec.name).toBe(spec.type === "array");
    const inside = [spec.keys, spec.variants, spec.freeForm].filter((part) => part !== undefined);
    expect(inside, spec.name).toHaveLength(spec.type === "dictionary" ? 1 : 0);
    expect(spec.help, spec.name).toMatch(/\.$/);
  }
});

test("a variant is told by its item, which names it", () => {
  const variants = COMMANDS["Settings"]?.parameters[0]?.items?.variants ?? [];
  expect(variants).toHaveLength(20);
  for (const variant of variants) {
    expect(variant.keys?.[0], variant.name).toMatchObject({ name: "Item", type: "string", required: true, values: [variant.name] });
  }
});

test("the old update commands end with the 27 systems, where log collection begins", () => {
  const on27 = (requestType: string) => Object.values(COMMANDS[requestType]?.systems ?? {}).filter((facts) => facts !== null);
  for (const requestType of ["AvailableOSUpdates", "OSUpdateStatus", "ScheduleOSUpdate", "ScheduleOSUpdateScan"]) {
    for (const facts of on27(requestType)) expect(facts.removed, requestType).toBe("27.0");
  }
  for (const requestType of ["TriggerEnhancedLogCollection", "CancelEnhancedLogCollection"]) {
    expect(on27(requestType).map((facts) => facts.introduced)).toEqual(["27.0", "27.0", "27.0"]);
  }
});

test("where a parameter differs from its command, its help says so", () => {
  const help = (requestType: string, name: string) => COMMANDS[requestType]?.parameters.find((spec) => spec.name === name)?.help;
  expect(help("EraseDevice", "ReturnToService")).toContain("iOS 17, tvOS 18 and later.");
  expect(help("EraseDevice", "PreserveDataPlan")).toContain("iOS 11 and later; watchOS.");
  expect(help("InstallProfile", "Payload")).not.toContain("later");
});
