import { randomUUID } from "node:crypto";
import { MusterError } from "@/lib/contracts/errors";
import type { RestoreSign, RestoreState } from "@/lib/contracts/words";
import type { Executor } from "@/lib/db/database";
import { setNewestEnrollment } from "@/lib/devices/device-store";
import type { EnrollmentRow } from "@/lib/devices/enrollment-store";
import { bindIdentity, insertEnrollment, lockEnrollment, lockLiveEnrollment, setEnrollmentState } from "@/lib/devices/enrollment-store";
import { recordEvents } from "@/lib/events/event-log";
import type { TokenUpdateMessage } from "@/lib/protocol/checkin-message";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import { emptyAnswer } from "@/lib/protocol/device-exchange";
import { endLife } from "./end-life";
import { markRejected } from "./rejection";
import { queueRelease } from "./release";
import { isLifeOver, restorePolicyFor } from "./restore-policy";
import { insertRestore } from "./restore-store";
import { takeToken, waits } from "./take-token";
import { answerTermination } from "./termination";
import { welcome } from "./welcome";

/** A TokenUpdate that does not fit what we remember of its life. */
export interface Comeback {
  life: EnrollmentRow;
  fingerprint: string;
  message: TokenUpdateMessage;
  signs: RestoreSign[];
}

const STATES: Record<"accept" | "quarantine" | "reject", RestoreState> = { accept: "accepted", quarantine: "waiting", reject: "rejected" };

/**
 * Answers a device that came back from a backup by the policy of its link. A life that goes on is kept; one that is over
 * stays as it ended, and the device gets another (docs/decisions: a restored device and its life). The token is taken
 * whatever the answer: it may come once ever.
 */
export async function answerRestore(tx: Executor, comeback: Comeback, accept: string | undefined): Promise<DeviceAnswer> {
  const { life, fingerprint, message, signs } = comeback;
  const { policy, source } = await restorePolicyFor(tx, life.linkId, signs);
  const over = isLifeOver(signs);
  const target = over ? await beginAgain(tx, comeback) : life;
  await takeToken(tx, target, fingerprint, message, "quarantined");
  await setEnrollmentState(tx, target.id, "quarantined");
  if (waits(message)) await queueRelease(tx, target);
  await insertRestore(tx, {
    id: randomUUID(), deviceId: target.deviceId, enrollmentId: target.id, formerId: over ? life.id : null, signs, policy, policySource: source, state: STATES[policy],
  });
  await recordEvents(tx, [{
    kind: "restore.answered", actor: "device", deviceId: target.deviceId, enrollmentId: target.id, linkId: life.linkId,
    data: { seen: signs, answer: policy, policyOf: source, newLife: over },
  }]);
  if (policy === "accept") await welcome(tx, target, over ? life.id : null, "device");
  if (policy !== "reject") return emptyAnswer(200);
  await markRejected(tx, target, "policy", null);
  return (await answerTermination(tx, target.id, accept)) ?? emptyAnswer(200);
}

/**
 * Another life under the same identity. When somebody lives under this key already, by a newer identity, he is left in
 * peace: the one who came back waits beside him, without the key.
 */
async function beginAgain(tx: Executor, { life, fingerprint, message, signs }: Comeback): Promise<EnrollmentRow> {
  if (signs.includes("erased")) {
    await endLife(tx, { enrollmentId: life.id, deviceId: life.deviceId, cause: "replaced", actor: "device", reason: "The device was erased and came back from a backup." });
  }
  const free = (await lockLiveEnrollment(tx, life.channelKey)) === null;
  const id = randomUUID();
  await insertEnrollment(tx, {
    id, deviceId: life.deviceId, channel: "device", parentId: null, channelKey: life.channelKey, state: "authenticating", topic: message.topic,
    identityFingerprint: fingerprint, linkId: life.linkId, owner: life.owner, userId: null, userShortName: null, userLongName: null,
  }, free);
  // The same message at the same time: one of the two has to be said again.
  if (!(await bindIdentity(tx, fingerprint, id, life.id))) throw new MusterError("not-ready", "the certificate was bound elsewhere meanwhile");
  if (free) await setNewestEnrollment(tx, life.deviceId, id);
  const made = await lockEnrollment(tx, id);
  if (made === null) throw new MusterError("internal", "a life vanished while it began");
  return made;
}
