import type { Executor } from "@/lib/db/database";
import { startAssigned } from "@/lib/assignments/group-changes";
import { setNewestEnrollment } from "@/lib/devices/device-store";
import type { EnrollmentRow } from "@/lib/devices/enrollment-store";
import { listOpenUsers, lockLiveEnrollment, setEnrollmentState, takeLiveKey } from "@/lib/devices/enrollment-store";
import { keepSecret, readSecret } from "@/lib/devices/secret-store";
import { renewRestored } from "@/lib/pki/identity-store";
import { requestPush } from "@/lib/push/push-schedule";
import { endLife } from "./end-life";
import { takeFirstSteps } from "./first-steps";
import { unmarkTermination } from "./termination-store";

/** A Mac escrows its bootstrap token once, and an unlock token that did not come again still holds (Apple, "TokenUpdate"). */
const CARRIED_OVER = ["unlock-token", "bootstrap-token"] as const;

/**
 * Lets a life out of quarantine: it is managed from now on, is learned anew and woken. Whoever else lived under its key
 * gives way. `formerId`: the life it came back from, whose secrets it keeps.
 */
export async function welcome(tx: Executor, life: EnrollmentRow, formerId: string | null, actor: string): Promise<void> {
  if (life.liveKey === null) await takePlace(tx, life, actor);
  await unmarkTermination(tx, life.id);
  await setEnrollmentState(tx, life.id, "enrolled");
  await renewRestored(tx, life.id);
  if (formerId !== null) await carrySecrets(tx, formerId, life);
  await takeFirstSteps(tx, life);
  for (const user of await listOpenUsers(tx, life.id)) await startAssigned(tx, user);
  await requestPush(tx, [life.id]);
}

async function takePlace(tx: Executor, life: EnrollmentRow, actor: string): Promise<void> {
  const live = await lockLiveEnrollment(tx, life.channelKey);
  if (live !== null) {
    await endLife(tx, { enrollmentId: live.id, deviceId: live.deviceId, cause: "replaced", actor, reason: "The device was restored from a backup with an earlier identity." });
  }
  await takeLiveKey(tx, life.id);
  await setNewestEnrollment(tx, life.deviceId, life.id);
}

async function carrySecrets(tx: Executor, formerId: string, life: EnrollmentRow): Promise<void> {
  for (const kind of CARRIED_OVER) {
    const kept = await readSecret(tx, formerId, kind);
    if (kept === null || (await readSecret(tx, life.id, kind)) !== null) continue;
    await keepSecret(tx, { deviceId: life.deviceId, enrollmentId: life.id, kind, source: "", value: kept });
  }
}
