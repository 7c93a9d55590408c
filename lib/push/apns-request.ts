import { constants, type ClientHttp2Stream, type IncomingHttpHeaders, type IncomingHttpStatusHeader, type OutgoingHttpHeaders } from "node:http2";
import type { ApnsReason } from "./apns-outcome";
import { reasonOfBody, wasRefused, type ApnsSession } from "./apns-session";

export interface ApnsRequest {
  /** The bytes of the TokenUpdate. */
  token: Uint8Array;
  magic: string;
  apnsId: string;
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

type AnswerHeaders = IncomingHttpHeaders & IncomingHttpStatusHeader;

/** Kept by APNs for a device that sleeps or is off; a newer push replaces it. */
const EXPIRATION_SECONDS = 7 * 24 * 3600;
const LONGEST_BODY = 4096;

/** The body of an MDM push. With any other key the device ignores it. */
export function pushBody(magic: string): string {
  return JSON.stringify({ mdm: magic });
}

/** Apple, *Sending notification requests to APNs*. */
function headersOf(topic: string, { token, apnsId }: ApnsRequest) {
  return {
    ":method": "POST",
    ":path": `/3/device/${Buffer.from(token.buffer, token.byteOffset, token.byteLength).toString("hex")}`,
    "apns-topic": topic,
    "apns-push-type": "mdm",
    "apns-priority": "10",
    "apns-expiration": String(Math.floor(Date.now() / 1000) + EXPIRATION_SECONDS),
    "apns-id": apnsId,
  };
}

/**
 * One stream. `done` is called once, when the stream is closed: "refused" says that the server did not look at it,
 * so that it may be sent again.
 */
export function sendRequest(
  session: ApnsSession,
  { topic, requestTimeoutMs }: { topic: string; requestTimeoutMs: number },
  request: ApnsRequest,
  done: (answer: PushAnswer | "refused") => void,
): void {
  const stream = openStream(session, headersOf(topic, request));
  if (stream === null) return process.nextTick(done, withoutAnswer(request.apnsId, "connection-failed"));
  let headers: AnswerHeaders | null = null;
  let body = "";
  let settled = false;
  function settle(answer: PushAnswer | "refused"): void {
    if (settled) return;
    settled = true;
    clearTimeout(timer);
    done(answer);
  }
  const timer = setTimeout(() => {
    settle(headers === null ? withoutAnswer(request.apnsId, "timeout") : answerOf(request.apnsId, headers, body));
    stream.close(constants.NGHTTP2_CANCEL);
    session.probe();
  }, requestTimeoutMs);
  stream.on("response", (received: AnswerHeaders) => {
    headers = received;
    session.noteAnswer();
    if (statusOf(received) === 200) stream.resume();
    else readText(stream, (text) => (body += text));
  });
  stream.on("error", () => undefined); // "close" follows and says what became of it
  stream.on("close", () => {
    if (headers !== null) settle(answerOf(request.apnsId, headers, body));
    else if (wasRefused(session, stream)) settle("refused");
    else settle(withoutAnswer(request.apnsId, session.goawayReason ?? "connection-lost"));
  });
  stream.end(pushBody(request.magic));
}

/** Null for a header that HTTP/2 cannot carry, and for a connection that was lost a moment ago. */
function openStream(session: ApnsSession, headers: OutgoingHttpHeaders): ClientHttp2Stream | null {
  try {
    return session.http2.request(headers);
  } catch {
    return null;
  }
}

function readText(stream: ClientHttp2Stream, take: (text: string) => void): void {
  let length = 0;
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    length += chunk.length;
    if (length <= LONGEST_BODY) take(chunk);
  });
}

function answerOf(apnsId: string, headers: AnswerHeaders, body: string): PushAnswer {
  const status = statusOf(headers);
  if (status === 200) return { apnsId, status, reason: null, deadSince: null, retryAfterMs: null };
  const { reason, timestamp } = reasonOfBody(body);
  return { apnsId, status, reason, deadSince: status === 410 ? timestamp : null, retryAfterMs: readRetryAfter(headers["retry-after"]) };
}

function statusOf(headers: AnswerHeaders): number | null {
  return headers[":status"] ?? null;
}

/** What is known of a push that APNs has not answered. */
export function withoutAnswer(apnsId: string, reason: ApnsReason): PushAnswer {
  return { apnsId, status: null, reason, deadSince: null, retryAfterMs: null };
}

/** Retry-After in seconds or as a date (RFC 9110 section 10.2.3), in milliseconds from now; at most a day. */
export function readRetryAfter(value: string | string[] | undefined): number | null {
  if (typeof value !== "string" || value.trim() === "") return null;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), 24 * 3600 * 1000);
}
