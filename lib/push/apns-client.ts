import { randomUUID } from "node:crypto";
import type { ApnsReason } from "./apns-outcome";
import { sendRequest, withoutAnswer, type PushAnswer } from "./apns-request";
import { ApnsConnectError, DEFAULT_STREAMS, openApnsSession, type ApnsConnection, type ApnsSession } from "./apns-session";

export interface ApnsClientOptions extends ApnsConnection {
  topic: string;
  /** The end of the push certificate; nothing is sent after it. */
  notAfter: Date;
  requestTimeoutMs: number;
}

export interface Push {
  /** The bytes of the TokenUpdate. */
  token: Uint8Array;
  magic: string;
}

export interface ApnsClient {
  /** Sends one push; never rejects. What follows from the answer is outcomeOf's business. */
  push(push: Push): Promise<PushAnswer>;
  /** How many pushes go out at once. */
  capacity(): number;
  /** Waits for open requests, at most `graceMs`, then ends the connections; later pushes fail. */
  close(graceMs: number): Promise<void>;
}

/** How often one push is offered to a server that refuses streams unread. */
const MOST_OFFERS = 5;

interface Waiting extends Push {
  apnsId: string;
  offers: number;
  resolve(answer: PushAnswer): void;
}

/** A client for one push certificate: one connection, opened at the first push and again when it is lost. */
export function apnsClient(options: ApnsClientOptions): ApnsClient {
  const queue: Waiting[] = [];
  const sessions = new Set<ApnsSession>();
  let session: ApnsSession | null = null;
  let opening = false;
  let closed = false;

  /** Sends what waits, as far as the server lets us. */
  function pump(): void {
    while (queue.length > 0) {
      if (closed) return fail("connection-lost");
      if (session?.usable() !== true) return open();
      if (session.busy >= session.maxStreams) return;
      const next = queue.shift();
      if (next !== undefined) send(session, next);
    }
  }

  function send(current: ApnsSession, waiting: Waiting): void {
    current.busy += 1;
    sendRequest(current, options, waiting, (answer) => {
      current.busy -= 1;
      if (answer !== "refused") waiting.resolve(answer);
      else if (++waiting.offers < MOST_OFFERS && current.madeProgress()) queue.unshift(waiting);
      else waiting.resolve(withoutAnswer(waiting.apnsId, current.goawayReason ?? "refused"));
      pump();
    });
  }

  function open(): void {
    if (opening) return;
    opening = true;
    openApnsSession(options).then(take, (error: unknown) => {
      opening = false;
      fail(error instanceof ApnsConnectError ? error.reason : "connection-failed");
    });
  }

  function take(opened: ApnsSession): void {
    opening = false;
    session = opened;
    sessions.add(opened);
    opened.http2.once("close", () => sessions.delete(opened));
    opened.onMoreStreams(pump);
    if (closed) opened.http2.close();
    // A server that closes every connection without an answer must not be asked again and again.
    if (!opened.usable() && !opened.madeProgress()) fail(opened.goawayReason ?? "refused");
    else pump();
  }

  function fail(reason: ApnsReason): void {
    for (const { apnsId, resolve } of queue.splice(0)) resolve(withoutAnswer(apnsId, reason));
  }

  return {
    push: ({ token, magic }) =>
      new Promise((resolve) => {
        const apnsId = randomUUID();
        if (options.notAfter.getTime() <= Date.now()) return resolve(withoutAnswer(apnsId, "certificate-expired"));
        queue.push({ token, magic, apnsId, offers: 0, resolve });
        pump();
      }),
    capacity: () => session?.maxStreams ?? DEFAULT_STREAMS,
    async close(graceMs) {
      closed = true;
      fail("connection-lost");
      await Promise.all([...sessions].map((open) => endSession(open, graceMs)));
    },
  };
}

function endSession({ http2 }: ApnsSession, graceMs: number): Promise<void> {
  if (http2.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => http2.destroy(), graceMs);
    http2.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    http2.close();
  });
}
