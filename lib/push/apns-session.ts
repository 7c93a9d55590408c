import { connect, constants, type ClientHttp2Session } from "node:http2";
import type { ApnsReason, LocalReason } from "./apns-outcome";

export interface ApnsConnection {
  /** For example https://api.push.apple.com:443. */
  origin: string;
  certificatePem: string;
  privateKeyPem: string;
  /** A PEM bundle that is trusted instead of the system's. */
  caPem: string | null;
  connectTimeoutMs: number;
  pingEveryMs: number;
  /** A connection on which a ping stays unanswered that long is dead. */
  pingTimeoutMs: number;
}

/** One live connection. */
export interface ApnsSession {
  readonly http2: ClientHttp2Session;
  /** What the server allows at once (RFC 9113 section 6.5.2), at most 1000; it may change its mind. */
  readonly maxStreams: number;
  /** Streams under way, counted by whoever opens them. */
  busy: number;
  /** Calls `listener` whenever the server has said anew how many it allows. */
  onMoreStreams(listener: () => void): void;
  noteAnswer(): void;
  /** How many streams were answered so far. */
  answers(): number;
  /** Has the server answered a stream, or promised to? One that refuses everything is not worth a repetition. */
  madeProgress(): boolean;
  /** Set by GOAWAY: no stream above it was looked at. */
  readonly lastStreamId: number | null;
  /** What GOAWAY's debug data gives as reason, for example BadCertificate. */
  readonly goawayReason: string | null;
  /** False once no new stream may be opened. */
  usable(): boolean;
  /** Asks for a sign of life; ends the connection when there is none. */
  probe(): void;
}

export class ApnsConnectError extends Error {
  override readonly name = "ApnsConnectError";
  readonly reason: ApnsReason;

  constructor(reason: ApnsReason, cause: unknown) {
    super(`no connection to APNs: ${reason}`, { cause });
    this.reason = reason;
  }
}

const CONNECT_TIMEOUT = "connect timeout";
const MAX_STREAMS = 1000;
/** A connection with open streams that brings no answer for so long is asked for a sign of life. */
const STALL_MS = 5_000;
/** Until the server has said how many it takes. */
export const DEFAULT_STREAMS = 100;
/** The last stream id of a server that says only that it will leave (RFC 9113 section 6.8). */
const LEAVING = 2 ** 31 - 1;

/**
 * Opens a connection and waits for the server's SETTINGS: with TLS 1.3 a refused client certificate shows
 * only after the handshake, and the number of streams must not be assumed.
 * @throws ApnsConnectError
 */
export async function openApnsSession(connection: ApnsConnection): Promise<ApnsSession> {
  const http2 = startConnecting(connection);
  const session = watch(http2, connection);
  return new Promise((resolve, reject) => {
    let failure: unknown = null;
    let secure = false;
    const timer = setTimeout(() => http2.destroy(new Error(CONNECT_TIMEOUT)), connection.connectTimeoutMs);
    http2.once("connect", () => (secure = true));
    http2.once("remoteSettings", () => {
      clearTimeout(timer);
      keepAlive(session, connection.pingEveryMs);
      resolve(session);
    });
    http2.on("error", (error) => (failure = error)); // "close" follows and reports it
    http2.once("close", () => {
      clearTimeout(timer);
      reject(new ApnsConnectError(session.goawayReason ?? reasonOfFailure(failure, secure), failure));
    });
  });
}

function startConnecting({ origin, certificatePem, privateKeyPem, caPem }: ApnsConnection): ClientHttp2Session {
  try {
    return connect(origin, { cert: certificatePem, key: privateKeyPem, ca: caPem ?? undefined, minVersion: "TLSv1.2" });
  } catch (cause) {
    throw new ApnsConnectError(reasonOfFailure(cause, false), cause); // certificate and key do not fit, or cannot be read
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function watch(http2: ClientHttp2Session, { pingTimeoutMs }: ApnsConnection): Writable<ApnsSession> {
  let probing = false;
  let answers = 0;
  const session: Writable<ApnsSession> = {
    http2,
    maxStreams: DEFAULT_STREAMS,
    busy: 0,
    onMoreStreams: (listener) => http2.on("remoteSettings", listener),
    lastStreamId: null,
    goawayReason: null,
    usable: () => !http2.closed && !http2.destroyed && session.lastStreamId === null,
    noteAnswer: () => (answers += 1),
    answers: () => answers,
    madeProgress: () => answers > 0 || (session.lastStreamId ?? 0) % LEAVING > 0,
    probe: () => {
      if (probing || http2.destroyed) return;
      probing = true;
      const timer = setTimeout(() => http2.destroy(new Error("ping timeout")), pingTimeoutMs);
      const answered = (error: Error | null) => {
        clearTimeout(timer);
        probing = false;
        if (error) http2.destroy();
      };
      // False: too many pings are under way, so the peer is silent already.
      if (!http2.ping(answered)) http2.destroy();
      http2.once("close", () => clearTimeout(timer));
    },
  };
  http2.on("remoteSettings", ({ maxConcurrentStreams }) => {
    session.maxStreams = Math.max(1, Math.min(maxConcurrentStreams ?? DEFAULT_STREAMS, MAX_STREAMS));
  });
  http2.on("goaway", (_code: number, lastStreamId: number, debugData?: Buffer) => {
    session.lastStreamId = lastStreamId;
    session.goawayReason = reasonOfDebugData(debugData);
    if (!http2.destroyed) http2.close(); // streams up to lastStreamId are still answered
  });
  return session;
}

/** Pings an idle connection now and then, and at once one that has owed answers for a while: sockets die without a word. */
function keepAlive(session: Writable<ApnsSession>, pingEveryMs: number): void {
  let answers = session.answers();
  let idleMs = 0;
  const everyMs = Math.min(STALL_MS, pingEveryMs);
  const timer = setInterval(() => {
    idleMs += everyMs;
    const stalled = session.busy > 0 && session.answers() === answers;
    answers = session.answers();
    if (!stalled && idleMs < pingEveryMs) return;
    idleMs = 0;
    session.probe();
  }, everyMs);
  timer.unref();
  session.http2.once("close", () => clearInterval(timer));
}

/** APNs puts the same JSON as in an answer into a GOAWAY (Apple, *Communicating with APNs*). */
function reasonOfDebugData(data: Uint8Array | undefined): string | null {
  if (data === undefined || data.length === 0) return null;
  return reasonOfBody(Buffer.from(data).toString("utf8")).reason;
}

/** The members of an APNs error body; null where it has none. */
export function reasonOfBody(body: string): { reason: string | null; timestamp: Date | null } {
  if (body === "") return { reason: null, timestamp: null };
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(body);
  } catch {
    // not JSON: a proxy answered
  }
  const { reason, timestamp } = (typeof parsed === "object" && parsed !== null ? parsed : {}) as Record<string, unknown>;
  return {
    reason: typeof reason === "string" && reason !== "" ? reason.slice(0, 100) : null,
    timestamp: typeof timestamp === "number" && Number.isSafeInteger(timestamp) ? new Date(timestamp) : null,
  };
}

/** OpenSSL's alerts about certificates, and Node's codes for a server certificate that does not verify. */
const TLS_FAILURE = /^(ERR_SSL_|ERR_TLS_CERT|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|ERR_OSSL_)/;

function reasonOfFailure(failure: unknown, secure: boolean): LocalReason {
  const code = failure instanceof Error && "code" in failure ? String(failure.code) : "";
  if (TLS_FAILURE.test(code)) return "tls-failure";
  const timedOut = failure instanceof Error && failure.message === CONNECT_TIMEOUT;
  return secure && !timedOut ? "closed-at-start" : "connection-failed";
}

/** Closed by the server before it looked at the stream, which may be sent again (RFC 9113 section 8.7). */
export function wasRefused(session: ApnsSession, stream: { id?: number | undefined; rstCode: number }): boolean {
  if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM || stream.id === undefined) return true;
  return session.lastStreamId !== null && stream.id > session.lastStreamId;
}
