import { describe, expect, test } from "vitest";
import type { DevicePushDto, PushAttemptDto } from "@/lib/contracts/device-push";
import { advanceTest, beginTest, isUnderWay, PATIENCE_MS, stepsOfTest } from "./test-push-progress";

const START = Date.parse("2026-03-01T12:00:00Z");
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();
const attempt = (seconds: number, changes: Partial<PushAttemptDto> = {}): PushAttemptDto => ({
  at: at(seconds), apnsId: `push-${seconds}`, status: 200, reason: null, outcome: "accepted", sentence: "APNs accepted the push.", action: "Wait.", ...changes,
});
const push = (attempts: PushAttemptDto[], contact: number | null = -3600): DevicePushDto => ({
  enrollmentId: null, pushable: true, finding: { cause: "healthy", sentence: "", advice: [] }, topic: "t", profileTopic: "t", testTopic: false, certificate: null, alarm: null,
  hasToken: true, tokenUpdatedAt: null, tokenDeadAt: null, lastContactAt: contact === null ? null : at(contact), firstContactAt: null, openCommands: 0, pushesUnanswered: 0,
  nextPush: null, attempts,
});
const OLD = attempt(-60);
const begun = beginTest(push([OLD]), START);
const states = (progress: Parameters<typeof stepsOfTest>[0]) => stepsOfTest(progress, push([])).map(({ state }) => state);

describe("a test push", () => {
  test("does not take an earlier push for its own", () => {
    const progress = advanceTest(begun, push([OLD], 1), START + 2000);
    expect(progress.attempt).toBeNull();
    expect([isUnderWay(progress), states(progress)]).toEqual([true, ["done", "now", "waiting"]]);
  });

  test("waits for the device once Apple has taken the push", () => {
    const progress = advanceTest(begun, push([attempt(3), OLD]), START + 4000);
    expect([isUnderWay(progress), states(progress)]).toEqual([true, ["done", "done", "now"]]);
  });

  test("ends when the device connects, and says how long that took", () => {
    const progress = advanceTest(begun, push([attempt(3), OLD], 5), START + 6000);
    expect([isUnderWay(progress), progress.answeredAfterMs]).toEqual([false, 2000]);
    expect(stepsOfTest(progress, push([]))[2]?.title).toBe("The device connected after 2.0 s");
  });

  test("ends when Apple refuses the push", () => {
    const progress = advanceTest(begun, push([attempt(3, { status: 410, reason: "Unregistered", outcome: "dead-token" }), OLD]), START + 4000);
    expect([isUnderWay(progress), states(progress)]).toEqual([false, ["done", "failed", "skipped"]]);
  });

  test("gives up after a minute, and says at which step", () => {
    const silent = advanceTest(begun, push([attempt(3), OLD]), START + PATIENCE_MS);
    expect([isUnderWay(silent), states(silent)]).toEqual([false, ["done", "done", "failed"]]);
    const unsent = advanceTest(begun, push([OLD]), START + PATIENCE_MS);
    expect([isUnderWay(unsent), states(unsent)]).toEqual([false, ["done", "failed", "skipped"]]);
  });
});
