import { MusterError } from "@/lib/contracts/errors";
import type { DeviceFilter } from "@/lib/contracts/device-filter";
import type { DeviceListQuery } from "@/lib/contracts/devices";
import { decodeTimeCursor } from "@/lib/db/cursor";
import { pageOf, type Page } from "@/lib/db/page";
import type { Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { DeviceListRow } from "./device-list-store";
import { countDeviceRows, countDeviceRowsOfLink, findDevicePage, listDeviceRowsById, listDeviceRowsOfLink, readDeviceRow } from "./device-list-store";
import { cursorAfter, orderingOf, placeOf } from "./device-order";
import type { EnrollmentDetailRow } from "./enrollment-store";
import { listEnrollmentDetails, setOwner } from "./enrollment-store";
import type { InventoryFactRow } from "./inventory-store";
import { listInventoryFacts } from "./inventory-store";
import { listSecretsHeld, type SecretHeldRow } from "./secret-store";

/** One page of the devices that match. With `ids`, those of them that are devices, whatever else is asked. */
export async function listDevices(query: DeviceListQuery): Promise<Page<DeviceListRow> & { totalCapped: boolean }> {
  const { cursor, limit, sort, ids, ...filter } = query;
  if (ids !== undefined) {
    const items = await listDeviceRowsById(ids.split(","));
    return { items, nextCursor: null, total: items.length, totalCapped: false };
  }
  const ordering = orderingOf(sort);
  const after = cursor === undefined ? null : placeOf(ordering, cursor);
  const { rows, total, capped } = await findDevicePage(filter, ordering, after, limit + 1);
  return { ...pageOf(rows, limit, total, (last) => cursorAfter(ordering, last)), totalCapped: capped };
}

/** How many devices match, exactly up to 10 000. */
export function countDevices(filter: DeviceFilter): Promise<{ total: number; capped: boolean }> {
  return countDeviceRows(filter);
}

/** One page of the devices whose newest life came by this link. */
export async function listDevicesOfLink(linkId: string, query: { cursor?: string | undefined; limit: number }): Promise<Page<DeviceListRow>> {
  const before = query.cursor === undefined ? null : decodeTimeCursor(query.cursor);
  const [rows, total] = await Promise.all([listDeviceRowsOfLink(linkId, before, query.limit + 1), countDeviceRowsOfLink(linkId)]);
  return pageOf(rows, query.limit, total, (last) => [last.createdAt.toISOString(), last.id]);
}

export interface DeviceDetail {
  device: DeviceListRow;
  enrollments: EnrollmentDetailRow[];
  inventory: InventoryFactRow[];
  secrets: SecretHeldRow[];
}

/** Everything the console shows of a device. @throws MusterError not-found */
export async function readDevice(id: string): Promise<DeviceDetail> {
  const device = await readDeviceRow(id);
  if (device === null) throw new MusterError("not-found", `no device ${id}`);
  const [enrollments, inventory, secrets] = await Promise.all([listEnrollmentDetails(id), listInventoryFacts(id), listSecretsHeld(id)]);
  return { device, enrollments, inventory, secrets };
}

/** Says whom the present life of a device is for; `consequence` is called where that is news. @throws MusterError not-found, conflict where it has not been managed yet */
export async function changeOwner(id: string, owner: string | null, actor: string, consequence: (tx: Executor, enrollmentId: string) => Promise<void>): Promise<void> {
  const device = await readDeviceRow(id);
  if (device === null) throw new MusterError("not-found", `no device ${id}`);
  const { enrollmentId } = device;
  if (enrollmentId === null) throw new MusterError("conflict", "this device has not been managed yet: a life of it is for somebody");
  await transaction(async (tx) => {
    if (!(await setOwner(tx, enrollmentId, owner))) return;
    await recordEvents(tx, [{ kind: "device.owner-changed", actor, deviceId: id, enrollmentId, data: { owner, before: device.owner } }]);
    await consequence(tx, enrollmentId);
  });
}
