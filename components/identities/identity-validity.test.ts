import { expect, test } from "vitest";
import { identityValidity } from "./identity-validity";

const NOW = Date.UTC(2026, 0, 1);
const inDays = (days: number): string => new Date(NOW + days * 86_400_000).toISOString();

test("an identity warns in its last month and alarms in its last week and after it", () => {
  expect([200, 29, 6, -1].map((days) => identityValidity(inDays(days), NOW).tone)).toEqual(["good", "warning", "bad", "bad"]);
  expect(identityValidity(inDays(-1), NOW).label).toBe("Expired");
});
