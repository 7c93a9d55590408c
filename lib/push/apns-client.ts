import { randomUUID } from "node:crypto";
import { constants } from "node:http2";
import type { LocalReason } from "./apns-outcome";
import { ApnsConnectError, DEFAULT_STREAMS, openApnsSession, reasonOfBody, wasRefused, type ApnsConnection, type ApnsSession } from "./apns-session";

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

export interface PushAnswer {
  /** Ours, sent as `apns-id`: what to quote to Apple. */
  apnsId: string;
  /** Null when no answer came; `reason` then is a LocalReason or what a GOAWAY said. */
  status: number | null;
  reason: string | null;
  /** With 410: when APNs found that the token was dead. */
  deadSince: Date | null;
  retryAfterMs: number | null;
}

export interface ApnsClient {
  /** Sends one push; never rejects. What follows from the answer is outcomeOf's business. */
  push(push: Push): Promise<PushAnswer>;
  /** How many pushes go out at once. */
  capacity(): number;
  /** Waits for open requests, at most `graceMs`, then ends the connection; later pushes fail. */
  close(graceMs: number): Promise<void>;
}

/** Kept by APNs for a device that sleeps or is off; a newer push replaces it. */
const EXPIRATION_SECONDS = 7 * 24 * 3600;

/** The body of an MDM push. With any other key the device ignores it. */
export function pushBody(magic: string): string {
  return JSON.stringify({ mdm: magic });
}

/** A client for one push certificate: one connection, opened at the first push and again when it is lost. */
export function apnsClient(options: ApnsClientOptions): ApnsClient {
  let session: ApnsSession | null = null;
  let opening: Promise<ApnsSession> | null = null;
  let busy = 0;
  let closed = false;
  const waiting: (() => void)[] = [];

  function usableSession(): Promise<ApnsSession> | ApnsSession {
    if (closed) throw new ApnsConnectError("connection-lost", null);
    if (session?.usable()) return session;
    opening ??= openApnsSession(options)
      .then((opened) => (session = opened))
      .finally(() => (opening = null));
    return opening;
  }

  /** Waits for a connection with room and takes one place on it. */
  async function takePlace(): Promise<ApnsSession> {
    for (;;) {
      const current = await usableSession();
      if (!current.usable()) assertWorthRepeating(current);
      else if (busy < current.maxStreams) {
        busy += 1;
        return current;
      } else await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  async function send(push: Push, apnsId: string): Promise<PushAnswer> {
    for (;;) {
      const current = await takePlace();
      const answer = await request(current, options, push, apnsId);
      busy -= 1;
      waiting.shift()?.();
      if (answer !== "refused") return answer;
      assertWorthRepeating(current);
    }
  }

  return {
    async push(push) {
      const apnsId = randomUUID();
      if (options.notAfter.getTime() <= Date.now()) return noAnswer(apnsId, "certificate-expired");
      try {
        return await send(push, apnsId);
      } catch (error) {
        for (const wake of waiting.splice(0)) wake(); // they try once more, together
        return noAnswer(apnsId, error instanceof ApnsConnectError ? error.reason : "connection-failed");
      }
    },
    capacity: () => session?.maxStreams ?? DEFAULT_STREAMS,
    async close(graceMs) {
      closed = true;
      const current = session ?? (await opening?.catch(() => null)) ?? null;
      if (current === null || current.http2.destroyed) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => current.http2.destroy(), graceMs);
        current.http2.once("close", () => {
          clearTimeout(timer);
          resolve();
        });
        current.http2.close();
      });
    },
  };
}

/** A server that closes every connection without an answer must not be asked again and again. */
function assertWorthRepeating(session: ApnsSession): void {
  if (!session.madeProgress()) throw new ApnsConnectError(session.goawayReason ?? "refused", null);
}

function noAnswer(apnsId: string, reason: LocalReason | (string & {})): PushAnswer {
  return { apnsId, status: null, reason, deadSince: null, retryAfterMs: null };
}

function headersOf({ topic }: ApnsClientOptions, push: Push, apnsId: string) {
  return {
    ":method": "POST",
    ":path": `/3/device/${Buffer.from(push.token).toString("hex")}`,
    "apns-topic": topic,
    "apns-push-type": "mdm",
    "apns-priority": "10",
    "apns-expiration": String(Math.floor(Date.now() / 1000) + EXPIRATION_SECONDS),
    "apns-id": apnsId,
  };
}

/** One stream. "refused": the server did not look at it, so it may be sent again. */
function request(session: ApnsSession, options: ApnsClientOptions, push: Push, apnsId: string): Promise<PushAnswer | "refused"> {
  return new Promise((resolve) => {
    if (!session.usable()) return resolve("refused");
    const stream = session.http2.request(headersOf(options, push, apnsId));
    let status: number | null = null;
    let retryAfterMs: number | null = null;
    let body = "";
    const timer = setTimeout(() => {
      resolve(noAnswer(apnsId, "timeout"));
      stream.close(constants.NGHTTP2_CANCEL);
      session.probe();
    }, options.requestTimeoutMs);
    stream.setEncoding("utf8");
    stream.on("response", (headers) => {
      status = headers[":status"] ?? null;
      retryAfterMs = readRetryAfter(headers["retry-after"]);
      session.noteAnswer();
    });
    stream.on("data", (chunk: string) => {
      if (body.length < 4096) body += chunk;
    });
    stream.on("error", () => undefined); // "close" follows and says what became of it
    stream.on("close", () => {
      clearTimeout(timer);
      if (status !== null) {
        const { reason, timestamp } = reasonOfBody(body);
        resolve({ apnsId, status, reason, deadSince: status === 410 ? timestamp : null, retryAfterMs });
      } else if (wasRefused(session, stream)) resolve("refused");
      else resolve(noAnswer(apnsId, session.goawayReason ?? "connection-lost"));
    });
    stream.end(pushBody(push.magic));
  });
}

/** Retry-After in seconds or as a date (RFC 9110 section 10.2.3), in milliseconds from now; at most a day. */
export function readRetryAfter(value: string | string[] | undefined): number | null {
  if (typeof value !== "string" || value.trim() === "") return null;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), 24 * 3600 * 1000);
}
