import { MusterError } from "@/lib/contracts/errors";
import type { DeviceListQuery } from "@/lib/contracts/devices";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import type { DeviceFilter, DeviceListRow } from "./device-store";
import { countDeviceRows, listDeviceRows, readDeviceRow } from "./device-store";
import type { EnrollmentDetailRow } from "./enrollment-store";
import { listEnrollmentDetails } from "./enrollment-store";
import type { InventoryFactRow } from "./inventory-store";
import { listInventoryFacts } from "./inventory-store";
import { listSecretsHeld } from "./secret-store";

export interface DevicePage {
  items: DeviceListRow[];
  nextCursor: string | null;
  total: number;
}

/** One page of devices, newest first. */
export async function listDevices(query: DeviceListQuery): Promise<DevicePage> {
  const filter: DeviceFilter = { query: query.query?.trim() || null, state: query.state ?? null, platform: query.platform ?? null };
  const before = query.cursor === undefined ? null : decodeCursor(query.cursor);
  const [rows, total] = await Promise.all([
    listDeviceRows(filter, before === null ? null : { createdAt: new Date(before[0]), id: before[1] }, query.limit + 1),
    countDeviceRows(filter),
  ]);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  const more = rows.length > query.limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.createdAt.toISOString(), last.id]) : null, total };
}

export interface DeviceDetail {
  device: DeviceListRow;
  enrollments: EnrollmentDetailRow[];
  inventory: InventoryFactRow[];
  secrets: { kind: string; learnedAt: Date }[];
}

/** Everything the console shows of a device. @throws MusterError not-found */
export async function readDevice(id: string): Promise<DeviceDetail> {
  const device = await readDeviceRow(id);
  if (device === null) throw new MusterError("not-found", `no device ${id}`);
  const [enrollments, inventory, secrets] = await Promise.all([listEnrollmentDetails(id), listInventoryFacts(id), listSecretsHeld(id)]);
  return { device, enrollments, inventory, secrets };
}
