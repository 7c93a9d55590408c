"use client";

import { useMemo, useState } from "react";
import type { DeviceFilters } from "@/lib/client/queries/devices";
import { counted } from "@/lib/client/text";
import type { BatchTarget } from "@/lib/contracts/batches";
import type { DeviceSummary } from "@/lib/contracts/devices";
import type { RowSelection } from "./device-table";

export interface DeviceSelection {
  count: number;
  /** "3 devices". */
  words: string;
  target: BatchTarget;
  /** Null when all that match are meant, in sight or not. */
  ids: readonly string[] | null;
  rows: RowSelection;
  /** More match than are ticked, and all of those could be meant instead. */
  widen: { total: number; take: () => void } | null;
  clear: () => void;
}

interface Input {
  filters: DeviceFilters;
  devices: readonly DeviceSummary[];
  total: number;
}

/** The ticked devices of a list, or all that match its filters. Ticks outlive a search; "all that match" does not. */
export function useDeviceSelection({ filters, devices, total }: Input): DeviceSelection {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [allOf, setAllOf] = useState<string | null>(null);
  const filtersKey = JSON.stringify(filters);
  const all = allOf === filtersKey;
  const shown = useMemo(() => devices.map((device) => device.id), [devices]);
  const take = (ids: Iterable<string>): void => {
    setAllOf(null);
    setTicked(new Set(ids));
  };
  const rows: RowSelection = {
    has: (id) => all || ticked.has(id),
    toggle: (id) => {
      const now = all ? shown : [...ticked];
      take(now.includes(id) ? now.filter((each) => each !== id) : [...now, id]);
    },
    setShown: (wanted) => take(wanted ? [...ticked, ...shown] : [...ticked].filter((id) => !shown.includes(id))),
  };
  const count = all ? total : ticked.size;
  const allShown = shown.length > 0 && shown.every((id) => ticked.has(id));
  return {
    count,
    words: all && Object.values(filters).some((value) => value !== undefined) ? `${counted(count, "device")} that match` : counted(count, "device"),
    target: all ? { filter: filters } : { deviceIds: [...ticked] },
    ids: all ? null : [...ticked],
    rows,
    widen: !all && allShown && total > ticked.size ? { total, take: () => setAllOf(filtersKey) } : null,
    clear: () => take([]),
  };
}
