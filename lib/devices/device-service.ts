import { MusterError } from "@/lib/contracts/errors";
import type { DeviceListQuery } from "@/lib/contracts/devices";
import { decodeTimeCursor } from "@/lib/db/cursor";
import { pageOf, type Page } from "@/lib/db/page";
import type { DeviceFilter, DeviceListRow } from "./device-store";
import { countDeviceRows, listDeviceRows, readDeviceRow } from "./device-store";
import type { EnrollmentDetailRow } from "./enrollment-store";
import { listEnrollmentDetails } from "./enrollment-store";
import type { InventoryFactRow } from "./inventory-store";
import { listInventoryFacts } from "./inventory-store";
import { listSecretsHeld, type SecretHeldRow } from "./secret-store";

/** One page of devices, newest first. */
export async function listDevices(query: DeviceListQuery): Promise<Page<DeviceListRow>> {
  const filter: DeviceFilter = { query: query.query?.trim() || null, state: query.state ?? null, platform: query.platform ?? null };
  const before = query.cursor === undefined ? null : decodeTimeCursor(query.cursor);
  const [rows, total] = await Promise.all([
    listDeviceRows(filter, before, query.limit + 1),
    countDeviceRows(filter),
  ]);
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
