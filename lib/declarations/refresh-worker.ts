import { recurringWork } from "@/lib/config/recurring-work";
import { onSignal } from "@/lib/db/signals";
import { transaction } from "@/lib/db/transaction";
import { supportsDeclarations } from "@/lib/protocol/declarations/supports-declarations";
import { announce } from "./announce";
import { claimDue, saveSnapshots } from "./declarative-store";
import { EMPTY_SET } from "./item-set";
import { itemSets } from "./snapshot-service";

const POLL_MS = 5_000;
/** Enrollments in one transaction: devices that report meanwhile wait for it. */
const CHUNK = 500;

/** Works out and announces what is due, chunk by chunk. Several nodes may do it side by side. */
export async function refreshDeclarations(): Promise<void> {
  while ((await refreshChunk()) === CHUNK);
}

async function refreshChunk(): Promise<number> {
  return transaction(async (tx) => {
    const due = await claimDue(tx, CHUNK);
    const able = due.filter((row) => row.enrolled && supportsDeclarations(row.platform, row.osVersion));
    const sets = await itemSets(tx, able.map((row) => row.enrollmentId));
    const setOf = (enrollmentId: string) => sets.get(enrollmentId) ?? EMPTY_SET;
    // Who never had any declaration, and has none now, is left in peace.
    const others = able.filter((row) => setOf(row.enrollmentId).token !== (row.token ?? EMPTY_SET.token));
    await saveSnapshots(tx, new Map(others.map((row) => [row.enrollmentId, setOf(row.enrollmentId)])));
    // The device may have been told already and not have come to read them.
    const unread = able.filter((row) => setOf(row.enrollmentId).token !== (row.fetchedToken ?? EMPTY_SET.token));
    await announce(tx, unread.map(({ enrollmentId, deviceId, fresh }) => ({ enrollmentId, deviceId, fresh, token: setOf(enrollmentId).token })), "system");
    return due.length;
  });
}

/** Refreshes at once when something changes, and looks every few seconds. */
export function startDeclarationRefresh(): { stop(): Promise<void> } {
  const work = recurringWork(POLL_MS, refreshDeclarations, "declarations were not refreshed; it is tried again");
  const unsubscribe = onSignal("declarations", work.wake);
  return {
    async stop() {
      unsubscribe();
      await work.stop();
    },
  };
}
