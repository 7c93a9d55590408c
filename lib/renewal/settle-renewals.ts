import { transaction } from "@/lib/db/transaction";
import type { Executor } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import { claimUnsettled, endChallenge, endRenewal, markStuck, setRenewAt, settleCommand, type OpenRenewalRow, type Patience } from "./renewal-store";
import { retryAt } from "./start-renewal";

const AT_ONCE = 200;
/** A device goes through with a profile within minutes. */
const PATIENCE: Patience = { stuckAfterMinutes: 60, deferredMinutes: 24 * 60, abandonAfterMinutes: 24 * 60 };

/**
 * Looks after attempts that do not get on: one that the device refused has failed and is repeated later, one that stopped half
 * way is called stuck, with its stage, and given up for another after a day. Answers how many it took care of.
 */
export async function settleRenewals(patience = PATIENCE): Promise<number> {
  return transaction(async (tx) => {
    const unsettled = await claimUnsettled(tx, patience, AT_ONCE);
    for (const renewal of unsettled) await settle(tx, renewal);
    return unsettled.length;
  });
}

async function settle(tx: Executor, renewal: OpenRenewalRow): Promise<void> {
  if (renewal.lifeEnded) return endRenewal(tx, renewal.id, "superseded");
  const refusal = refusalOf(renewal);
  if (refusal !== null) {
    await callStuck(tx, renewal, refusal);
    return giveUp(tx, renewal, "failed", retryAt(renewal.attempt));
  }
  if (renewal.stuckAt !== null) return giveUp(tx, renewal, "superseded", new Date());
  return callStuck(tx, renewal, SILENT[renewal.stage] ?? "The device has not gone on.");
}

const SILENT: Readonly<Record<string, string>> = {
  delivered: "The device has the profile and has not answered.",
  issued: "The device has its new identity and has not introduced itself with it.",
  installed: "The device says that the profile is installed and has not shown a new identity.",
  authenticated: "The device has introduced itself and has not sent its push token.",
};

/** Why the device will not do it; null while it still may. */
function refusalOf({ commandState, commandCause, errorChain }: OpenRenewalRow): string | null {
  switch (commandState) {
    case "failed":
      return `The device refused the profile${firstError(errorChain)}.`;
    case "malformed":
      return "The device could not read the command.";
    case "cancelled":
    case "expired":
    case "poisoned":
      return commandCause ?? `The command was ${commandState}.`;
    case null:
      return "The command is no longer kept.";
    default:
      return null;
  }
}

function firstError(errorChain: unknown): string {
  const first: unknown = Array.isArray(errorChain) ? errorChain[0] : null;
  if (typeof first !== "object" || first === null) return "";
  const { ErrorDomain, ErrorCode } = first as Record<string, unknown>;
  return typeof ErrorDomain === "string" ? ` (${ErrorDomain.slice(0, 60)} ${String(ErrorCode)})` : "";
}

async function callStuck(tx: Executor, renewal: OpenRenewalRow, reason: string): Promise<void> {
  const { id, deviceId, enrollmentId, commandId, stage, attempt } = renewal;
  await markStuck(tx, id, stage, reason);
  await recordEvents(tx, [{ kind: "identity.renewal-stuck", actor: "system", deviceId, enrollmentId, commandId, data: { stage, attempt, reason } }]);
}

/** Ends an attempt: its secret and its command are good for nothing any more, and another one has its time. */
export async function giveUp(tx: Executor, renewal: OpenRenewalRow, outcome: "failed" | "superseded", nextAt: Date): Promise<void> {
  const { id, challengeId, commandId, fingerprint, deviceId, enrollmentId } = renewal;
  await endChallenge(tx, challengeId);
  const cause = "Another attempt to renew the identity takes its place.";
  if (await settleCommand(tx, commandId, "cancelled", cause)) {
    await recordEvents(tx, [{ kind: "command.cancelled", actor: "system", deviceId, enrollmentId, commandId, data: { cause } }]);
  }
  await endRenewal(tx, id, outcome);
  await setRenewAt(tx, fingerprint, nextAt);
}
