import type { DevicePushDto } from "@/lib/contracts/device-push";
import { TEST_TOPIC } from "@/lib/contracts/words";
import type { DevicePush } from "@/lib/devices/device-push-service";
import type { StandingAlarm } from "@/lib/push/push-alarm-store";
import { isoOrNull } from "./iso-or-null";

/** Names every field that leaves; token and magic are left out on purpose. */
export function toDevicePushDto({ row, topic, finding, pushable, nextPush, attempts }: DevicePush): DevicePushDto {
  return {
    enrollmentId: row.enrollmentId,
    pushable,
    finding: { cause: finding.cause, sentence: finding.sentence, advice: [...finding.advice] },
    topic: row.topic,
    profileTopic: row.profileTopic,
    testTopic: row.topic === TEST_TOPIC,
    certificate: topic.certificate === null ? null : { id: topic.certificate.id, expiresAt: topic.certificate.notAfter.toISOString() },
    alarm: topic.alarm === null ? null : toPushAlarm(topic.alarm),
    hasToken: row.hasToken,
    tokenUpdatedAt: isoOrNull(row.tokenUpdatedAt),
    tokenDeadAt: isoOrNull(row.tokenDeadAt),
    lastContactAt: isoOrNull(row.lastSeenAt),
    firstContactAt: isoOrNull(row.firstConnectAt),
    openCommands: row.openCommands,
    pushesUnanswered: row.pushesUnanswered,
    nextPush: nextPush === null ? null : { at: nextPush.at.toISOString(), reason: nextPush.reason },
    attempts: attempts.map(({ at, apnsId, status, reason, kind, sentence, action }) => ({ at: at.toISOString(), apnsId, status, reason, outcome: kind, sentence, action })),
  };
}

export function toPushAlarm({ topic, since, status, reason, sentence }: StandingAlarm) {
  return { topic, since: since.toISOString(), status, reason, sentence };
}
