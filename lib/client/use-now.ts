"use client";

import { useSyncExternalStore } from "react";

const TICK_MS = 10_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let now = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
    now = 0;
  };
}

function current(): number {
  if (now === 0 || timer === null) now = Math.floor(Date.now() / 1000) * 1000;
  return now;
}

/** The present time in milliseconds, renewed every ten seconds by one timer for the whole tab; 0 on the server. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, current, () => 0);
}
