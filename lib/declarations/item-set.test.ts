import { expect, test } from "vitest";
import type { AssignedDeclaration } from "./item-set";
import { EMPTY_SET, itemSetOf } from "./item-set";
import { serverTokenOf } from "./server-token";

function declaration(identifier: string, type: string, payload: object = {}): AssignedDeclaration {
  return { id: identifier, identifier, type, payload, serverToken: serverTokenOf({ identifier, type, payload }) };
}
const passcode = declaration("passcode", "com.apple.configuration.passcode.settings", { RequirePasscode: true });
const calendar = declaration("calendar", "com.apple.configuration.account.caldav", { HostName: "cal.example.com" });
const organization = declaration("organization", "com.apple.management.organization-info", { Name: "Example" });

test("configurations that no activation names get one; named ones and other kinds do not", () => {
  const activation = declaration("mine", "com.apple.activation.simple", { StandardConfigurations: ["calendar"] });
  const made = itemSetOf([passcode, calendar, organization]).items.find((item) => item.declarationId === null);
  expect(made).toMatchObject({ identifier: "muster.default-activation", type: "com.apple.activation.simple", payload: { StandardConfigurations: ["calendar", "passcode"] } });
  expect(itemSetOf([passcode, calendar, activation]).items.find((item) => item.declarationId === null)?.payload).toEqual({ StandardConfigurations: ["passcode"] });
  expect(itemSetOf([calendar, organization, activation]).items.map((item) => item.identifier)).toEqual(["calendar", "mine", "organization"]);
});

test("the token depends on the content alone, not on the order or the time", () => {
  const { token } = itemSetOf([passcode, calendar]);
  expect(itemSetOf([calendar, passcode])).toEqual(itemSetOf([passcode, calendar]));
  expect(itemSetOf([passcode]).token).not.toBe(token);
  expect(itemSetOf([declaration("passcode", passcode.type, { RequirePasscode: false }), calendar]).token).not.toBe(token);
  expect(EMPTY_SET).toEqual(itemSetOf([]));
});

test("the server token changes with any content, not with the order of keys, and fits Apple's 64 octets", () => {
  const token = serverTokenOf({ type: "t", identifier: "i", payload: { a: { c: 1, d: [1, 2] }, b: 2 } });
  expect(serverTokenOf({ type: "t", identifier: "i", payload: { b: 2, a: { d: [1, 2], c: 1 } } })).toBe(token);
  expect(serverTokenOf({ type: "t", identifier: "i", payload: { a: { c: 1, d: [2, 1] }, b: 2 } })).not.toBe(token);
  expect(token).toHaveLength(64);
});
