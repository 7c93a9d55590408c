import { randomUUID } from "node:crypto";
import { coalesced } from "@/lib/config/coalesce";
import { BUILT_IN_VIEWS } from "@/lib/contracts/built-in-views";
import type { DeviceOrder } from "@/lib/contracts/device-conditions";
import type { DeviceFilter } from "@/lib/contracts/device-filter";
import { MusterError } from "@/lib/contracts/errors";
import { MOST_SAVED_VIEWS, type CreateSavedViewBody } from "@/lib/contracts/saved-views";
import { isUniqueViolation } from "@/lib/db/storage-errors";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { DeviceCount } from "./device-list-store";
import { countDeviceRows } from "./device-list-store";
import type { SavedViewRow } from "./saved-view-store";
import { insertSavedView, listSavedViewRows, removeSavedView } from "./saved-view-store";

export interface SavedView {
  id: string;
  name: string;
  builtIn: boolean;
  filter: DeviceFilter;
  sort: DeviceOrder | null;
  count: DeviceCount;
  createdAt: Date | null;
  createdBy: string | null;
}

/** How many devices each view of the product holds, by its id. Dashboards and lists ask for it after every event: they share the answers. */
export const countBuiltInViews = coalesced<Record<string, DeviceCount>>(Object.fromEntries(BUILT_IN_VIEWS.map(({ id, filter }) => [id, () => countDeviceRows(filter)])));

/** One after the other: the list of devices itself must not wait behind a row of counts. */
async function countsOf(views: readonly { id: string; filter: DeviceFilter }[]): Promise<Record<string, DeviceCount>> {
  const counts: [string, DeviceCount][] = [];
  for (const { id, filter } of views) counts.push([id, await countDeviceRows(filter)]);
  return Object.fromEntries(counts);
}

/** Those of the product and then everybody's, each with how many devices it holds now. */
export async function listSavedViews(): Promise<SavedView[]> {
  const saved = (await listSavedViewRows()).map(fromRow);
  const views = [...BUILT_IN_VIEWS.map((view) => ({ ...view, builtIn: true, createdAt: null, createdBy: null })), ...saved];
  const counts = { ...(await countBuiltInViews()), ...(await countsOf(saved)) };
  return views.map((view) => ({ ...view, count: counts[view.id] ?? { total: 0, capped: false } }));
}

/** @throws MusterError conflict when the name is taken or there are as many as there may be */
export async function createSavedView(body: CreateSavedViewBody, actor: string): Promise<SavedView> {
  const view = { id: randomUUID(), name: body.name, query: { filter: body.filter, sort: body.sort ?? null }, createdBy: actor };
  try {
    const row = await transaction(async (tx) => {
      const inserted = await insertSavedView(tx, view, MOST_SAVED_VIEWS);
      if (inserted === null) throw new MusterError("conflict", `there are ${MOST_SAVED_VIEWS} saved views already`);
      await recordEvents(tx, [{ kind: "view.saved", actor, data: { viewId: view.id, name: view.name } }]);
      return inserted;
    });
    return { ...fromRow(row), count: await countDeviceRows(body.filter) };
  } catch (error) {
    if (isUniqueViolation(error)) throw new MusterError("conflict", "there is a view of this name already", { cause: error });
    throw error;
  }
}

/** @throws MusterError not-found */
export async function deleteSavedView(id: string, actor: string): Promise<SavedView> {
  const row = await transaction(async (tx) => {
    const removed = await removeSavedView(tx, id);
    if (removed === null) throw new MusterError("not-found", `no saved view ${id}`);
    await recordEvents(tx, [{ kind: "view.deleted", actor, data: { viewId: id, name: removed.name } }]);
    return removed;
  });
  return { ...fromRow(row), count: await countDeviceRows(row.query.filter) };
}

function fromRow({ id, name, query, createdAt, createdBy }: SavedViewRow): Omit<SavedView, "count"> {
  return { id, name, builtIn: false, filter: query.filter, sort: query.sort, createdAt, createdBy };
}
