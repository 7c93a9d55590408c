import { describe, expect, test } from "vitest";
import { APNS_REASONS, LOCAL_REASONS, outcomeOf } from "./apns-outcome";

describe("every reason of APNs", () => {
  test("there are 32", () => {
    expect(Object.keys(APNS_REASONS)).toHaveLength(32);
  });

  test.each(Object.entries(APNS_REASONS))("%s is judged as its entry says", (reason, entry) => {
    expect(outcomeOf({ status: entry.status, reason })).toMatchObject({ kind: entry.kind, sentence: entry.sentence });
  });

  test.each(Object.entries(APNS_REASONS))("%s kills a token only with status 410", (reason, entry) => {
    expect(entry.kind === "dead-token").toBe(entry.status === 410);
    expect(outcomeOf({ status: 400, reason }).kind).not.toBe("dead-token");
    expect(outcomeOf({ status: null, reason }).kind).not.toBe("dead-token");
  });

  test.each(Object.entries(APNS_REASONS))("%s is retried soon when APNs itself is at fault", (_reason, entry) => {
    if (entry.status === 429 || entry.status >= 500) expect(entry.kind).toBe("retry");
  });
});

test.each(Object.entries(LOCAL_REASONS))("%s, given by ourselves, never kills a token", (reason, entry) => {
  expect(outcomeOf({ status: null, reason })).toMatchObject({ kind: entry.kind });
  expect(entry.kind).not.toBe("dead-token");
});

test("a reason nobody knows is judged by its status", () => {
  const kindOf = (status: number | null) => outcomeOf({ status, reason: "SomethingNew" }).kind;
  expect([400, 403, 404, 410, 418, 429, 500, 503, null].map(kindOf)).toEqual([
    "ours", "configuration", "ours", "dead-token", "ours", "retry", "retry", "retry", "retry",
  ]);
});

test("a reason that names a property of every object is not looked up as one", () => {
  expect(outcomeOf({ status: 503, reason: "constructor" }).kind).toBe("retry");
});

test("200 is accepted whatever else it says", () => {
  expect(outcomeOf({ status: 200, reason: null }).kind).toBe("accepted");
});
