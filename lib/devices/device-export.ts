import type { DeviceCsvQuery } from "@/lib/contracts/devices";
import type { DeviceListRow } from "./device-list-store";
import { findDevicePage } from "./device-list-store";
import { cursorAfter, orderingOf, placeOf } from "./device-order";
import { encodeCursor } from "@/lib/db/cursor";

const ROWS_AT_A_TIME = 1_000;

/** Every device that matches, in its order, a thousand at a time: never the whole fleet in memory. */
export async function* exportDevices(query: DeviceCsvQuery): AsyncGenerator<DeviceListRow[]> {
  const { sort, columns: _, ...filter } = query;
  const ordering = orderingOf(sort);
  let cursor: string | null = null;
  for (;;) {
    const { rows } = await findDevicePage(filter, ordering, cursor === null ? null : placeOf(ordering, cursor), ROWS_AT_A_TIME);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < ROWS_AT_A_TIME || last === undefined) return;
    cursor = encodeCursor(cursorAfter(ordering, last));
  }
}
