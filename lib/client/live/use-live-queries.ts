"use client";

import { hashKey, useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { accountQueries } from "../queries/accounts";
import { eventStream, type StreamStatus } from "./event-stream";
import { touchedQueries } from "./touched-queries";

/** A fleet that enrolls sends hundreds of events a second; a query is read again at most this often. */
const FLUSH_EVERY_MS = 700;

/** Keeps every query of this tab true by the live events, for as long as the caller is mounted. */
export function useLiveQueries(): void {
  const client = useQueryClient();
  useEffect(() => {
    const touched = new Map<string, QueryKey>();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const flush = (): void => {
      timer = null;
      const keys = [...touched.values()];
      touched.clear();
      for (const queryKey of keys) void client.invalidateQueries({ queryKey }).catch(() => undefined);
    };
    const stop = eventStream.listen({
      event(event) {
        for (const key of touchedQueries(event)) touched.set(hashKey(key), key);
        timer ??= setTimeout(flush, FLUSH_EVERY_MS);
      },
      resumed: () => void client.invalidateQueries().catch(() => undefined),
      // An EventSource does not say why. When the session has ended, this question is answered so.
      refused: () => void client.fetchQuery({ ...accountQueries.me(), staleTime: 0 }).catch(() => undefined),
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [client]);
}

/** Whether live events arrive at present. */
export function useStreamStatus(): StreamStatus {
  return useSyncExternalStore(eventStream.watchStatus, eventStream.status, () => "connecting");
}
