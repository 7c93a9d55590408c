import { MusterError } from "@/lib/contracts/errors";
import type { PushReason } from "@/lib/contracts/words";
import { outcomeOf, PUSH_ACTIONS, type PushOutcome } from "@/lib/push/apns-outcome";
import { standingPushAlarms } from "@/lib/push/push-alarm";
import { findActivePushCertificates } from "@/lib/push/push-certificate-store";
import { nextPush } from "@/lib/push/push-sweep-store";
import { listPushAttempts, readDevicePushRow, type DevicePushRow, type PushAttemptRow } from "./device-push-store";
import { pushFinding, type PushFinding, type TopicState } from "./push-finding";

const ATTEMPTS = 10;

export interface PushAttempt extends PushAttemptRow, PushOutcome {
  action: string;
}

/** Everything that stands between us and waking a device. */
export interface DevicePush {
  row: DevicePushRow;
  topic: TopicState;
  finding: PushFinding;
  pushable: boolean;
  nextPush: { at: Date; reason: PushReason } | null;
  attempts: PushAttempt[];
}

/** Says why a device does or does not answer pushes. @throws MusterError not-found */
export async function readDevicePush(deviceId: string): Promise<DevicePush> {
  const row = await readDevicePushRow(deviceId);
  if (row === null) throw new MusterError("not-found", `no device ${deviceId}`);
  const { enrollmentId } = row;
  const [topic, next, attempts] = await Promise.all([
    topicState(row.topic),
    enrollmentId === null ? null : nextPush(enrollmentId),
    enrollmentId === null ? [] : listPushAttempts(deviceId, enrollmentId, ATTEMPTS),
  ]);
  const finding = pushFinding(row, topic, attempts, next?.at ?? null, new Date());
  const pushable = !UNPUSHABLE.has(finding.cause);
  return { row, topic, finding, pushable, nextPush: next, attempts: attempts.map(judged) };
}

/** With these causes a push would never leave. */
const UNPUSHABLE = new Set<PushFinding["cause"]>(["ended", "no-token", "token-dead", "test-topic", "certificate-missing", "certificate-expired"]);

async function topicState(topic: string | null): Promise<TopicState> {
  if (topic === null) return { certificate: null, alarm: null };
  const [certificates, [alarm]] = await Promise.all([findActivePushCertificates(), standingPushAlarms(topic)]);
  return { certificate: certificates.find((certificate) => certificate.topic === topic) ?? null, alarm: alarm ?? null };
}

function judged(attempt: PushAttemptRow): PushAttempt {
  const { kind, sentence } = outcomeOf(attempt);
  return { ...attempt, kind, sentence, action: PUSH_ACTIONS[kind] };
}
