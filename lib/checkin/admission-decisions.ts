import type { AdmissionDecision, ManyDecided } from "@/lib/contracts/admissions";
import type { Executor } from "@/lib/db/database";
import { lockEnrollment } from "@/lib/devices/enrollment-store";
import { decideAdmission } from "@/lib/enrollment/admission-service";
import type { AdmissionRow } from "@/lib/enrollment/admission-store";
import { decideEach } from "./decide-each";
import type { Decider } from "./decider";
import { markRejected } from "./rejection";
import { welcome } from "./welcome";

/**
 * Lets a device in, or refuses it: one that waits in quarantine is managed from now on, or ends by our answer to its next contact.
 * @throws MusterError not-found, conflict
 */
export function decide(id: string, decision: AdmissionDecision, by: Decider): Promise<AdmissionRow> {
  return decideAdmission(id, decision, by.label, (tx, admission) => carryOut(tx, admission, decision, by));
}

/** One decision on many devices; those it does not fit are told apart. */
export function decideMany(ids: readonly string[], decision: AdmissionDecision, by: Decider): Promise<ManyDecided> {
  return decideEach(ids, (id) => decide(id, decision, by));
}

async function carryOut(tx: Executor, { enrollmentId }: AdmissionRow, decision: AdmissionDecision, by: Decider): Promise<void> {
  const life = enrollmentId === null ? null : await lockEnrollment(tx, enrollmentId);
  if (life === null || life.endedAt !== null) return;
  if (decision === "approve") await welcome(tx, life, null, by.label);
  else await markRejected(tx, life, by.label, by.personId);
}
