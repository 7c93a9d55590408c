import type { Executor } from "@/lib/db/database";
import { requestPush } from "@/lib/push/push-schedule";
import { markTermination } from "./termination-store";

/**
 * A device that is not wanted hears 401 at its next contact, under the limit of lib/checkin/termination.ts. `personId`
 * is who decided it; null for a policy or a script.
 */
export async function markRejected(tx: Executor, life: { id: string }, actor: string, personId: string | null): Promise<void> {
  await markTermination(tx, { enrollmentId: life.id, method: "unauthorized", cause: "rejected", requestedBy: actor, personId, commandId: null });
  await requestPush(tx, [life.id]);
}
