import { log } from "@/lib/config/log";
import { processWide } from "@/lib/config/process-wide";
import type { DeviceMessage } from "@/lib/protocol/checkin-message";
import type { DeviceAnswer, DeviceExchange } from "@/lib/protocol/device-exchange";
import { keepExchanges, type NotedExchange } from "./exchange-store";
import type { Sender } from "./sender";

/** How long an exchange is held back: the inspector may lose so much at a crash, and nothing else depends on it. */
const FLUSH_INTERVAL_MS = 3_000;
/** More at once are written before their time. */
const FLUSH_AT = 500;
/** What the database does not take in time is let go of rather than held in memory. */
const MOST_HELD = 5_000;
const MOST_BYTES_HELD = 32 * 1024 * 1024;
/** Longer names are of no protocol. */
const LONGEST_KIND = 100;

/** What the endpoint learns of an exchange while it answers. */
export interface Seen {
  /** Null until the sender is proven: of strangers there are only unknown contacts. */
  sender: Sender | null;
  decoded: DeviceMessage | null;
  /** The code of a refusal. */
  refusal: string | null;
}

interface Held {
  full: NotedExchange[];
  bytes: number;
  /** One for each channel that only polled. */
  idle: Map<string, NotedExchange>;
  lost: number;
  timer: NodeJS.Timeout | null;
  writing: Promise<void> | null;
}
const held = processWide<Held>("exchanges", () => ({ full: [], bytes: 0, idle: new Map(), lost: 0, timer: null, writing: null }));
const seenBy = new WeakMap<DeviceExchange, Seen>();

/** Begins the record of an exchange; the endpoint fills it in as it learns more. */
export function beginExchange(exchange: DeviceExchange): Seen {
  const seen: Seen = { sender: null, decoded: null, refusal: null };
  seenBy.set(exchange, seen);
  return seen;
}

/**
 * Notes an answered exchange of a proven sender. Costs no write of its own: all are written together every few
 * seconds, and idle polls without an answer are only counted. Never throws.
 */
export function noteExchange(exchange: DeviceExchange, answer: DeviceAnswer): void {
  const seen = seenBy.get(exchange);
  if (seen === undefined || seen.sender === null) return;
  const { decoded, sender } = seen;
  const user = channelUser(decoded);
  if (isIdlePoll(seen, answer)) {
    const key = `${sender.certificate.fingerprint} ${user ?? ""}`;
    const known = held.idle.get(key);
    if (known === undefined) held.idle.set(key, noted(exchange, answer, seen, user, true));
    else countAgain(known, exchange);
  } else if (held.full.length >= MOST_HELD || held.bytes > MOST_BYTES_HELD) {
    held.lost += 1;
  } else {
    held.bytes += exchange.body.length + (answer.body?.length ?? 0);
    held.full.push(noted(exchange, answer, seen, user, false));
  }
  // While a write is under way the next one waits for it once, and not once for every exchange.
  if (held.full.length >= FLUSH_AT && held.writing === null) void flushExchanges();
  else held.timer ??= setTimeout(() => void flushExchanges(), FLUSH_INTERVAL_MS).unref();
}

/** Writes what is held; called by the timer, before the inspector reads, and when the server stops. Never throws. */
export async function flushExchanges(): Promise<void> {
  while (held.writing !== null) await held.writing;
  held.writing = write().finally(() => (held.writing = null));
  await held.writing;
}

async function write(): Promise<void> {
  if (held.timer !== null) clearTimeout(held.timer);
  const batch = [...held.full, ...held.idle.values()];
  const { lost } = held;
  Object.assign(held, { full: [], bytes: 0, idle: new Map(), lost: 0, timer: null });
  if (lost > 0) log.warn("exchanges were not kept for the inspector: too many at once", { exchanges: lost });
  if (batch.length === 0) return;
  try {
    await keepExchanges(batch);
  } catch (error) {
    log.warn("exchanges were not kept for the inspector", { exchanges: batch.length, error: String(error) });
  }
}

function isIdlePoll({ decoded }: Seen, answer: DeviceAnswer): boolean {
  return answer.status === 200 && answer.body === null && decoded?.kind === "report" && decoded.report.status === "Idle";
}

function noted(exchange: DeviceExchange, answer: DeviceAnswer, { sender, decoded, refusal }: Seen, userName: string | null, idle: boolean): NotedExchange {
  const { signingTime, certificate } = sender ?? { signingTime: null, certificate: { fingerprint: "" } };
  return {
    at: exchange.receivedAt,
    kind: decoded === null ? "unreadable" : kindOf(decoded).slice(0, LONGEST_KIND),
    idle,
    count: 1,
    userName,
    status: answer.status,
    refusal,
    bytesIn: exchange.body.length,
    bytesOut: answer.body === null ? 0 : Buffer.byteLength(answer.body),
    durationMs: Math.max(0, Date.now() - exchange.receivedAt.getTime()),
    fingerprint: certificate.fingerprint,
    clockSkewSeconds: signingTime === null ? null : secondsBetween(exchange.receivedAt, signingTime),
    remoteAddress: exchange.remoteAddress,
    request: idle ? null : exchange.body,
    answer: answer.body === null ? null : Buffer.from(answer.body),
  };
}

function countAgain(known: NotedExchange, exchange: DeviceExchange): void {
  known.count += 1;
  known.at = exchange.receivedAt;
  known.durationMs = Math.max(0, Date.now() - exchange.receivedAt.getTime());
  known.remoteAddress = exchange.remoteAddress;
}

function kindOf(decoded: DeviceMessage): string {
  if (decoded.kind === "report") return decoded.report.status;
  return decoded.message.messageType === "Unknown" ? decoded.message.name : decoded.message.messageType;
}

function channelUser(decoded: DeviceMessage | null): string | null {
  const channel = decoded === null ? null : decoded.kind === "report" ? decoded.report.channel : decoded.message.channel;
  return channel === null || channel.kind === "device" ? null : (channel.userShortName ?? channel.userId);
}

/** What the column holds: a clock may stand in any year. */
function secondsBetween(from: Date, to: Date): number {
  return Math.max(-(2 ** 31), Math.min(Math.round((to.getTime() - from.getTime()) / 1000), 2 ** 31 - 1));
}
