import { sha256Hex } from "@/lib/crypto/fingerprint";
import type { Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { ProfileAssigned } from "@/lib/protocol/ade/assignment-answers";
import type { ServerToken } from "@/lib/protocol/ade/server-token";
import { assignProfile, defineProfile, MOST_DEVICES, removeProfile } from "./assignment-calls";
import { AssignmentError } from "./assignment-error";
import type { AssignmentResult, DueAssignment } from "./assignment-store";
import { findDueAssignment, forgetDefinedProfile, readDefinedProfile, saveDefinedProfile, saveResults } from "./assignment-store";
import { profileForApple } from "./configuration-service";
import { readConfigurationRow } from "./configuration-store";
import { takeSyncLock } from "./server-store";

/** Until the next try for a device that Apple did not take; it doubles twice with each try. */
const RETRY_SECONDS = 300;
/** Apple leaves throttled devices out for a while. */
const THROTTLED_SECONDS = 3_600;

/**
 * Tells Apple one thing that is due: defines a profile, or assigns or takes away one for up to a thousand devices. What
 * Apple has said is kept in the same transaction. Answers whether there was anything to tell.
 * @throws AssignmentError
 */
export async function tellAssignment(server: { id: string; name: string }, token: ServerToken): Promise<boolean> {
  return transaction(async (tx) => {
    if (!(await takeSyncLock(tx, server.id))) return false;
    const due = await findDueAssignment(tx, server.id, MOST_DEVICES);
    if (due === null) return false;
    if (due.configurationId === null) {
      await settle(tx, server, due, null, await removeProfile(token, due.serials));
      return true;
    }
    const profileUuid = await definedProfile(tx, server, token, due.configurationId);
    if (profileUuid !== null) await assign(tx, server, token, { ...due, configurationId: due.configurationId }, profileUuid);
    return true;
  });
}

/** Null when it had to be defined just now: what Apple answered is to be durable before it is used. */
async function definedProfile(tx: Executor, server: { id: string; name: string }, token: ServerToken, configurationId: string): Promise<string | null> {
  const configuration = await readConfigurationRow(tx, configurationId);
  if (configuration === null) throw new Error("a device waits for a configuration that is not there");
  const profile = await profileForApple(configuration);
  const digest = sha256Hex(JSON.stringify(profile));
  const known = await readDefinedProfile(tx, server.id, configurationId);
  if (known?.digest === digest) return known.profileUuid;
  const profileUuid = await defineProfile(token, profile);
  await saveDefinedProfile(tx, server.id, configurationId, { profileUuid, digest });
  await recordEvents(tx, [{ kind: "ade.profile-defined", actor: "system", linkId: configuration.linkId, data: { serverId: server.id, name: configuration.name, profileUuid } }]);
  return null;
}

async function assign(tx: Executor, server: { id: string; name: string }, token: ServerToken, due: DueAssignment & { configurationId: string }, profileUuid: string): Promise<void> {
  try {
    await settle(tx, server, due, profileUuid, await assignProfile(token, profileUuid, due.serials));
  } catch (error) {
    // The account has lost the profile: it is defined anew.
    if (!(error instanceof AssignmentError) || !/NOT_FOUND/.test(error.code ?? "")) throw error;
    await forgetDefinedProfile(tx, server.id, due.configurationId);
  }
}

async function settle(tx: Executor, server: { id: string; name: string }, due: DueAssignment, profileUuid: string | null, answer: ProfileAssigned): Promise<void> {
  const results = due.serials.map((serial) => resultOf(serial, answer, profileUuid === null));
  await saveResults(tx, server.id, { configurationId: due.configurationId, profileUuid }, results);
  const failed = results.filter((result) => result.againInSeconds !== null);
  const done = results.length - failed.length;
  const about = { serverId: server.id, name: server.name, configurationId: due.configurationId };
  if (done > 0) await recordEvents(tx, [{ kind: "ade.assigned", actor: "system", data: { ...about, devices: done } }]);
  if (failed.length > 0) {
    const serials = failed.slice(0, 20).map(({ serial, result }) => ({ serial, result }));
    await recordEvents(tx, [{ kind: "ade.assignment-failed", actor: "system", data: { ...about, devices: failed.length, serials } }]);
  }
}

/** Of a device that is not ours any more nothing needs to be taken away. */
function resultOf(serial: string, { devices, retry_after_seconds: retry }: ProfileAssigned, removing: boolean): AssignmentResult {
  const result = devices[serial] ?? "FAILED";
  if (result === "SUCCESS" || (removing && result === "NOT_ACCESSIBLE")) return { serial, result, againInSeconds: null };
  return { serial, result, againInSeconds: result === "THROTTLED" ? (retry ?? THROTTLED_SECONDS) : RETRY_SECONDS };
}
