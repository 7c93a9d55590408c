import { expect, test } from "vitest";
import { mergeStatus, readStatusReport } from "./status-report";

const report = (body: unknown) => readStatusReport(Buffer.from(JSON.stringify(body)));
const items = (StatusItems: object, more: object = {}) => report({ StatusItems, Errors: [], ...more });

test("items come apart at the dots of their names; dictionaries of Apple's stay whole, unknown names are kept", () => {
  const read = items({ device: { "operating-system": { version: "18.1" } }, management: { "client-capabilities": { "supported-versions": ["1.0.0"] }, "push-token": "AA==" }, odd: {} });
  expect({ ...read.items }).toEqual({
    "device.operating-system.version": "18.1",
    "management.client-capabilities": { "supported-versions": ["1.0.0"] },
    "management.push-token": "AA==",
    odd: {},
  });
});

test("a partial report changes what it names; elements come, change and go by their identifier", () => {
  const apps = (list: unknown[]) => items({ app: { managed: { list } } });
  let known = mergeStatus({ "passcode.is-present": true }, apps([{ identifier: "a", state: "queued" }, { identifier: "b" }]));
  known = mergeStatus(known, apps([{ identifier: "a", state: "managed" }, { identifier: "b", _removed: true }, { identifier: "c" }]));
  expect({ ...known }).toEqual({ "passcode.is-present": true, "app.managed.list": [{ identifier: "a", state: "managed" }, { identifier: "c" }] });
});

test("the list of declarations comes as a whole each time", () => {
  const declarations = (configurations: unknown[]) => items({ management: { declarations: { configurations } } });
  const known = mergeStatus(mergeStatus({}, declarations([{ identifier: "a" }, { identifier: "b" }])), declarations([{ identifier: "b" }]));
  expect(known["management.declarations"]).toEqual({ configurations: [{ identifier: "b" }] });
});

test("a full report takes the place of everything", () => {
  const known = { "passcode.is-present": true, "mdm.app": [{ identifier: "old" }] };
  expect({ ...mergeStatus(known, items({ mdm: { app: [{ identifier: "new" }] } }, { FullReport: true })) }).toEqual({ "mdm.app": [{ identifier: "new" }] });
});

test("the same report twice changes nothing", () => {
  const again = items({ mdm: { app: [{ identifier: "a" }, { identifier: "gone", _removed: true }] } });
  const once = mergeStatus({}, again);
  expect(mergeStatus(once, again)).toEqual(once);
});

test("an item may have any name", () => {
  const read = readStatusReport(Buffer.from('{"StatusItems":{"__proto__":{"polluted":1},"constructor":2}}'));
  expect(Object.entries(mergeStatus({}, read))).toEqual([["__proto__.polluted", 1], ["constructor", 2]]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test.each([
  ["no JSON", Buffer.from("{")],
  ["no UTF-8", Buffer.from([0x22, 0xff, 0x22])],
  ["no items", Buffer.from("{}")],
  ["a list", Buffer.from("[]")],
  ["a deep one", Buffer.from(`{"StatusItems":{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`)],
])("%s is refused by name", (_, bytes) => {
  expect(() => readStatusReport(bytes)).toThrow(expect.objectContaining({ name: "ProtocolError" }));
});
