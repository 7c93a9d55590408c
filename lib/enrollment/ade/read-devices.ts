import type { Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { DevicePage, ServiceDevice } from "@/lib/protocol/ade/assignment-answers";
import type { ServerToken } from "@/lib/protocol/ade/server-token";
import { fetchDevices, syncDevices } from "./assignment-calls";
import { AssignmentError } from "./assignment-error";
import { markRemoved, markUnseenRemoved, upsertDevices, type PageEffect } from "./device-store";
import type { AdeServerRow } from "./server-store";
import { isDueSince, readServerRow, saveCursor, saveSynced, startOver, takeSyncLock } from "./server-store";

/** How often Apple is asked for changes. */
const SYNC_EVERY_SECONDS = 15 * 60;
/** Apple takes a cursor for seven days; what it says of others means that all devices have to be read again. */
const CURSOR_LOST = ["EXPIRED_CURSOR", "INVALID_CURSOR", "EXHAUSTED_CURSOR", "CURSOR_REQUIRED"];

export type PageOutcome = "more" | "end" | "resync" | "taken" | "not-due";

/**
 * Reads one page of Apple's list and keeps it with its cursor, in one transaction: whoever is killed meanwhile has read
 * nothing. A lock keeps other nodes off this server until it is done.
 * @throws AssignmentError
 */
export async function readPage(serverId: string, token: ServerToken): Promise<PageOutcome> {
  return transaction(async (tx) => {
    if (!(await takeSyncLock(tx, serverId))) return "taken";
    const server = await readServerRow(tx, serverId);
    if (server === null || server.tokenSealed === null || server.syncDueAt > server.now) return "not-due";
    const full = server.cursor === null || server.fullReadSince !== null;
    const page = await nextPage(server, token, full);
    // Somebody wants the list read anew, with what has happened since we asked: this page would end that wish.
    if (!(await isDueSince(tx, serverId, server.syncDueAt))) return "more";
    if (page === "cursor-lost") {
      await startOver(tx, serverId, { forgetProfiles: false });
      await recordEvents(tx, [{ kind: "ade.resync", actor: "system", data: { serverId, name: server.name } }]);
      return "resync";
    }
    const since = full ? (server.fullReadSince ?? server.now) : null;
    const effect = await takeIn(tx, server, page);
    await saveCursor(tx, serverId, page.cursor, page.more_to_follow ? since : null);
    if (since !== null && !page.more_to_follow) effect.removed += await markUnseenRemoved(tx, serverId, since);
    if (effect.added + effect.removed > 0) await recordEvents(tx, [{ kind: "ade.synced", actor: "system", data: { serverId, name: server.name, ...effect } }]);
    if (page.more_to_follow) return "more";
    await saveSynced(tx, serverId, SYNC_EVERY_SECONDS);
    return "end";
  });
}

async function nextPage(server: AdeServerRow, token: ServerToken, full: boolean): Promise<DevicePage | "cursor-lost"> {
  const { cursor } = server;
  try {
    return full || cursor === null ? await fetchDevices(token, cursor) : await syncDevices(token, cursor);
  } catch (error) {
    // Of a cursor that it was not given Apple complains for another reason, which holds the server as every refusal does.
    if (!(error instanceof AssignmentError) || error.code === null || !CURSOR_LOST.includes(error.code) || cursor === null) throw error;
    // A full read that Apple calls exhausted has come to its end: changes are read on with the same cursor.
    if (full && error.code === "EXHAUSTED_CURSOR") return nextPage(server, token, false);
    return "cursor-lost";
  }
}

async function takeIn(tx: Executor, server: AdeServerRow, page: DevicePage): Promise<PageEffect> {
  const newest = newestOfEach(page.devices);
  const gone = newest.filter((device) => device.op_type === "deleted").map((device) => device.serial_number);
  const there = newest.filter((device) => device.op_type !== "deleted");
  const upserted = await upsertDevices(tx, server.id, there, server.defaultConfigurationId);
  return { ...upserted, removed: await markRemoved(tx, server.id, gone) };
}

/** One device may appear several times; what happened last is true of it. */
function newestOfEach(devices: readonly ServiceDevice[]): ServiceDevice[] {
  const ordered = devices.toSorted((a, b) => (a.op_date?.getTime() ?? 0) - (b.op_date?.getTime() ?? 0));
  return [...new Map(ordered.map((device) => [device.serial_number, device])).values()];
}
