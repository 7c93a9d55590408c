import { expect, test } from "vitest";
import { assignmentError } from "./assignment-error";

test.each([
  [403, '"T_C_NOT_SIGNED"', false, "terms-not-signed", "T_C_NOT_SIGNED"],
  [403, '{"message":"T_C_NOT_SIGNED"}', true, "terms-not-signed", "T_C_NOT_SIGNED"],
  [401, "oauth_problem_advice=token_rejected", true, "token-rejected", null],
  [401, "oauth_problem=timestamp_refused", true, "clock-wrong", null],
  [400, "", true, "token-rejected", null],
  [400, "EXPIRED_CURSOR\r\n", false, "request-refused", "EXPIRED_CURSOR"],
  [404, "NOT_FOUND", false, "request-refused", "NOT_FOUND"],
  [403, "ACCESS_DENIED", false, "access-denied", "ACCESS_DENIED"],
  [403, '"FORBIDDEN"', false, "access-denied", "FORBIDDEN"],
  [429, "", false, "throttled", null],
  [503, "<html>", false, "throttled", null],
  [502, "<html>", false, "service-error", null],
] as const)("%i %s (opening a session: %s) is %s", (status, body, opening, problem, code) => {
  expect(assignmentError({ status, body, retryAfter: null }, { opening })).toMatchObject({ problem, code });
});

test("how long Apple wants to be left alone is taken from seconds and dates, within bounds", () => {
  const wait = (retryAfter: string) => assignmentError({ status: 429, body: "", retryAfter }, { opening: false }).retryAfterMs;
  expect(wait("120")).toBe(120_000);
  expect(wait("0")).toBe(1_000);
  expect(wait("99999999")).toBe(6 * 3_600_000);
  expect(wait(new Date(Date.now() + 600_000).toUTCString())).toBeGreaterThan(590_000);
  expect(wait("soon")).toBeNull();
});
