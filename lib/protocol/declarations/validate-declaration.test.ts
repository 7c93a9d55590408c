import { expect, test } from "vitest";
import { declarationKind, isDeclarationIdentifier, validateDeclaration } from "./validate-declaration";

const PASSCODE = "com.apple.configuration.passcode.settings";

test.each([
  [PASSCODE, { RequirePasscode: true, MinimumLength: 6, CustomRegex: { Regex: "^.{6,}$", Description: { default: "six" } } }],
  ["com.apple.activation.simple", { StandardConfigurations: ["a", "b"], Predicate: "@status(device.model.family) == 'Mac'" }],
  ["com.apple.management.properties", { anything: [1, { at: "all" }], else: true }],
  ["com.apple.configuration.safari.extensions.settings", { ManagedExtensions: { "*": { State: "Allowed", AllowedDomains: ["example.com"] } } }],
  ["com.apple.configuration.management.status-subscriptions", { StatusItems: [{ Name: "device.operating-system.version" }] }],
])("%s as Apple describes it fits", (type, payload) => {
  expect(validateDeclaration(type, payload)).toEqual([]);
});

test.each([
  ["an unknown type", "com.apple.configuration.coffee", {}, "/type"],
  ["a name that every object has", "constructor", {}, "/type"],
  ["a payload that is none", PASSCODE, [], "/payload"],
  ["an unknown key", PASSCODE, { "Require/Passcode": true }, "/payload/Require~1Passcode"],
  ["a wrong type", PASSCODE, { RequirePasscode: "yes" }, "/payload/RequirePasscode"],
  ["a fraction", PASSCODE, { MinimumLength: 4.5 }, "/payload/MinimumLength"],
  ["a number that is too small", PASSCODE, { MaximumFailedAttempts: 1 }, "/payload/MaximumFailedAttempts"],
  ["a number that is too large", PASSCODE, { MinimumLength: 17 }, "/payload/MinimumLength"],
  ["a missing required key", "com.apple.activation.simple", {}, "/payload/StandardConfigurations"],
  ["a wrong item", "com.apple.activation.simple", { StandardConfigurations: ["a", 7] }, "/payload/StandardConfigurations/1"],
  ["a value that is not listed", "com.apple.asset.data", { Reference: { DataURL: "https://a/" }, Authentication: { Type: "Basic" } }, "/payload/Authentication/Type"],
  ["a missing key further down", "com.apple.asset.data", { Reference: {} }, "/payload/Reference/DataURL"],
  ["a wrong value below any name", "com.apple.configuration.safari.extensions.settings", { ManagedExtensions: { "*": { State: 1 } } }, "/payload/ManagedExtensions/*/State"],
  ["null", PASSCODE, { RequirePasscode: null }, "/payload/RequirePasscode"],
])("%s is refused with a pointer to it", (_, type, payload, pointer) => {
  expect(validateDeclaration(type, payload).map((error) => error.pointer)).toEqual([pointer]);
});

test("the kind stands in the type, and identifiers hold nothing that a path could not", () => {
  expect([declarationKind(PASSCODE), declarationKind("com.apple.asset.data"), declarationKind("org.example")]).toEqual(["configuration", "asset", null]);
  expect(["A.b_c-1", "", "a/b", "ä", "a".repeat(64), "a".repeat(65)].map(isDeclarationIdentifier)).toEqual([true, false, false, false, true, false]);
});
