import { processWide } from "@/lib/config/process-wide";
import { deviceErrorBody, type DeviceError } from "@/lib/protocol/errors/device-error";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";

/**
 * The only place that makes a 403 or a 401 for a device that asks to enroll. It says no to somebody who is not managed; to one who
 * is, some of these codes would end management, and that is for lib/checkin/termination.ts alone. The edge lets such a
 * 403 out on enrollment routes only, and such a 401 only where people sign in on the device.
 */
const refusals = processWide("enrollment-refusals", () => new WeakSet<DeviceAnswer>());

const signInRequests = processWide("sign-in-requests", () => new WeakSet<DeviceAnswer>());

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

/** Was this answer made by askToSignIn? */
export function isSignInRequest(answer: DeviceAnswer): boolean {
  return signInRequests.has(answer);
}

/**
 * 401 with the way to sign in: part of account-driven enrollment, before there is any management that it could end
 * (Apple, "Implementing the simple authentication user-enrollment flow"). The values must hold no quote.
 */
export function askToSignIn(challenge: Readonly<Record<string, string>>): DeviceAnswer {
  const parameters = Object.entries(challenge).map(([name, value]) => `${name}="${value}"`);
  const answer = { status: 401, headers: { "www-authenticate": `Bearer ${parameters.join(", ")}`, "cache-control": "no-store" }, body: null };
  signInRequests.add(answer);
  return answer;
}
