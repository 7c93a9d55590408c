import { expect, test } from "vitest";
import { elapsed, relativeTime } from "./format-time";

const NOW = Date.UTC(2025, 0, 15, 12);
const S = 1000;
const H = 3600 * S;

test.each([
  [3 * S, "just now"],
  [-3 * S, "just now"],
  [42 * S, "42 s ago"],
  [3 * 60 * S, "3 min ago"],
  [47 * H, "47 h ago"],
  [48 * H, "2 d ago"],
  [-12 * 24 * H, "in 12 d"],
  [120 * 24 * H, "3 months ago"],
])("%i ms before now reads %s", (before, words) => {
  expect(relativeTime(NOW - before, NOW)).toBe(words);
});

test("a duration never goes below zero", () => {
  expect(elapsed(-50)).toBe("0.0 s");
  expect(elapsed(432)).toBe("0.4 s");
  expect(elapsed(95 * S)).toBe("1 min");
});
