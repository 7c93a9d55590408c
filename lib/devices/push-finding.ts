import type { PushCause } from "@/lib/contracts/words";
import { TEST_TOPIC } from "@/lib/contracts/words";
import { outcomeOf } from "@/lib/push/apns-outcome";
import type { StandingAlarm } from "@/lib/push/push-alarm-store";
import type { DevicePushRow, PushAttemptRow } from "./device-push-store";
import { PUSH_ADVICE } from "./push-advice";

/** What is known of the topic of a device. */
export interface TopicState {
  certificate: { id: string; notAfter: Date } | null;
  alarm: StandingAlarm | null;
}

export interface PushFinding {
  cause: PushCause;
  sentence: string;
  advice: readonly string[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A device that is awake connects within seconds; that it keeps silent is not said earlier. */
const PATIENCE_MS = 10 * MINUTE_MS;
const LOST_AFTER_MS = 7 * DAY_MS;

/** The likeliest reason why a device does not answer pushes, the surest first; or that it does. `attempts`: the last pushes, newest first. */
export function pushFinding(row: DevicePushRow, topic: TopicState, attempts: readonly PushAttemptRow[], nextPushAt: Date | null, now: Date): PushFinding {
  const cause = unreachable(row, topic, now) ?? failure(row, topic) ?? silence(row, attempts, nextPushAt, now);
  const { sentence, advice } = PUSH_ADVICE[cause];
  return { cause, sentence: sentenceOf(cause, row, topic) ?? sentence, advice };
}

/** What no push can get over. */
function unreachable(row: DevicePushRow, { certificate }: TopicState, now: Date): PushCause | null {
  if (row.enrollmentId === null || row.state === "ended") return "ended";
  if (!row.hasToken) return "no-token";
  if (row.topic === TEST_TOPIC) return row.simulated ? null : "test-topic";
  if (row.tokenDeadAt !== null) return "token-dead";
  if (certificate === null) return "certificate-missing";
  if (row.profileTopic !== null && row.profileTopic !== row.topic) return "other-topic";
  return certificate.notAfter <= now ? "certificate-expired" : null;
}

/** What came of the last push, when APNs did not take it. An alarm outweighs what a single push ran into. */
function failure(row: DevicePushRow, { alarm }: TopicState): PushCause | null {
  if (alarm !== null) return "alarm";
  if (row.lastPushAt === null || row.lastPushStatus === 200 || answeredSince(row, row.lastPushAt)) return null;
  if (row.tokenUpdatedAt !== null && row.tokenUpdatedAt > row.lastPushAt) return null; // it was about another token
  return outcomeOf({ status: row.lastPushStatus, reason: row.lastPushReason }).kind === "token-refused" ? "token-refused" : "failing";
}

function silence(row: DevicePushRow, attempts: readonly PushAttemptRow[], nextPushAt: Date | null, now: Date): PushCause {
  if (nextPushAt !== null && nextPushAt.getTime() <= now.getTime() + MINUTE_MS) return "pending";
  const { lastPushAt } = row;
  if (lastPushAt === null || answeredSince(row, lastPushAt)) return answering(row);
  const heard = row.lastSeenAt ?? row.enrolledAt ?? lastPushAt;
  if (now.getTime() - (firstUnanswered(row, attempts) ?? lastPushAt).getTime() < PATIENCE_MS) return "waiting";
  if (row.firstConnectAt === null) return "never-connected";
  return now.getTime() - heard.getTime() > LOST_AFTER_MS ? "lost" : "silent";
}

/** When the first push left that the device has not answered, or the oldest of those that are known; null when none is. */
function firstUnanswered({ pushesUnanswered }: DevicePushRow, attempts: readonly PushAttemptRow[]): Date | null {
  return attempts.filter(({ status }) => status === 200).slice(0, pushesUnanswered).at(-1)?.at ?? null;
}

function answering(row: DevicePushRow): PushCause {
  if (row.heldCommands > 0) return "holding";
  return row.lastPushAt === null ? "idle" : "healthy";
}

function answeredSince({ lastSeenAt, pushesUnanswered }: DevicePushRow, at: Date): boolean {
  return pushesUnanswered === 0 && lastSeenAt !== null && lastSeenAt >= at;
}

/** Words that depend on more than the cause. */
function sentenceOf(cause: PushCause, row: DevicePushRow, { alarm }: TopicState): string | null {
  if (cause === "alarm" && alarm !== null) return alarm.sentence;
  if (cause === "failing") return outcomeOf({ status: row.lastPushStatus, reason: row.lastPushReason }).sentence;
  return null;
}
