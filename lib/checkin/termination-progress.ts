import type { TerminationProgress } from "@/lib/contracts/words";
import type { EnrollmentDetailRow } from "@/lib/devices/enrollment-store";

/** A device that had the command and was not heard of for so long will hardly be heard of again. */
const SILENT_AFTER_MS = 60 * 60_000;

type Ending = Pick<EnrollmentDetailRow, "departure" | "endedAt" | "terminationMethod" | "terminationHeldAt" | "removalState" | "removalDeliveredAt" | "lastSeenAt" | "tokenDeadAt">;

/** How far the end of management has come: what is known of it, and no more than that. */
export function progressOf(life: Ending, now: Date): TerminationProgress {
  if (life.departure === "profile-removed" || life.departure === "checked-out") return life.departure;
  if (life.endedAt !== null) return "answered";
  if (life.terminationMethod !== "remove-profile") return life.terminationHeldAt === null ? "asked" : "held";
  const { removalState: removal, removalDeliveredAt: deliveredAt, lastSeenAt, tokenDeadAt } = life;
  if (removal === "failed" || removal === "malformed" || removal === "cancelled" || removal === "expired") return "refused";
  if (deliveredAt === null) return "asked";
  const heardAt = Math.max(deliveredAt.getTime(), lastSeenAt?.getTime() ?? 0);
  return tokenDeadAt !== null || removal === "poisoned" || now.getTime() - heardAt > SILENT_AFTER_MS ? "silent" : "delivered";
}
