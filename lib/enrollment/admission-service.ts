import { randomUUID } from "node:crypto";
import type { AdmissionDecision } from "@/lib/contracts/admissions";
import { MusterError } from "@/lib/contracts/errors";
import type { AdmissionState } from "@/lib/contracts/words";
import { decodeTimeCursor } from "@/lib/db/cursor";
import type { Executor } from "@/lib/db/database";
import { pageOf, type Page } from "@/lib/db/page";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { AdmissionRow, Applicant } from "./admission-store";
import { countAdmissionRows, listAdmissionRows, lockAdmission, readAdmissionRow, saveDecision, upsertAdmission } from "./admission-store";

/**
 * A device asks to be let in by a link whose admission is "approve". It waits until an admin decides, is told the
 * decision whenever it asks again, and is recognized by its key.
 */
export async function askAdmission(tx: Executor, applicant: Applicant): Promise<AdmissionState> {
  const { id, state, fresh } = await upsertAdmission(tx, randomUUID(), applicant);
  if (fresh) {
    const { linkId, enrollmentId, serialNumber, productName, osVersion } = applicant;
    await recordEvents(tx, [{ kind: "admission.waiting", actor: "device", linkId, enrollmentId, data: { id, serialNumber, productName, osVersion } }]);
  }
  return state;
}

/** What a decision brings about for the life that waits, in the same transaction. */
type Consequence = (tx: Executor, admission: AdmissionRow, decision: AdmissionDecision) => Promise<void>;

/**
 * Decides on a device that waits; one that was refused may be let in after all.
 * @throws MusterError not-found, conflict when it has been decided otherwise
 */
export async function decideAdmission(id: string, decision: AdmissionDecision, actor: string, consequence: Consequence): Promise<AdmissionRow> {
  await transaction(async (tx) => {
    const admission = await lockAdmission(tx, id);
    if (admission === null) throw new MusterError("not-found", `no admission ${id}`);
    const wanted = decision === "approve" ? "approved" : "refused";
    if (admission.state === wanted) return;
    if (admission.state === "approved") throw new MusterError("conflict", "this device was let in already; end its management instead");
    await saveDecision(tx, id, wanted, actor);
    const { linkId, enrollmentId, deviceId, serialNumber } = admission;
    await recordEvents(tx, [{ kind: `admission.${wanted}`, actor, linkId, deviceId, enrollmentId, data: { id, serialNumber, link: admission.linkName } }]);
    await consequence(tx, admission, decision);
  });
  return readAdmission(id);
}

/** @throws MusterError not-found */
export async function readAdmission(id: string): Promise<AdmissionRow> {
  const row = await readAdmissionRow(id);
  if (row === null) throw new MusterError("not-found", `no admission ${id}`);
  return row;
}

/** One page of admissions, newest first. */
export async function listAdmissions(query: { state?: AdmissionState | undefined; cursor?: string | undefined; limit: number }): Promise<Page<AdmissionRow>> {
  const state = query.state ?? null;
  const before = query.cursor === undefined ? null : decodeTimeCursor(query.cursor);
  const [rows, total] = await Promise.all([listAdmissionRows(state, before, query.limit + 1), countAdmissionRows(state)]);
  return pageOf(rows, query.limit, total, (last) => [last.createdAt.toISOString(), last.id]);
}
