"use client";

import { useMemo, useState } from "react";
import { counted } from "@/lib/client/text";
import type { BatchTarget } from "@/lib/contracts/batches";
import type { DeviceFilter } from "@/lib/contracts/device-filter";
import type { DeviceCount, DeviceSummary } from "@/lib/contracts/devices";
import { countWords } from "./count-words";
import type { RowSelection } from "./device-table";

export interface DeviceSelection {
  count: number;
  /** There are more than `count`; nobody counted on. */
  capped: boolean;
  /** "3 devices". */
  words: string;
  target: BatchTarget;
  rows: RowSelection;
  /** More match than are ticked, and all of those could be meant instead. */
  widen: { words: string; take: () => void } | null;
  clear: () => void;
}

interface Input {
  filter: DeviceFilter;
  devices: readonly DeviceSummary[];
  total: DeviceCount;
}

/** The ticked devices of a list, or all that match the filter it had when they were taken. Ticks outlive a search; "all that match" does not. */
export function useDeviceSelection({ filter, devices, total }: Input): DeviceSelection {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [allOf, setAllOf] = useState<string | null>(null);
  const filterKey = JSON.stringify(filter);
  const all = allOf === filterKey;
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
  const allShown = shown.length > 0 && shown.every((id) => ticked.has(id));
  const matching = Object.keys(filter).length === 0 ? "" : " that match";
  return {
    count: all ? total.total : ticked.size,
    capped: all && total.capped,
    words: all ? `${countWords(total)} devices${matching}` : counted(ticked.size, "device"),
    target: all ? { filter } : { deviceIds: [...ticked] },
    rows,
    widen: !all && allShown && (total.capped || total.total > ticked.size) ? { words: `Take all ${countWords(total)}${matching}`, take: () => setAllOf(filterKey) } : null,
    clear: () => take([]),
  };
}
