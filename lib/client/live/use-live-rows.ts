"use client";

import { useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { API } from "@/lib/contracts/api";
import type { DevicePage, DeviceSummary } from "@/lib/contracts/devices";
import { callApi } from "../call-api";
import { CONTACT_POLL_MS, deviceQueries, type DeviceView } from "../queries/devices";
import { PAGE_SIZE } from "../queries/pages";
import { savedViewQueries } from "../queries/saved-views";
import { eventStream } from "./event-stream";

const FLUSH_EVERY_MS = 700;
/** Looking for new devices costs a page of the list, counting views a count each. */
const LOOK_EVERY_MS = 3_000;
const MOST_AT_A_TIME = 200;

/**
 * Keeps the rows of a device list true where they stand: what events tell of is read again and put in place, nothing moves under the
 * cursor. `news` counts devices that would now be on the first page and are not in sight; `show` reads the list anew.
 */
export function useLiveRows(view: DeviceView): { news: number; show: () => void } {
  const client = useQueryClient();
  const [found, setFound] = useState<{ key: string; news: number }>({ key: "", news: 0 });
  const viewKey = JSON.stringify(view);
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });

  const rowsInSight = useCallback((): DeviceSummary[] => {
    const data = client.getQueryData<InfiniteData<DevicePage>>(deviceQueries.table(latest.current).queryKey);
    return data?.pages.flatMap((page) => page.items) ?? [];
  }, [client]);

  const patch = useCallback(
    async (ids: readonly string[]): Promise<void> => {
      const queryKey = deviceQueries.table(latest.current).queryKey;
      for (let start = 0; start < ids.length; start += MOST_AT_A_TIME) {
        const { items } = await callApi(API.listDevices, { query: { ids: ids.slice(start, start + MOST_AT_A_TIME).join(",") } });
        const fresh = new Map(items.map((device) => [device.id, device]));
        client.setQueryData<InfiniteData<DevicePage>>(queryKey, (data) =>
          data === undefined ? data : { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map((device) => fresh.get(device.id) ?? device) })) },
        );
      }
    },
    [client],
  );

  const look = useCallback(async (): Promise<void> => {
    const { filter, sort } = latest.current;
    const { items } = await callApi(API.listDevices, { query: { ...filter, sort, limit: PAGE_SIZE } });
    const known = new Set(rowsInSight().map((device) => device.id));
    // Nothing stands under the cursor of an empty list.
    if (known.size === 0 && items.length > 0) return client.resetQueries({ queryKey: deviceQueries.table(latest.current).queryKey });
    setFound({ key: JSON.stringify(latest.current), news: items.filter((device) => !known.has(device.id)).length });
  }, [client, rowsInSight]);

  useEffect(() => {
    const touched = new Set<string>();
    let strangers = false;
    let lookedAt = 0;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const flush = (): void => {
      timer = null;
      const ids = [...touched];
      touched.clear();
      if (ids.length > 0) void patch(ids).catch(() => undefined);
      if (!strangers) return;
      const wait = lookedAt + LOOK_EVERY_MS - Date.now();
      if (wait > 0) {
        timer = setTimeout(flush, wait);
        return;
      }
      lookedAt = Date.now();
      strangers = false;
      void look().catch(() => undefined);
      void client.invalidateQueries({ queryKey: savedViewQueries.list().queryKey });
    };
    const stop = eventStream.listen({
      event({ deviceId, kind }) {
        if (kind.startsWith("view.")) void client.invalidateQueries({ queryKey: savedViewQueries.list().queryKey });
        if (deviceId === null) return;
        strangers = true;
        if (rowsInSight().some((device) => device.id === deviceId)) touched.add(deviceId);
        timer ??= setTimeout(flush, FLUSH_EVERY_MS);
      },
      resumed: () => undefined,
    });
    const poll = setInterval(() => void patch(rowsInSight().map((device) => device.id)).catch(() => undefined), CONTACT_POLL_MS);
    return () => {
      stop();
      clearInterval(poll);
      if (timer !== null) clearTimeout(timer);
    };
  }, [client, look, patch, rowsInSight]);

  const show = useCallback(() => {
    setFound({ key: "", news: 0 });
    void client.resetQueries({ queryKey: deviceQueries.table(latest.current).queryKey });
  }, [client]);
  return { news: found.key === viewKey ? found.news : 0, show };
}
