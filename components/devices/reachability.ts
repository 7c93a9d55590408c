import { relativeTime } from "@/lib/client/format-time";
import type { EnrollmentDto } from "@/lib/contracts/devices";
import { END_CAUSES, type Tone } from "@/lib/contracts/words";

export interface Reachability {
  sentence: string;
  tone: Tone;
}

const SILENT_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

/** What is known about reaching a device, as one sentence. Never "online": a device has no heartbeat. */
export function reachability(enrollment: EnrollmentDto | null, now: number): Reachability {
  if (enrollment === null) return { sentence: "never enrolled", tone: "neutral" };
  if (enrollment.endedAt !== null) return { sentence: `management ended ${ago(enrollment.endedAt, now)}${causeOf(enrollment)}`, tone: "neutral" };
  const { push, lastSeenAt } = enrollment;
  if (push.tokenDeadAt !== null) {
    return { sentence: `Apple called its push token dead ${ago(push.tokenDeadAt, now)}: it cannot be woken`, tone: "bad" };
  }
  if (push.lastPushAt !== null && push.pushesUnanswered > 0 && after(push.lastPushAt, lastSeenAt)) {
    return unanswered(enrollment, push.lastPushAt, now);
  }
  return contact(enrollment, now);
}

function contact({ state, lastSeenAt, push, awaitingConfiguration }: EnrollmentDto, now: number): Reachability {
  if (lastSeenAt === null) return { sentence: push.hasToken ? "has not connected yet" : "has not sent its push token yet", tone: "info" };
  const silent = now - Date.parse(lastSeenAt) > SILENT_AFTER_MS;
  if (silent) return { sentence: `silent; last answered ${ago(lastSeenAt, now)}`, tone: "warning" };
  const answered = `answered ${ago(lastSeenAt, now)}`;
  if (state === "quarantined") return { sentence: `${answered}, but is given nothing while it is quarantined`, tone: "warning" };
  if (awaitingConfiguration) return { sentence: `${answered} and waits in Setup Assistant`, tone: "info" };
  return { sentence: answered, tone: "neutral" };
}

/** Apple took the push or not; what is not known is whether the device got it. */
function unanswered({ push, lastSeenAt }: EnrollmentDto, sentAt: string, now: number): Reachability {
  if (push.lastPushStatus !== null && push.lastPushStatus !== 200) {
    return { sentence: `push failed ${ago(sentAt, now)}${push.lastPushReason === null ? "" : `: ${push.lastPushReason}`}`, tone: "bad" };
  }
  const silent = lastSeenAt !== null && now - Date.parse(lastSeenAt) > SILENT_AFTER_MS;
  const before = lastSeenAt === null ? "" : `; before that it answered ${ago(lastSeenAt, now)}`;
  return { sentence: `push sent ${ago(sentAt, now)}, no answer yet${before}`, tone: silent ? "warning" : "info" };
}

function causeOf(enrollment: EnrollmentDto): string {
  return enrollment.endedCause === null ? "" : `: ${END_CAUSES[enrollment.endedCause].label.toLowerCase()}`;
}

function ago(at: string, now: number): string {
  return relativeTime(Date.parse(at), now);
}

function after(at: string, other: string | null): boolean {
  return other === null || Date.parse(at) > Date.parse(other);
}
