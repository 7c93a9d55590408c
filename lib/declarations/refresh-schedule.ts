import type { Executor } from "@/lib/db/database";
import { signal } from "@/lib/db/signals";
import { markEnrollmentDue, markHoldersDue, markMembersDue } from "./declarative-store";

/**
 * What a change brings about is not worked out within it: it only marks, in its own transaction, whose declarations
 * may differ now, and the refresh worker sees to them.
 */

/** The content of a declaration, or who gets it, changes. Call it while the assignments concerned stand. */
export async function refreshHolders(tx: Executor, declarationId: string): Promise<void> {
  await markHoldersDue(tx, declarationId);
  signal("declarations");
}

/** Devices came into a group or left it; null: all of its members are about to. */
export async function refreshMembers(tx: Executor, groupId: string, deviceIds: readonly string[] | null): Promise<void> {
  await markMembersDue(tx, groupId, deviceIds);
  signal("declarations");
}

/** An enrollment was completed: if its device is in groups that have declarations, it is told. */
export async function startDeclarative(tx: Executor, enrollment: { id: string }): Promise<void> {
  await markEnrollmentDue(tx, enrollment.id);
  signal("declarations");
}
