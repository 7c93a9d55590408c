"use client";

import { useCallback, useSyncExternalStore } from "react";
import { ALL_COLUMNS, DEFAULT_COLUMNS, type ColumnId } from "./device-columns";

const KEY = "muster.device-columns";
const watchers = new Set<() => void>();

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  window.addEventListener("storage", watcher);
  return () => {
    watchers.delete(watcher);
    window.removeEventListener("storage", watcher);
  };
}

/** A browser may forbid its storage; the columns are then the usual ones. */
function stored(): string {
  try {
    return window.localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** Which columns this browser shows, in their order; "device" is always among them. */
export function useDeviceColumns(): { columns: readonly ColumnId[]; choose: (columns: readonly ColumnId[]) => void } {
  const text = useSyncExternalStore(subscribe, stored, () => "");
  const known = text.split(",").filter((id): id is ColumnId => (ALL_COLUMNS as string[]).includes(id));
  const columns = known.includes("device") ? known : DEFAULT_COLUMNS;
  const choose = useCallback((next: readonly ColumnId[]) => {
    try {
      window.localStorage.setItem(KEY, next.join(","));
    } catch {
      return;
    }
    for (const watcher of watchers) watcher();
  }, []);
  return { columns, choose };
}
