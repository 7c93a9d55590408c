import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/config/log";
import { processWide } from "@/lib/config/process-wide";
import { onSignal } from "@/lib/db/signals";
import { EventCursor } from "./event-cursor";
import { findEventsAfter, findEventsWithin, lastEventId, type EventRow } from "./event-store";

/** `resumePoint` is what EventCursor.parse makes the cursor of, with which a later subscription goes on. */
type Listener = (event: EventRow, resumePoint: string) => void;
type Deliver = (event: EventRow) => void;

/** Signals may be lost with a connection: the log is also read without one. */
const POLL_MS = 2_000;
const PAGE = 500;
/** At its start the hub looks back this far for ids that are still on their way. */
const LOOK_BACK = 200n;

interface Following {
  stop(): void;
  ready: Promise<void>;
  /** What has been told so far. */
  cursor(): EventCursor;
}

interface Hub {
  listeners: Set<Deliver>;
  /** Set while anybody listens. */
  following: Following | null;
}
const hub = processWide<Hub>("event-hub", () => ({ listeners: new Set(), following: null }));

/**
 * Calls `listener` with every event of any node from now on, or with every one that `after` has not seen and then those
 * to come, each once, and with what to resume after. Answers what ends it. Events of transactions that overlap may come out of order.
 */
export function subscribeEvents(listener: Listener, after: EventCursor | null): () => void {
  const following = (hub.following ??= follow());
  const subscription = { cursor: after, replaying: after !== null, ended: false, waiting: [] as EventRow[] };
  const tell = (event: EventRow, at: number): void => {
    const cursor = (subscription.cursor ??= following.cursor().copy());
    // The replay may have read further than the hub, which then comes to the same event.
    if (subscription.ended || !cursor.take(event.id, at)) return;
    cursor.forgetOldGaps(Date.now());
    listener(event, cursor.resumePoint());
  };
  const deliver = (event: EventRow): void => {
    if (subscription.replaying) subscription.waiting.push(event);
    else tell(event, Date.now());
  };
  hub.listeners.add(deliver);
  if (after !== null) {
    void replay(following.ready, after, tell, () => subscription.ended).then(() => {
      for (const event of subscription.waiting) tell(event, Date.now());
      subscription.waiting = [];
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

/** Never rejects: it tries again until it ends. The hub follows already, so nothing is missed. */
async function replay(ready: Promise<void>, after: EventCursor, tell: (event: EventRow, at: number) => void, isEnded: () => boolean): Promise<void> {
  await ready;
  // Ids that had not come when the reader went: their transactions may have committed meanwhile.
  let within: { from: bigint; to: bigint }[] = [...after.gaps];
  while (!isEnded()) {
    const next = within.length > 0 ? findEventsWithin(within, PAGE) : findEventsAfter(after.highest, PAGE);
    const rows = await next.catch((error: unknown) => {
      log.debug("Earlier events could not be read", { error });
      return null;
    });
    if (rows === null) {
      await sleep(POLL_MS, undefined, { ref: false });
      continue;
    }
    // A gap below an event this old is not filled any more.
    for (const row of rows) tell(row, row.at.getTime());
    if (within.length === 0 && rows.length < PAGE) return;
    const last = rows.at(-1)?.id;
    within = rows.length < PAGE || last === undefined ? [] : within.filter((gap) => gap.to > last).map((gap) => ({ ...gap, from: gap.from > last ? gap.from : last + 1n }));
  }
}

function follow(): Following {
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
    cursor: () => cursor ?? new EventCursor(0n),
    stop() {
      stopped = true;
      unsubscribe();
      clearInterval(timer);
    },
  };
}

/** Each event is delivered before the cursor takes note of it. */
async function read(cursor: EventCursor, deliver: Deliver): Promise<void> {
  for (const late of cursor.gaps.length === 0 ? [] : await findEventsWithin(cursor.gaps, null)) {
    deliver(late);
    cursor.fill(late.id);
  }
  cursor.forgetOldGaps(Date.now());
  for (;;) {
    const rows = await findEventsAfter(cursor.highest, PAGE);
    for (const row of rows) {
      deliver(row);
      cursor.advance(row.id, Date.now());
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
