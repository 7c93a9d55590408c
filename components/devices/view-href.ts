import { CONDITIONS, FILTER_FIELDS, type DeviceOrder } from "@/lib/contracts/device-conditions";
import type { DeviceFilter } from "@/lib/contracts/device-filter";

export const DEFAULT_ORDER: DeviceOrder = "-added";

/** A filter out of an address; what is not understood is left out. */
export function readFilter(search: { get(name: string): string | null }): DeviceFilter {
  const conditions = FILTER_FIELDS.flatMap((field) => {
    const value = search.get(field);
    return value !== null && value !== "" && CONDITIONS[field].test(value) ? [[field, value]] : [];
  });
  return Object.fromEntries(conditions) as DeviceFilter; // every value has the form its field asks for
}

/** The address of a view. */
export function viewHref(filter: DeviceFilter, sort: DeviceOrder | null = null): string {
  const search = new URLSearchParams();
  for (const field of FILTER_FIELDS) {
    const value = filter[field];
    if (value !== undefined && value !== "") search.set(field, value);
  }
  if (sort !== null && sort !== DEFAULT_ORDER) search.set("sort", sort);
  return search.size === 0 ? "/devices" : `/devices?${search}`;
}
