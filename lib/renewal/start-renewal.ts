import type { RenewalCause } from "@/lib/contracts/words";
import { queueCommand } from "@/lib/commands/queue-command";
import { transaction } from "@/lib/db/transaction";
import { renewalProfileFor } from "@/lib/enrollment/enrollment-profile-for";
import { recordEvents } from "@/lib/events/event-log";
import { EXPIRY_GRACE_MS } from "@/lib/pki/expiry-grace";
import { encodeCommand } from "@/lib/protocol/commands/encode-command";
import { requestPush } from "@/lib/push/push-schedule";
import { insertRenewal, setRenewAt, type RenewableRow } from "./renewal-store";

/** A profile waits for a device in a drawer as long as its identity is let in, and no shorter than this. */
const LEAST_DAYS = 30;
/** After the first and the later failures, at most a week. */
const RETRY_DAYS = [1, 2, 4, 7];
const DAY_MS = 86_400_000;

/** When another attempt is due after so many. */
export function retryAt(attempts: number, now = Date.now()): Date {
  return new Date(now + (RETRY_DAYS[attempts - 1] ?? Math.max(...RETRY_DAYS)) * DAY_MS);
}

/**
 * Queues the enrollment profile of a life anew, with a secret that renews its identity, and wakes the device (Apple,
 * "Deploying MDM enrollment profiles": a profile of the same identifier is replaced in place). The secret stays good as
 * long as the device may still come: it is sealed in the queue and given out to that device only.
 */
export async function startRenewal(life: RenewableRow & { linkId: string }, cause: RenewalCause, startedBy: string): Promise<void> {
  const expiresAt = new Date(Math.max(life.notAfter.getTime() + EXPIRY_GRACE_MS, Date.now() + LEAST_DAYS * DAY_MS));
  const { profile, challengeId } = await renewalProfileFor({ ...life, identityKind: life.kind }, expiresAt);
  const encoded = encodeCommand("InstallProfile", { Payload: profile.toString("base64") });
  if (!encoded.ok) throw new Error("the server's own InstallProfile is not acceptable");
  const { enrollmentId, deviceId, fingerprint } = life;
  const attempt = life.attempts + 1;
  await transaction(async (tx) => {
    const { id: commandId } = await queueCommand(tx, {
      enrollmentId, deviceId, requestType: "InstallProfile", command: encoded.command, createdBy: startedBy, notBefore: null, expiresAt: null, deduplicateKey: null,
    });
    await insertRenewal(tx, { enrollmentId, fingerprint, challengeId, commandId, attempt, cause, startedBy });
    await setRenewAt(tx, fingerprint, retryAt(attempt));
    await recordEvents(tx, [{ kind: "identity.renewal-started", actor: startedBy, deviceId, enrollmentId, commandId, data: { cause, attempt, notAfter: life.notAfter } }]);
    await requestPush(tx, [enrollmentId]);
  });
}

/** Is everything there that a renewal takes? */
export function isRenewable(life: RenewableRow): life is RenewableRow & { linkId: string } {
  return life.linkId !== null && life.state === "enrolled";
}
