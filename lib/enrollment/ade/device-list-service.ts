import type { AdeAssignTarget, AdeDeviceFilter } from "@/lib/contracts/ade";
import { MusterError } from "@/lib/contracts/errors";
import { decodeTimeCursor } from "@/lib/db/cursor";
import { database } from "@/lib/db/database";
import { pageOf, type Page } from "@/lib/db/page";
import { signal } from "@/lib/db/signals";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { assignDevices, findIdsOfSerials } from "./assignment-store";
import { readConfiguration } from "./configuration-service";
import type { AdeDeviceListRow } from "./device-list-store";
import { countAdeDeviceRows, findAdeDeviceIds, listAdeDeviceRows } from "./device-list-store";

/** One page of the devices that accounts have given to us, newest first, each with the reason why it is enrolled or not. */
export async function listAdeDevices(query: AdeDeviceFilter & { cursor?: string | undefined; limit: number }): Promise<Page<AdeDeviceListRow>> {
  const before = query.cursor === undefined ? null : decodeTimeCursor(query.cursor);
  const [rows, total] = await Promise.all([listAdeDeviceRows(query, before, query.limit + 1), countAdeDeviceRows(query)]);
  return pageOf(rows, query.limit, total, (last) => [last.createdAt.toISOString(), last.id]);
}

/**
 * Decides what devices shall have; Apple is told at once, and takes it at their next set-up. Null takes it away.
 * Answers how many devices it concerns. @throws MusterError not-found, invalid-input for serial numbers no account has given to us
 */
export async function assignConfiguration(target: AdeAssignTarget, configurationId: string | null, actor: string): Promise<number> {
  const configuration = configurationId === null ? null : await readConfiguration(configurationId);
  const ids = await idsOf(target);
  return transaction(async (tx) => {
    const devices = await assignDevices(tx, ids, configurationId);
    const data = { configurationId, name: configuration?.name ?? null, devices };
    await recordEvents(tx, [{ kind: "ade.assignment-requested", actor, linkId: configuration?.linkId ?? null, data }]);
    signal("ade");
    return devices;
  });
}

async function idsOf(target: AdeAssignTarget): Promise<string[]> {
  if ("deviceIds" in target) return target.deviceIds;
  if ("filter" in target) return findAdeDeviceIds(database().pool, target.filter);
  const found = await findIdsOfSerials(target.serials);
  const known = new Set(found.map((device) => device.serialNumber));
  const errors = target.serials.flatMap((serial, index) => (known.has(serial) ? [] : [{ pointer: `/target/serials/${index}`, detail: "no account has given this device to us" }]));
  if (errors.length > 0) throw new MusterError("invalid-input", "some devices are not known", { errors: errors.slice(0, 100) });
  return found.map((device) => device.id);
}
