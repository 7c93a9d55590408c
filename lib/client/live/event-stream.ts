import { API } from "../api";
import type { EventDto } from "@/lib/contracts/events";
import { API_BASE } from "../call-api";
import { session } from "../session";

export type StreamStatus = "connecting" | "live" | "interrupted";

const REOPEN_AFTER_MS = 5_000;

/** What a tab does with its stream. `resumed` is called when it is back after a gap that events may have been lost in. */
export interface StreamListener {
  event(event: EventDto): void;
  resumed(): void;
  /** The server answered something else than a stream. */
  refused(): void;
}

/** The one stream of live events of this tab: opened by the first listener, closed by the last. */
export function createEventStream() {
  const listeners = new Set<StreamListener>();
  const watchers = new Set<() => void>();
  let status: StreamStatus = "connecting";
  let source: EventSource | null = null;
  let reopening: ReturnType<typeof setTimeout> | null = null;
  let interrupted = false;

  function become(next: StreamStatus): void {
    if (next === status) return;
    status = next;
    for (const watcher of watchers) watcher();
  }

  function open(): void {
    source = new EventSource(`${API_BASE}${API.streamEvents.path}`);
    source.onopen = () => {
      become("live");
      if (interrupted) for (const listener of listeners) listener.resumed();
      interrupted = false;
    };
    source.onmessage = (message: MessageEvent<string>) => {
      const event = readEvent(message.data);
      if (event !== null) for (const listener of listeners) listener.event(event);
    };
    source.onerror = () => {
      interrupted = true;
      become("interrupted");
      // A browser repeats a broken connection by itself, but never an answer that was not 200.
      if (source?.readyState !== EventSource.CLOSED) return;
      reopening ??= setTimeout(reopen, REOPEN_AFTER_MS);
      for (const listener of listeners) listener.refused();
    };
  }

  function reopen(): void {
    close();
    if (listeners.size > 0 && !session.hasEnded()) open();
  }

  // Nothing is asked without a session; with a new one the stream goes on by itself.
  session.watch(() => {
    if (session.hasEnded()) close();
    else if (source === null) reopen();
  });

  function close(): void {
    if (reopening !== null) clearTimeout(reopening);
    reopening = null;
    source?.close();
    source = null;
  }

  return {
    listen(listener: StreamListener): () => void {
      listeners.add(listener);
      if (source === null) reopen();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) close();
      };
    },
    watchStatus(watcher: () => void): () => void {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    status: () => status,
  };
}

export const eventStream = createEventStream();

function readEvent(text: string): EventDto | null {
  try {
    return JSON.parse(text) as EventDto;
  } catch {
    return null;
  }
}
