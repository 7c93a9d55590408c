import { log } from "@/lib/config/log";
import { processWide } from "@/lib/config/process-wide";
import type { Executor } from "@/lib/db/database";
import { countRecentTerminations } from "@/lib/devices/enrollment-store";
import { recordEvents } from "@/lib/events/event-log";
import { deviceErrorBody } from "@/lib/protocol/errors/device-error";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import { endLife } from "./end-life";

/**
 * The only place that makes a 401, or a 403 with Apple's unrecognized code: each of them ends the management of
 * the device that gets it (Apple, "Managing MDM Connections"). The edge lets no other such answer out.
 */

/** More than this in an hour looks like an accident, and an accident here costs a fleet. */
const TERMINATIONS_PER_HOUR = 200;
const RETRY_AFTER_SECONDS = "600";

const terminations = processWide("terminations", () => new WeakSet<DeviceAnswer>());

/** Was this answer made here, for a device that an admin has marked? */
export function isTermination(answer: DeviceAnswer): boolean {
  return terminations.has(answer);
}

/** Marks an answer as one that may end management. Nothing outside of this file and its tests calls it. */
export function brandTermination(answer: DeviceAnswer): DeviceAnswer {
  terminations.add(answer);
  return answer;
}

/** A life that an admin has marked to be ended by our answer. */
export interface MarkedLife {
  enrollmentId: string;
  deviceId: string;
  method: "unrecognized" | "unauthorized";
  /** True when an earlier contact has been answered already; the answer may have been lost on its way. */
  ended: boolean;
}

/**
 * The answer that ends the management of a marked device. Ends its life in the transaction given. Over the hourly
 * limit the device hears 503 and asks again later.
 */
export async function answerTermination(tx: Executor, life: MarkedLife, accept: string | undefined): Promise<DeviceAnswer> {
  if (!life.ended) {
    if ((await countRecentTerminations(tx)) >= TERMINATIONS_PER_HOUR) {
      log.error("a termination was held back: hourly limit reached", { deviceId: life.deviceId, limit: TERMINATIONS_PER_HOUR });
      await recordEvents(tx, [{ kind: "termination.limited", actor: "system", deviceId: life.deviceId, enrollmentId: life.enrollmentId, data: { limit: TERMINATIONS_PER_HOUR } }]);
      return { status: 503, headers: { "retry-after": RETRY_AFTER_SECONDS }, body: null };
    }
    await endLife(tx, { enrollmentId: life.enrollmentId, deviceId: life.deviceId, cause: life.method === "unauthorized" ? "terminated" : "unrecognized", actor: "system", reason: "Management was terminated." });
  }
  const status = life.method === "unauthorized" ? 401 : 403;
  await recordEvents(tx, [{ kind: "termination.answered", actor: "system", deviceId: life.deviceId, enrollmentId: life.enrollmentId, data: { method: life.method, status, repeated: life.ended } }]);
  if (life.method === "unauthorized") return brandTermination({ status: 401, headers: {}, body: null });
  const { contentType, body } = deviceErrorBody({ code: "com.apple.unrecognized.device", description: "The management of this device was ended by its administrator." }, accept ?? null);
  return brandTermination({ status: 403, headers: { "content-type": contentType }, body });
}
