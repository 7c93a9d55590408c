import { MusterError } from "@/lib/contracts/errors";
import { transaction } from "@/lib/db/transaction";
import { countDeeds, recordEvents } from "@/lib/events/event-log";
import { openSecret, type OpenedSecret } from "./secret-store";

/** Somebody at a help desk reads out a few in an hour; a stolen session would take them all. */
const MOST_PER_HOUR = 30;
const HOUR_MS = 60 * 60_000;

/**
 * The value of an escrowed secret. That it was seen, by whom and why, is in the audit log before it is.
 * @throws MusterError not-found, too-many-attempts after 30 within an hour by one actor
 */
export async function revealSecret({ deviceId, secretId, reason, actor }: { deviceId: string; secretId: string; reason: string; actor: string }): Promise<OpenedSecret> {
  return transaction(async (tx) => {
    const secret = await openSecret(tx, deviceId, secretId);
    if (secret === null) throw new MusterError("not-found", "this device has no such secret");
    if ((await countDeeds(tx, "secret.revealed", actor, new Date(Date.now() - HOUR_MS))) >= MOST_PER_HOUR) {
      throw new MusterError("too-many-attempts", `at most ${MOST_PER_HOUR} secrets are revealed to one person within an hour`);
    }
    await recordEvents(tx, [{ kind: "secret.revealed", actor, deviceId, enrollmentId: secret.enrollmentId, data: { secretKind: secret.kind, secretId, reason } }]);
    return secret;
  });
}
