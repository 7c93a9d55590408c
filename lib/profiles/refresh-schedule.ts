import type { Executor } from "@/lib/db/database";
import { signal } from "@/lib/db/signals";
import { markEnrollmentDue, markHoldersDue, markMembersDue, markWatchedDue } from "./check-store";
import { revertCancelled } from "./reconcile-store";

/**
 * What a change brings about is not worked out within it: it only marks, in its own transaction, whose profiles have to
 * be looked at, and the reconcile worker sees to them.
 */

/** The content of profiles, or who gets them, changes. Call it while the assignments concerned stand. */
export async function refreshHolders(tx: Executor, profileIds: readonly string[]): Promise<void> {
  await markHoldersDue(tx, profileIds);
  signal("profiles");
}

/** Devices came into a group or left it; null: all of its members are about to. */
export async function refreshMembers(tx: Executor, groupId: string, deviceIds: readonly string[] | null): Promise<void> {
  await markMembersDue(tx, groupId, deviceIds);
  signal("profiles");
}

/** An enrollment was completed, came back and may be another than we remember, or goes on although its end was asked for. */
export async function startProfiles(tx: Executor, enrollment: { id: string }): Promise<void> {
  await revertCancelled(tx, enrollment.id);
  if (await markEnrollmentDue(tx, enrollment.id)) signal("profiles");
}

const TELLING: ReadonlySet<string> = new Set(["InstallProfile", "RemoveProfile", "ProfileList"]);

/** Whether the answers to these commands tell how profiles stand. */
export function tellsOfProfiles(requestType: string): boolean {
  return TELLING.has(requestType);
}

/** A device has told how its profiles stand, or news that they may hold. Call it last in its transaction: it waits for nobody then. */
export async function noteTold(tx: Executor, enrollmentId: string): Promise<void> {
  if (await markWatchedDue(tx, enrollmentId)) signal("profiles");
}
