"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import type { DeviceView } from "@/lib/client/queries/devices";
import { DEVICE_ORDERS, type DeviceOrder } from "@/lib/contracts/device-conditions";
import type { DeviceFilter } from "@/lib/contracts/device-filter";
import { DEFAULT_ORDER, readFilter, viewHref } from "./view-href";

/** Filter and order of the device list, kept in the address so that they survive reload, back and sharing. */
export function useDeviceView(): DeviceView & { active: number; change: (part: DeviceFilter) => void; order: (sort: DeviceOrder) => void; clear: () => void } {
  const search = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const filter = useMemo(() => readFilter(search), [search]);
  const sort = DEVICE_ORDERS.find((each) => each === search.get("sort")) ?? DEFAULT_ORDER;
  const go = useCallback((next: DeviceFilter, by: DeviceOrder) => router.replace(`${pathname}${viewHref(next, by).slice("/devices".length)}`, { scroll: false }), [router, pathname]);
  const change = useCallback((part: DeviceFilter) => go({ ...filter, ...part }, sort), [go, filter, sort]);
  const order = useCallback((by: DeviceOrder) => go(filter, by), [go, filter]);
  const clear = useCallback(() => go({}, sort), [go, sort]);
  return { filter, sort, active: Object.keys(filter).length, change, order, clear };
}
