"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import type { DeviceFilters } from "@/lib/client/queries/devices";
import { platform, enrollmentState } from "@/lib/contracts/devices";

/** The filters of the device list, kept in the address so that they survive reload, back and sharing. */
export function useDeviceFilters(): { filters: DeviceFilters; active: number; change: (part: DeviceFilters) => void; clear: () => void } {
  const search = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const filters = useMemo<DeviceFilters>(() => {
    const query = search.get("query")?.slice(0, 200) ?? "";
    return {
      ...(query === "" ? {} : { query }),
      state: enrollmentState.safeParse(search.get("state")).data,
      platform: platform.safeParse(search.get("platform")).data,
    };
  }, [search]);
  const change = useCallback(
    (part: DeviceFilters) => {
      const next = new URLSearchParams(search);
      for (const [name, value] of Object.entries(part)) {
        if (value === undefined || value === "") next.delete(name);
        else next.set(name, value);
      }
      router.replace(next.size === 0 ? pathname : `${pathname}?${next}`, { scroll: false });
    },
    [search, router, pathname],
  );
  const clear = useCallback(() => router.replace(pathname, { scroll: false }), [router, pathname]);
  const active = [filters.query, filters.state, filters.platform].filter((value) => value !== undefined).length;
  return { filters, active, change, clear };
}
