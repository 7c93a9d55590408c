import type { AdmissionDecision, ManyDecided } from "@/lib/contracts/admissions";
import { decideAdmission } from "@/lib/enrollment/admission-service";
import type { AdmissionRow } from "@/lib/enrollment/admission-store";
import { decideEach } from "./decide-each";

/** @throws MusterError not-found, conflict */
export function decide(id: string, decision: AdmissionDecision, actor: string): Promise<AdmissionRow> {
  return decideAdmission(id, decision, actor, async () => undefined);
}

/** One decision on many devices; those it does not fit are told apart. */
export function decideMany(ids: readonly string[], decision: AdmissionDecision, actor: string): Promise<ManyDecided> {
  return decideEach(ids, (id) => decide(id, decision, actor));
}
