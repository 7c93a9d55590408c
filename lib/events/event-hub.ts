import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/config/log";
import { processWide } from "@/lib/config/process-wide";
import { onSignal } from "@/lib/db/signals";
import { EventCursor } from "./event-cursor";
import { findEventsAfter, findEventsWithin, lastEventId, type EventRow } from "./event-store";

type Listener = (event: EventRow) => void;

/** Signals may be lost with a connection: the log is also read without one. */
const POLL_MS = 2_000;
const PAGE = 500;
/** At its start the hub looks back this far for ids that are still on their way. */
const LOOK_BACK = 200n;
/** The hub is never further behind a replay than this. */
const REPLAYED_KEPT = 10 * PAGE;

interface Hub {
  listeners: Set<Listener>;
  /** Set while anybody listens. */
  following: { stop(): void; ready: Promise<void> } | null;
}
const hub = processWide<Hub>("event-hub", () => ({ listeners: new Set(), following: null }));

/**
 * Calls `listener` with every event of any node from now on, or with every one after `afterId` and then those
 * to come, each once. Answers what ends it. Events of transactions that overlap may come out of order.
 */
export function subscribeEvents(listener: Listener, afterId: bigint | null): () => void {
  const subscription = { replaying: afterId !== null, ended: false, waiting: [] as EventRow[], replayed: new Set<bigint>() };
  const deliver: Listener = (event) => {
    if (subscription.replaying) subscription.waiting.push(event);
    // The replay may have read further than the hub, which then comes to the same event.
    else if (!subscription.replayed.delete(event.id)) listener(event);
  };
  hub.listeners.add(deliver);
  hub.following ??= follow();
  if (afterId !== null) {
    const isEnded = () => subscription.ended;
    void replay(hub.following.ready, afterId, listener, isEnded).then((replayed) => {
      for (const event of subscription.waiting) if (!replayed.delete(event.id) && !isEnded()) listener(event);
      subscription.waiting = [];
      subscription.replayed = new Set([...replayed].slice(-REPLAYED_KEPT));
      subscription.replaying = false;
    });
  }
  return () => {
    subscription.ended = true;
    hub.listeners.delete(deliver);
    if (hub.listeners.size > 0) return;
    hub.following?.stop();
    hub.following = null;
  };
}

/** Never rejects: it tries again until it ends. Answers the ids delivered. The hub follows already, so nothing is missed. */
async function replay(ready: Promise<void>, afterId: bigint, listener: Listener, isEnded: () => boolean): Promise<Set<bigint>> {
  await ready;
  const delivered = new Set<bigint>();
  for (let last = afterId; !isEnded(); ) {
    const rows = await findEventsAfter(last, PAGE).catch((error: unknown) => {
      log.debug("Earlier events could not be read", { error });
      return null;
    });
    if (rows === null) await sleep(POLL_MS, undefined, { ref: false });
    for (const row of rows ?? []) {
      if (isEnded()) return delivered;
      delivered.add(row.id);
      last = row.id;
      listener(row);
    }
    if (rows !== null && rows.length < PAGE) return delivered;
  }
  return delivered;
}

function follow(): { stop(): void; ready: Promise<void> } {
  let cursor: EventCursor | null = null;
  let stopped = false;
  let reading: Promise<void> | null = null;
  let again = false;

  async function readOn(): Promise<void> {
    if (cursor === null) {
      const last = await lastEventId();
      cursor = new EventCursor(last > LOOK_BACK ? last - LOOK_BACK : 0n);
      await read(cursor, () => undefined); // only to learn which ids are missing
      return;
    }
    await read(cursor, (event) => !stopped && emit(event));
  }
  /** One reading at a time; a wake-up during it makes another. */
  function wake(): Promise<void> {
    again = reading !== null;
    reading ??= readOn()
      .catch((error: unknown) => log.debug("The event log could not be read", { error }))
      .finally(() => {
        reading = null;
        if (again && !stopped) void wake();
      });
    return reading;
  }

  const ready = wake();
  const unsubscribe = onSignal("events", () => void wake());
  const timer = setInterval(() => void wake(), POLL_MS).unref();
  return {
    ready,
    stop() {
      stopped = true;
      unsubscribe();
      clearInterval(timer);
    },
  };
}

async function read(cursor: EventCursor, deliver: Listener): Promise<void> {
  for (const late of cursor.gaps.length === 0 ? [] : await findEventsWithin(cursor.gaps)) {
    cursor.fill(late.id);
    deliver(late);
  }
  cursor.forgetOldGaps(Date.now());
  for (;;) {
    const rows = await findEventsAfter(cursor.highest, PAGE);
    for (const row of rows) {
      cursor.advance(row.id, Date.now());
      deliver(row);
    }
    if (rows.length < PAGE) return;
  }
}

function emit(event: EventRow): void {
  for (const listener of hub.listeners) {
    try {
      listener(event);
    } catch (error) {
      log.error("A listener of events failed", { error });
    }
  }
}
