import { processWide } from "@/lib/config/process-wide";
import { deviceErrorBody, type DeviceError } from "@/lib/protocol/errors/device-error";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";

/**
 * The only place that makes a 403 for a device that asks to enroll. It says no to somebody who is not managed; to one who
 * is, some of these codes would end management, and that is for lib/checkin/termination.ts alone. The edge lets such an
 * answer out on enrollment routes only, and no other 403.
 */
const refusals = processWide("enrollment-refusals", () => new WeakSet<DeviceAnswer>());

/** Was this answer made here? */
export function isEnrollmentRefusal(answer: DeviceAnswer): boolean {
  return refusals.has(answer);
}

/** 403 with one of Apple's codes, in JSON or as a property list, as the Accept header asks (Apple's schema, mdm/errors). */
export function refuseEnrollment(error: DeviceError, accept: string | undefined): DeviceAnswer & { body: string } {
  const { contentType, body } = deviceErrorBody(error, accept ?? null);
  const answer = { status: 403, headers: { "content-type": contentType, "cache-control": "no-store" }, body };
  refusals.add(answer);
  return answer;
}
