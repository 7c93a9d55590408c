import { log } from "@/lib/config/log";
import { processWide } from "@/lib/config/process-wide";
import type { EndCause } from "@/lib/contracts/words";
import type { Executor } from "@/lib/db/database";
import { readSetting } from "@/lib/db/setting-store";
import { recordEvents } from "@/lib/events/event-log";
import { deviceErrorBody } from "@/lib/protocol/errors/device-error";
import { knowsUnrecognized } from "@/lib/protocol/errors/knows-unrecognized";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import { endLife } from "./end-life";
import type { MarkedLifeRow } from "./termination-store";
import { countRecentTerminations, holdTermination, lockCounting, lockMarkedLife } from "./termination-store";

/**
 * The only place that makes a 401, or a 403 with Apple's unrecognized code: each of them ends the management of
 * the device that gets it (Apple, "Managing MDM Connections"). The edge lets no other such answer out.
 */

/** More than these in an hour look like an accident, and an accident here costs a fleet. */
const TERMINATIONS_PER_HOUR = 3;

const terminations = processWide("terminations", () => new WeakSet<DeviceAnswer>());

/** Was this answer made here, for a device that an admin or a policy has marked? */
export function isTermination(answer: DeviceAnswer): boolean {
  return terminations.has(answer);
}

/** Marks an answer as one that may end management. */
function brandTermination(answer: DeviceAnswer): DeviceAnswer {
  terminations.add(answer);
  return answer;
}

/** How many devices an hour hear such an answer without a second person: the setting "terminations-per-hour". */
export async function terminationsPerHour(): Promise<number> {
  const value = await readSetting("terminations-per-hour");
  return typeof value === "number" ? value : TERMINATIONS_PER_HOUR;
}

/**
 * The answer that ends the management of a marked device; its life ends in the transaction given. A device that did
 * not hear it gets it again at every contact. Null when none is to be given: the life is not marked, ended otherwise, or
 * the hourly limit holds the answer back. The device is heard as usual then and gets no commands, so that nothing of it
 * is lost, whatever is decided.
 */
export async function answerTermination(tx: Executor, enrollmentId: string, accept: string | undefined): Promise<DeviceAnswer | null> {
  const life = await lockMarkedLife(tx, enrollmentId);
  if (life === null || (life.method !== "unrecognized" && life.method !== "unauthorized")) return null;
  const status = life.method === "unrecognized" && knowsUnrecognized(life.platform, life.osVersion) ? 403 : 401;
  const cause: EndCause = life.cause === "rejected" ? "rejected" : status === 401 ? "terminated" : "unrecognized";
  if (life.endedAt === null) {
    if (await isHeldBack(tx, life)) return null;
    await endLife(tx, { enrollmentId, deviceId: life.deviceId, cause, actor: "system", reason: cause === "rejected" ? "The device was refused." : "Management was terminated." });
  } else if (!isOurs(life)) return null;
  await recordEvents(tx, [{ kind: "termination.answered", actor: "system", deviceId: life.deviceId, enrollmentId, data: { method: life.method, status, repeated: life.endedAt !== null } }]);
  if (status === 401) return brandTermination({ status: 401, headers: {}, body: null });
  const { contentType, body } = deviceErrorBody({ code: "com.apple.unrecognized.device", description: "The management of this device was ended by its administrator." }, accept ?? null);
  return brandTermination({ status: 403, headers: { "content-type": contentType }, body });
}

/** A life that ended otherwise after it was marked, by CheckOut say, has nothing left to terminate. */
function isOurs({ endedCause }: MarkedLifeRow): boolean {
  return endedCause === "terminated" || endedCause === "unrecognized" || endedCause === "rejected";
}

async function isHeldBack(tx: Executor, life: MarkedLifeRow): Promise<boolean> {
  if (life.confirmedAt !== null) return false;
  const limit = await terminationsPerHour();
  await lockCounting(tx);
  if ((await countRecentTerminations(tx)) < limit) return false;
  if (await holdTermination(tx, life.id)) {
    log.error("a termination was held back: hourly limit reached", { deviceId: life.deviceId, limit });
    await recordEvents(tx, [{ kind: "termination.limited", actor: "system", deviceId: life.deviceId, enrollmentId: life.id, data: { limit } }]);
  }
  return true;
}
