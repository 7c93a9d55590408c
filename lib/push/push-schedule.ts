import type { Executor } from "@/lib/db/database";
import { signal } from "@/lib/db/signals";
import { bringForward, setFirstPush } from "./push-store";

/** APNs may not know the device at once; the pushes that follow at +30 s and +5 min come from the first one's outcome. */
const FIRST_PUSH_AFTER_MS = 2_000;

/**
 * Asks for a push to each enrollment at `dueAt` (default: now), by the executor given, so that the wish is durable
 * with what it is for. A push that is due earlier serves it; none goes out within 5 s of the last. Enrollments
 * without a token, with a dead one, or ended get none: their next TokenUpdate has to ask again.
 */
export async function requestPush(executor: Executor, enrollmentIds: readonly string[], dueAt: Date | null = null): Promise<void> {
  if (enrollmentIds.length === 0) return;
  await bringForward(executor, enrollmentIds, dueAt);
  signal("push");
}

/** After the first TokenUpdate: pushes 2 s, 30 s and 5 min after enrollment, until the device connects. */
export async function schedulePushesAfterEnrollment(executor: Executor, enrollmentId: string): Promise<void> {
  await setFirstPush(executor, enrollmentId, FIRST_PUSH_AFTER_MS);
  signal("push");
}
