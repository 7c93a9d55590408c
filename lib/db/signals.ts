import pg from "pg";
import { log } from "@/lib/config/log";
import { processWide } from "@/lib/config/process-wide";
import { afterCommit } from "./after-commit";
import { beforeClosing, database } from "./database";

/** "events": new rows in the event log. "push": some pushDueAt became earlier. "declarations": some refreshDueAt was set. "profiles": some profiles have to be looked at. "ade": Apple's device assignment service has to be asked. */
export type SignalChannel = "events" | "push" | "declarations" | "profiles" | "ade";
const CHANNELS: readonly SignalChannel[] = ["events", "push", "declarations", "profiles", "ade"];
const COALESCE_MS = 50;
const RECONNECT_MS = 500;

interface Hub {
  listeners: Map<SignalChannel, Set<() => void>>;
  timers: Map<SignalChannel, NodeJS.Timeout>;
  /** Null until somebody listens, and after the database was closed. */
  connection: { stop(): Promise<void> } | null;
}
const hub = processWide<Hub>("signals", () => ({ listeners: new Map(), timers: new Map(), connection: null }));

/**
 * Wakes the listeners of every node once the surrounding transaction is committed. At most one NOTIFY per
 * channel and 50 ms leaves this process; a signal may be lost with a connection, so listeners also look by themselves.
 */
export function signal(channel: SignalChannel): void {
  afterCommit(() => {
    if (hub.timers.has(channel)) return;
    hub.timers.set(channel, setTimeout(() => notify(channel), COALESCE_MS));
  });
}

function notify(channel: SignalChannel): void {
  hub.timers.delete(channel);
  try {
    database()
      .pool.query(`NOTIFY "muster_${channel}"`)
      .catch((error: unknown) => log.debug("a signal was not sent", { channel, error }));
  } catch (error) {
    log.debug("a signal was not sent", { channel, error }); // the database was closed meanwhile
  }
}

/** Calls `listener` at every signal, and after the connection was lost and found. Answers what ends it. */
export function onSignal(channel: SignalChannel, listener: () => void): () => void {
  const listeners = hub.listeners.get(channel) ?? new Set();
  hub.listeners.set(channel, listeners.add(listener));
  hub.connection ??= listen(database().url);
  return () => {
    listeners.delete(listener);
  };
}

function wake(channel: SignalChannel): void {
  for (const listener of hub.listeners.get(channel) ?? []) {
    try {
      listener();
    } catch (error) {
      log.error("a signal listener failed", { channel, error });
    }
  }
}

/** Holds one LISTEN connection until stopped, and makes a new one when it is lost. */
function listen(url: string): { stop(): Promise<void> } {
  let stopped = false;
  let client: pg.Client | null = null;
  let again: NodeJS.Timeout | null = null;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true, application_name: "muster" });
    client = next;
    next.on("error", (error) => log.debug("the signal connection was lost", { error: error.message }));
    next.on("notification", ({ channel }) => CHANNELS.filter((name) => channel === `muster_${name}`).forEach(wake));
    next.once("end", () => {
      if (!stopped) again ??= setTimeout(retry, RECONNECT_MS);
    });
    await next.connect();
    await next.query(CHANNELS.map((name) => `LISTEN "muster_${name}"`).join("; "));
    CHANNELS.forEach(wake); // what was signalled while nobody listened
  }
  function retry(): void {
    again = null;
    connect().catch((error: unknown) => {
      log.debug("the signal connection was refused", { error });
      void client?.end().catch(() => undefined);
      if (!stopped) again ??= setTimeout(retry, RECONNECT_MS);
    });
  }
  async function stop(): Promise<void> {
    stopped = true;
    if (again) clearTimeout(again);
    hub.connection = null;
    await client?.end();
  }

  retry();
  beforeClosing(stop);
  return { stop };
}
