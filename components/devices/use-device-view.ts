"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import type { DeviceView } from "@/lib/client/queries/devices";
import { deviceFilter, deviceOrder, type DeviceFilter, type DeviceOrder } from "@/lib/contracts/device-filter";
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

/** Filter and order of the device list, kept in the address so that they survive reload, back and sharing. */
export function useDeviceView(): DeviceView & { active: number; change: (part: DeviceFilter) => void; order: (sort: DeviceOrder) => void; clear: () => void } {
  const search = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const filter = useMemo(() => readFilter(search), [search]);
  const sort = deviceOrder.safeParse(search.get("sort")).data ?? DEFAULT_ORDER;
  const go = useCallback((next: DeviceFilter, by: DeviceOrder) => router.replace(`${pathname}${viewHref(next, by).slice("/devices".length)}`, { scroll: false }), [router, pathname]);
  const change = useCallback((part: DeviceFilter) => go({ ...filter, ...part }, sort), [go, filter, sort]);
  const order = useCallback((by: DeviceOrder) => go(filter, by), [go, filter]);
  const clear = useCallback(() => go({}, sort), [go, sort]);
  return { filter, sort, active: Object.keys(filter).length, change, order, clear };
}
