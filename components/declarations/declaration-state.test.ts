import { expect, test } from "vitest";
import { itemWords, syncWords } from "./declaration-state";

const ITEM = { identifier: "a", type: "com.apple.activation.simple", serverToken: "2", declarationId: null, active: true, valid: "valid", reportedServerToken: "2", reasons: [] };

test("a channel is in sync only when the newest list was read", () => {
  expect(syncWords({ token: "b", fetchedToken: "b" }).label).toBe("In sync");
  expect(syncWords({ token: "b", fetchedToken: "a" }).label).toBe("Out of date");
  expect(syncWords({ token: "b", fetchedToken: null }).label).toBe("Not read yet");
  expect(syncWords({ token: null, fetchedToken: null }).label).toBe("Not started");
});

test("what the device reports of a declaration is never made better than it is", () => {
  expect(itemWords(ITEM).label).toBe("Active");
  expect(itemWords({ ...ITEM, valid: "invalid" }).label).toBe("Invalid");
  expect(itemWords({ ...ITEM, reportedServerToken: "1" }).label).toBe("Earlier version");
  expect(itemWords({ ...ITEM, active: false }).label).toBe("Inactive");
  expect(itemWords({ ...ITEM, active: false, valid: "unknown" }).label).toBe("Unknown");
  expect(itemWords({ ...ITEM, active: null, valid: null, reportedServerToken: null }).label).toBe("Not reported");
});
