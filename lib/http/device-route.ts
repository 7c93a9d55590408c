import { log } from "@/lib/config/log";
import { logPath } from "@/lib/config/log-path";
import { ERRORS, MusterError } from "@/lib/contracts/errors";
import { isTermination } from "@/lib/checkin/termination";
import { isStorageUnavailable } from "@/lib/db/storage-errors";
import { isEnrollmentRefusal, isSignInRequest } from "@/lib/enrollment/enrollment-refusal";
import { connectionStore } from "./connection";
import { emptyAnswer, type DeviceAnswer, type DeviceExchange } from "@/lib/protocol/device-exchange";
import { readBody } from "./read-body";

export interface DeviceRouteOptions {
  /** Longer bodies are answered 413. */
  maxBytes: number;
  methods: readonly string[];
  /** Whoever asks here is not managed yet, and may be refused by lib/enrollment/enrollment-refusal.ts. */
  enrolls?: boolean;
  /** Here people sign in on the device, and lib/enrollment/enrollment-refusal.ts may ask them to by 401. */
  signsIn?: boolean;
  /** Told of every exchange once its answer is ready. Must neither throw nor wait. */
  answered?: (exchange: DeviceExchange, answer: DeviceAnswer) => void;
}

/** A device route: called by Next with a Request, or by the server's own lane with an exchange it has read. */
export type DeviceHandler = ((request: Request) => Promise<Response>) &
  Readonly<DeviceRouteOptions> & {
    /** Never throws. */
    exchange(exchange: DeviceExchange): Promise<DeviceAnswer>;
  };

/** Seconds until a device may ask again while the database is away. */
const RETRY_AFTER = { "retry-after": "30" };

/**
 * Wraps the work of a device route. Errors become a bare status from the table in lib/contracts/errors.
 * A 401 or 403 ends the management of a device, so none leaves unless lib/checkin/termination.ts made it, or, where
 * devices enroll or people sign in on them, lib/enrollment/enrollment-refusal.ts: any other is our mistake and goes out as 500, which the device repeats.
 */
export function deviceRoute(
  options: DeviceRouteOptions,
  handle: (exchange: DeviceExchange) => Promise<DeviceAnswer>,
): DeviceHandler {
  async function answerOf(incoming: DeviceExchange): Promise<DeviceAnswer> {
    try {
      const refusal = refused(incoming, options);
      return refusal ?? guarded(await handle(incoming), incoming, options);
    } catch (error) {
      return failed(error, incoming, options);
    }
  }
  async function exchange(incoming: DeviceExchange): Promise<DeviceAnswer> {
    const answer = await answerOf(incoming);
    options.answered?.(incoming, answer);
    return answer;
  }
  async function handler(request: Request): Promise<Response> {
    const body = await readBody(request, options.maxBytes).catch(() => "unreadable" as const);
    if (body === "unreadable") return toResponse(emptyAnswer(400));
    if (body === null) return toResponse(emptyAnswer(413));
    return toResponse(await exchange(exchangeOf(request, body)));
  }
  return Object.assign(handler, { ...options, exchange });
}

function refused(incoming: DeviceExchange, options: DeviceRouteOptions): DeviceAnswer | null {
  if (!options.methods.includes(incoming.method)) {
    return { status: 405, headers: { allow: options.methods.join(", ") }, body: null };
  }
  return incoming.body.length > options.maxBytes ? emptyAnswer(413) : null;
}

function guarded(answer: DeviceAnswer, incoming: DeviceExchange, options: DeviceRouteOptions): DeviceAnswer {
  if ((answer.status !== 401 && answer.status !== 403) || isTermination(answer)) return answer;
  if (options.enrolls === true && answer.status === 403 && isEnrollmentRefusal(answer)) return answer;
  if (options.signsIn === true && answer.status === 401 && isSignInRequest(answer)) return answer;
  log.error("An answer that would end management was held back", { path: logPath(incoming.path), status: answer.status });
  return emptyAnswer(500);
}

function failed(error: unknown, incoming: DeviceExchange, options: DeviceRouteOptions): DeviceAnswer {
  if (isStorageUnavailable(error)) {
    log.warn("Device answered 503: the database cannot be reached", { path: logPath(incoming.path) });
    return { status: 503, headers: RETRY_AFTER, body: null };
  }
  if (!(error instanceof MusterError) || error.code === "internal") {
    log.error("A device route failed", { path: logPath(incoming.path), error });
    return emptyAnswer(500);
  }
  const status = ERRORS[error.code].device;
  log.debug("Device refused", { path: logPath(incoming.path), code: error.code, reason: error.message });
  return guarded({ status, headers: status === 503 ? RETRY_AFTER : {}, body: null }, incoming, options);
}

function exchangeOf(request: Request, body: Buffer): DeviceExchange {
  const connection = connectionStore.getStore();
  const url = new URL(request.url);
  return {
    method: request.method,
    path: url.pathname,
    rawQuery: url.search.slice(1),
    headers: Object.fromEntries(request.headers),
    body,
    remoteAddress: connection?.remoteAddress ?? "",
    clientCertificate: connection?.clientCertificate ?? null,
    receivedAt: new Date(),
  };
}

function toResponse(answer: DeviceAnswer): Response {
  const body = typeof answer.body === "string" ? Buffer.from(answer.body) : answer.body;
  const headers = { ...answer.headers, "content-length": String(body?.length ?? 0) };
  return new Response(body === null ? null : new Uint8Array(body), { status: answer.status, headers });
}
