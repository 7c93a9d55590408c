"use client";

import { useQueryClient, type InfiniteData, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { API } from "../api";
import type { DevicePage, DeviceSummary } from "@/lib/contracts/devices";
import { callApi } from "../call-api";
import { CONTACT_POLL_MS, deviceQueries, type DeviceView } from "../queries/devices";
import { PAGE_SIZE } from "../queries/pages";
import { savedViewQueries } from "../queries/saved-views";
import { session } from "../session";
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
  const [found, setFound] = useState({ key: "", news: 0 });
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });
  useEffect(() => watchRows(client, () => latest.current, setFound), [client]);
  const show = useCallback(() => {
    setFound({ key: "", news: 0 });
    void client.resetQueries({ queryKey: deviceQueries.table(latest.current).queryKey });
  }, [client]);
  return { news: found.key === JSON.stringify(view) ? found.news : 0, show };
}

type Found = (found: { key: string; news: number }) => void;

/** Follows the events until the answer is called. */
function watchRows(client: QueryClient, view: () => DeviceView, onFound: Found): () => void {
  const touched = new Set<string>();
  let lookDue = false;
  let lookedAt = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = (): void => {
    timer = null;
    const ids = [...touched];
    touched.clear();
    void patchRows(client, view(), ids).catch(() => undefined);
    const wait = lookedAt + LOOK_EVERY_MS - Date.now();
    if (!lookDue) return;
    if (wait > 0) {
      timer = setTimeout(flush, wait);
      return;
    }
    lookedAt = Date.now();
    lookDue = false;
    void lookForNew(client, view(), onFound).catch(() => undefined);
    countViews(client);
  };
  const stop = eventStream.listen({
    event({ deviceId, kind }) {
      if (kind.startsWith("view.")) countViews(client);
      if (deviceId === null) return;
      lookDue = true;
      if (rowsInSight(client, view()).some((device) => device.id === deviceId)) touched.add(deviceId);
      timer ??= setTimeout(flush, FLUSH_EVERY_MS);
    },
    resumed: () => undefined,
    refused: () => undefined,
  });
  const poll = setInterval(() => void patchRows(client, view(), rowsInSight(client, view()).map((device) => device.id)).catch(() => undefined), CONTACT_POLL_MS);
  return () => {
    stop();
    clearInterval(poll);
    if (timer !== null) clearTimeout(timer);
  };
}

function countViews(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: savedViewQueries.list().queryKey }).catch(() => undefined);
}

function rowsInSight(client: QueryClient, view: DeviceView): DeviceSummary[] {
  const data = client.getQueryData<InfiniteData<DevicePage>>(deviceQueries.table(view).queryKey);
  return data?.pages.flatMap((page) => page.items) ?? [];
}

async function patchRows(client: QueryClient, view: DeviceView, ids: readonly string[]): Promise<void> {
  if (session.hasEnded()) return;
  for (let start = 0; start < ids.length; start += MOST_AT_A_TIME) {
    const { items } = await callApi(API.listDevices, { query: { ids: ids.slice(start, start + MOST_AT_A_TIME).join(",") } });
    const fresh = new Map(items.map((device) => [device.id, device]));
    client.setQueryData<InfiniteData<DevicePage>>(deviceQueries.table(view).queryKey, (data) =>
      data === undefined ? data : { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map((device) => fresh.get(device.id) ?? device) })) },
    );
  }
}

async function lookForNew(client: QueryClient, view: DeviceView, onFound: Found): Promise<void> {
  const { items } = await callApi(API.listDevices, { query: { ...view.filter, sort: view.sort, limit: PAGE_SIZE } });
  const known = new Set(rowsInSight(client, view).map((device) => device.id));
  const news = items.filter((device) => !known.has(device.id)).length;
  // Nothing stands under the cursor of an empty list.
  if (known.size === 0 && news > 0) await client.resetQueries({ queryKey: deviceQueries.table(view).queryKey });
  else onFound({ key: JSON.stringify(view), news });
}
