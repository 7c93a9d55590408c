import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { PushAnswer } from "./apns-request";
import { outcomeOf } from "./apns-outcome";
import { retryTime } from "./push-backoff";
import { pushBrake, type PushBrake } from "./push-brake";

function answer(status: number | null, reason: string | null, retryAfterMs: number | null = null): PushAnswer {
  return { apnsId: "", status, reason, deadSince: null, retryAfterMs };
}
const note = (brake: PushBrake, given: PushAnswer) => brake.note(outcomeOf(given).kind, given);
const OK = answer(200, null);

describe("the brake of a topic", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function provenBrake() {
    const brake = pushBrake();
    note(brake, OK);
    return brake;
  }

  test("one push tries the connection before others follow", () => {
    const brake = pushBrake();
    expect(brake.proven()).toBe(false);
    note(brake, OK);
    expect(brake.proven()).toBe(true);
  });

  test.each([
    [answer(403, "BadCertificate"), 60_000],
    [answer(400, "BadTopic"), 60_000],
    [answer(null, "tls-failure"), 60_000],
    [answer(null, "connection-failed"), 2_000],
  ])("%o stops the topic at once", (failure, pauseMs) => {
    const brake = provenBrake();
    expect(note(brake, failure)).toBe(true);
    expect(brake.pausedMs()).toBe(pauseMs);
    expect(brake.proven()).toBe(false);
  });

  test("the pause grows with each failed try, up to its end, and success forgets it", () => {
    const brake = pushBrake();
    const pauses: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      note(brake, answer(null, "connection-failed"));
      pauses.push(brake.pausedMs() / 1000);
      vi.advanceTimersByTime(brake.pausedMs());
    }
    expect(pauses).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
    note(brake, OK);
    note(brake, answer(null, "connection-failed"));
    expect(brake.pausedMs()).toBe(2_000);
  });

  test("answers that were under way when the pause began do not lengthen it", () => {
    const brake = provenBrake();
    for (let count = 0; count < 500; count += 1) note(brake, answer(403, "Forbidden"));
    expect(brake.pausedMs()).toBe(60_000);
  });

  test.each([answer(503, "ServiceUnavailable"), answer(null, "timeout")])(
    "%o is about one device until nothing else comes",
    (failure) => {
      const brake = provenBrake();
      const shared = Array.from({ length: 20 }, () => note(brake, failure));
      expect(shared.indexOf(true)).toBe(19);
      expect(brake.pausedMs()).toBeGreaterThan(0);
    },
  );

  test("refused tokens alone raise an alarm after 20 and stop the topic after 100", () => {
    const brake = provenBrake();
    const shared = Array.from({ length: 99 }, () => note(brake, answer(400, "BadDeviceToken")));
    expect(shared.indexOf(true)).toBe(19);
    expect(brake.pausedMs()).toBe(0);
    note(brake, answer(400, "BadDeviceToken"));
    expect(brake.pausedMs()).toBe(60_000);
  });

  test("where no push has ever got through, 20 refused tokens stop the topic", () => {
    const brake = pushBrake();
    for (let count = 0; count < 20; count += 1) note(brake, answer(400, "DeviceTokenNotForTopic"));
    expect(brake.pausedMs()).toBe(60_000);
  });

  test("good answers between refused tokens keep the topic going, under one alarm", () => {
    const brake = provenBrake();
    const shared = Array.from({ length: 200 }, (_, count) => note(brake, count % 3 === 0 ? OK : answer(400, "BadDeviceToken")));
    expect(brake.pausedMs()).toBe(0);
    expect(shared.filter((alarm) => !alarm).length).toBeLessThan(19 + 200 / 3 + 1);
    expect(brake.calm()).toBe(false);
  });

  test("it is calm again when refused tokens are rare and the last answer was good", () => {
    const brake = provenBrake();
    for (let count = 0; count < 50; count += 1) note(brake, answer(400, "BadDeviceToken"));
    note(brake, OK);
    expect(brake.calm()).toBe(false);
    for (let count = 0; count < 100; count += 1) note(brake, OK);
    expect(brake.calm()).toBe(true);
  });

  test("Retry-After of a busy APNs is waited for by all", () => {
    const brake = provenBrake();
    for (let count = 0; count < 20; count += 1) note(brake, answer(503, "ServiceUnavailable", 45_000));
    expect(brake.pausedMs()).toBe(45_000);
  });

  test.each([answer(410, "Unregistered"), answer(429, "TooManyRequests"), answer(413, "PayloadTooLarge")])("%o never stops a topic", (failure) => {
    const brake = provenBrake();
    for (let count = 0; count < 100; count += 1) note(brake, failure);
    expect(brake.pausedMs()).toBe(0);
  });
});

describe("the next try of one device", () => {
  const sentAt = new Date("2026-01-01T00:00:00Z");
  const seconds = (given: PushAnswer, lastDelayMs: number | null = null) => {
    const at = retryTime(outcomeOf(given).kind, given, sentAt, lastDelayMs);
    return at === null ? null : (at.getTime() - sentAt.getTime()) / 1000;
  };

  test("is not wanted after success or for a dead token", () => {
    expect([seconds(OK), seconds(answer(410, "Unregistered"))]).toEqual([null, null]);
  });

  test("keeps to Retry-After, but not below the gap", () => {
    expect(seconds(answer(429, "TooManyRequests", 77_000))).toBe(77);
    expect(seconds(answer(503, "ServiceUnavailable", 0))).toBe(5);
  });

  test.each([
    [answer(503, "ServiceUnavailable"), null, 15],
    [answer(503, "ServiceUnavailable"), 100_000, 200],
    [answer(503, "ServiceUnavailable"), 3_000_000, 3600],
    [answer(400, "BadDeviceToken"), null, 3600],
    [answer(400, "BadDeviceToken"), 80_000_000, 86_400],
  ])("doubles: %o after %s ms waits about %i s", (given, lastDelayMs, about) => {
    const wait = seconds(given, lastDelayMs) ?? 0;
    expect(wait).toBeGreaterThanOrEqual(about * 0.8);
    expect(wait).toBeLessThanOrEqual(about * 1.2);
  });

  test("comes soon when only the connection failed, and the brake does the waiting for our configuration", () => {
    expect(seconds(answer(null, "connection-lost"))).toBeLessThanOrEqual(6);
    expect(seconds(answer(403, "BadCertificate"))).toBeLessThanOrEqual(6);
  });
});
