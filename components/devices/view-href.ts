import { deviceFilter, type DeviceFilter, type DeviceOrder } from "@/lib/contracts/device-filter";
import type { FilterField } from "@/lib/contracts/device-filter-words";

const FIELDS = Object.keys(deviceFilter.shape) as FilterField[];
export const DEFAULT_ORDER: DeviceOrder = "-added";

/** A filter out of an address; what is not understood is left out. */
export function readFilter(search: { get(name: string): string | null }): DeviceFilter {
  const conditions = FIELDS.flatMap((field) => {
    const value = search.get(field);
    return value !== null && value !== "" && deviceFilter.shape[field].safeParse(value).success ? [[field, value]] : [];
  });
  return Object.fromEntries(conditions) as DeviceFilter; // every value went through its schema
}

/** The address of a view. */
export function viewHref(filter: DeviceFilter, sort: DeviceOrder | null = null): string {
  const search = new URLSearchParams();
  for (const field of FIELDS) {
    const value = filter[field];
    if (value !== undefined && value !== "") search.set(field, value);
  }
  if (sort !== null && sort !== DEFAULT_ORDER) search.set("sort", sort);
  return search.size === 0 ? "/devices" : `/devices?${search}`;
}
