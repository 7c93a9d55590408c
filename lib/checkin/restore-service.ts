import type { ManyDecided } from "@/lib/contracts/admissions";
import { MusterError } from "@/lib/contracts/errors";
import type { RestoreDecision } from "@/lib/contracts/restores";
import type { RestoreState } from "@/lib/contracts/words";
import { decodeTimeCursor } from "@/lib/db/cursor";
import { pageOf, type Page } from "@/lib/db/page";
import { transaction } from "@/lib/db/transaction";
import { lockEnrollment } from "@/lib/devices/enrollment-store";
import { recordEvents } from "@/lib/events/event-log";
import { decideEach } from "./decide-each";
import type { Decider } from "./decider";
import { markRejected } from "./rejection";
import type { RestoreRow } from "./restore-store";
import { countRestoreRows, findRestoreOf, listRestoreRows, lockRestore, readRestoreRow, saveRestoreDecision } from "./restore-store";
import { welcome } from "./welcome";

/** One page of devices that came back from a backup, newest first. */
export async function listRestores(query: { state?: RestoreState | undefined; cursor?: string | undefined; limit: number }): Promise<Page<RestoreRow>> {
  const state = query.state ?? null;
  const before = query.cursor === undefined ? null : decodeTimeCursor(query.cursor);
  const [rows, total] = await Promise.all([listRestoreRows(state, before, query.limit + 1), countRestoreRows(state)]);
  return pageOf(rows, query.limit, total, (last) => [last.createdAt.toISOString(), last.id]);
}

/**
 * Decides on a device that waits after a restore. One that was rejected may be accepted as long as it has not heard our answer.
 * @throws MusterError not-found, conflict when nothing waits
 */
export async function decide(id: string, decision: RestoreDecision, by: Decider): Promise<RestoreRow> {
  await transaction(async (tx) => {
    const restore = await lockRestore(tx, id);
    if (restore === null) throw new MusterError("not-found", `no restore ${id}`);
    const wanted = decision === "accept" ? "accepted" : "rejected";
    if (restore.state === wanted) return;
    const life = await lockEnrollment(tx, restore.enrollmentId);
    if (life === null || life.endedAt !== null || restore.state === "superseded") throw new MusterError("conflict", "the life that waited has ended");
    if (restore.state === "accepted") throw new MusterError("conflict", "this device was accepted already; end its management instead");
    await saveRestoreDecision(tx, id, wanted, by.label);
    await recordEvents(tx, [{ kind: `restore.${wanted}`, actor: by.label, deviceId: life.deviceId, enrollmentId: life.id, data: { seen: restore.signs } }]);
    if (decision === "accept") await welcome(tx, life, restore.formerId, by.label);
    else await markRejected(tx, life, by.label, by.personId);
  });
  return readRestore(id);
}

/** The same for the device, by its newest restore. @throws MusterError not-found, conflict */
export async function decideForDevice(deviceId: string, decision: RestoreDecision, by: Decider): Promise<RestoreRow> {
  const id = await findRestoreOf(deviceId);
  if (id === null) throw new MusterError("conflict", "this device did not come back from a backup");
  return decide(id, decision, by);
}

/** One decision on many; those it does not fit are told apart. */
export function decideMany(ids: readonly string[], decision: RestoreDecision, by: Decider): Promise<ManyDecided> {
  return decideEach(ids, (id) => decide(id, decision, by));
}

async function readRestore(id: string): Promise<RestoreRow> {
  const row = await readRestoreRow(id);
  if (row === null) throw new MusterError("not-found", `no restore ${id}`);
  return row;
}
