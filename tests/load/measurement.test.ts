import { expect, test } from "vitest";
import { quantile, tableRow } from "./measurement";

test("a quantile is the smallest value that enough of all do not exceed", () => {
  const values = Float64Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0.5, 0.95, 0.99, 1].map((share) => quantile(values, share))).toEqual([50, 95, 99, 100]);
  expect(quantile(new Float64Array(), 0.5)).toBe(0);
});

test("a row shows the median of the rounds with the range, and CPU for a thousand dialogues", () => {
  const rounds = [30, 10, 20].map((dialogues) => ({ dialogues, seconds: 2, latenciesMs: Float64Array.of(1), unexpected: 0, cpu: { app: 0.03, database: 0.06 } }));
  expect(tableRow("poll", 4, rounds)).toEqual(["poll", "4", "10 (5-15)", "1.0 (1.0-1.0)", "1.0 (1.0-1.0)", "1.0 (1.0-1.0)", "1.50 (1.00-3.00)", "3.00 (2.00-6.00)"]);
});
