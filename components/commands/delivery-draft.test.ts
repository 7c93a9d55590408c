import { expect, test } from "vitest";
import { AT_ONCE, deliveryOf, deliveryWords } from "./delivery-draft";

const NOW = Date.parse("2026-03-01T10:00:20Z");

test("at once without an end is a push and nothing else", () => {
  expect(deliveryOf(AT_ONCE, NOW)).toEqual({ ok: true, delivery: { push: true } });
  expect(deliveryWords(AT_ONCE)).toBe("at once, never expires");
});

test("a life is counted from the time the command may go out, up to the minute", () => {
  expect(deliveryOf({ at: null, expiry: "1", push: true }, NOW)).toEqual({ ok: true, delivery: { push: true, expiresAt: "2026-03-01T11:01:00.000Z" } });
  expect(deliveryOf({ at: "2026-03-02T08:00:00Z", expiry: "24", push: false }, NOW)).toEqual({
    ok: true,
    delivery: { push: false, notBefore: "2026-03-02T08:00:00.000Z", expiresAt: "2026-03-03T08:00:00.000Z" },
  });
});

test("the same form sent again within the minute asks for the same", () => {
  const draft = { at: null, expiry: "1", push: true } as const;
  expect(deliveryOf(draft, NOW)).toEqual(deliveryOf(draft, NOW + 30_000));
});

test("a time that is missing or over is said, not sent", () => {
  expect(deliveryOf({ ...AT_ONCE, at: "" }, NOW)).toEqual({ ok: false, error: "Choose a date and a time." });
  expect(deliveryOf({ ...AT_ONCE, at: "2026-03-01T09:00:00Z" }, NOW)).toEqual({ ok: false, error: "This time is over." });
});
