import { isOfScript } from "@/lib/checkin/decider";
import { progressOf } from "@/lib/checkin/termination-progress";
import type { EnrollmentDto } from "@/lib/contracts/devices";
import type { TerminationMethod } from "@/lib/contracts/words";
import type { EnrollmentDetailRow } from "@/lib/devices/enrollment-store";
import { isoOrNull } from "./iso-or-null";

/** How the management of this life is being ended, or was; null when nobody asked for it. */
export function toTermination(row: EnrollmentDetailRow, now = new Date()): EnrollmentDto["termination"] {
  if (row.terminationMethod === null || row.terminationRequestedAt === null) return null;
  return {
    method: row.terminationMethod as TerminationMethod, // nothing else is written there
    requestedAt: row.terminationRequestedAt.toISOString(),
    requestedBy: row.terminationRequestedBy ?? "",
    byPerson: row.terminationPersonId !== null || !isOfScript(row.terminationRequestedBy),
    rejected: row.terminationCause === "rejected",
    progress: progressOf(row, now),
    heldAt: isoOrNull(row.terminationHeldAt),
    confirmedAt: isoOrNull(row.terminationConfirmedAt),
    confirmedBy: row.terminationConfirmedBy,
  };
}
