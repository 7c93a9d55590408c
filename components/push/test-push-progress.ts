import type { Step } from "@/components/ui/steps";
import { elapsed } from "@/lib/client/format-time";
import type { DevicePushDto, PushAttemptDto } from "@/lib/contracts/device-push";

/** How a test push stands. */
export interface TestProgress {
  /** The newest push before it; null when there was none. */
  before: string | null;
  startedAt: number;
  /** The push of the test, once it has left. */
  attempt: PushAttemptDto | null;
  /** How long after the push the device connected. */
  answeredAfterMs: number | null;
  gaveUp: boolean;
}

/** A device that is awake connects within seconds; five of these may be the gap between two pushes. */
export const PATIENCE_MS = 60_000;

export function beginTest(push: DevicePushDto, now: number): TestProgress {
  return { before: push.attempts[0]?.at ?? null, startedAt: now, attempt: null, answeredAfterMs: null, gaveUp: false };
}

/** Takes in what the server says now. */
export function advanceTest(test: TestProgress, push: DevicePushDto, now: number): TestProgress {
  const newest = push.attempts[0];
  const attempt = newest !== undefined && (test.before === null || newest.at > test.before) ? newest : test.attempt;
  const contact = push.lastContactAt === null ? Number.NaN : Date.parse(push.lastContactAt);
  const after = attempt === null || attempt.outcome !== "accepted" ? Number.NaN : contact - Date.parse(attempt.at);
  return { ...test, attempt, answeredAfterMs: after >= 0 ? after : null, gaveUp: now - test.startedAt >= PATIENCE_MS };
}

export function isUnderWay({ attempt, answeredAfterMs, gaveUp }: TestProgress): boolean {
  return answeredAfterMs === null && !gaveUp && (attempt === null || attempt.outcome === "accepted");
}

/** The steps of the test for people. */
export function stepsOfTest(test: TestProgress, push: DevicePushDto): Step[] {
  const { attempt, answeredAfterMs, gaveUp } = test;
  const refused = attempt !== null && attempt.outcome !== "accepted";
  return [
    { key: "asked", title: "Push asked for", state: "done" },
    {
      key: "apple",
      title: attempt === null ? "Leaves for Apple" : refused ? "Apple did not take it" : push.testTopic ? "Told to the simulator" : "Accepted by Apple",
      state: attempt !== null ? (refused ? "failed" : "done") : gaveUp ? "failed" : "now",
      detail: attempt === null ? (gaveUp ? notSent(push) : "At most one push leaves every five seconds.") : refused ? `${attempt.sentence} ${attempt.action}` : null,
    },
    {
      key: "device",
      title: answeredAfterMs === null ? "The device connects" : `The device connected after ${elapsed(answeredAfterMs)}`,
      state: answeredAfterMs !== null ? "done" : refused || (gaveUp && attempt === null) ? "skipped" : gaveUp ? "failed" : attempt === null ? "waiting" : "now",
      detail: gaveUp && !refused && attempt !== null && answeredAfterMs === null ? "Nothing within a minute. It may be off, asleep or without a network; Apple keeps the push for seven days." : null,
    },
  ];
}

function notSent({ alarm }: DevicePushDto): string {
  if (alarm !== null) return `It waits: ${alarm.sentence}`;
  return "It has not left within a minute. See the server's log, and whether a node with WORKER on runs.";
}
