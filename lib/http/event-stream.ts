import { allows } from "@/lib/accounts/permissions";
import { log } from "@/lib/config/log";
import { MusterError } from "@/lib/contracts/errors";
import { EventCursor } from "@/lib/events/event-cursor";
import { subscribeEvents } from "@/lib/events/event-hub";
import { authenticate } from "./authenticate";
import { toEventDto } from "./event-dto";

const HEARTBEAT_MS = 15_000;
/** A reader this many messages behind is let go; it comes back with Last-Event-ID. */
const MAX_WAITING = 5_000;
/** What the caller needs to begin the stream, and to be let go on with it. */
const PERMISSION = "device:read";

/** Server-sent events (HTML standard, section 9.2): one EventDto as JSON in each message, whose `id` says what to resume after. */
export function eventStream(request: Request, after: string | undefined): Response {
  let close = (): void => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        close = open(request, resumePoint(request, after), controller);
      },
      cancel: () => close(),
    },
    new CountQueuingStrategy({ highWaterMark: MAX_WAITING }),
  );
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream",
      // Without no-transform a compressing layer would hold messages back; nginx buffers unless told otherwise.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

function open(request: Request, after: EventCursor | null, controller: ReadableStreamDefaultController<Uint8Array>): () => void {
  const encoder = new TextEncoder();
  let closed = false;
  const send = (text: string): void => {
    if (closed) return;
    if ((controller.desiredSize ?? 0) <= 0) close();
    else controller.enqueue(encoder.encode(text));
  };
  const close = (): void => {
    if (closed) return;
    closed = true;
    unsubscribe();
    clearInterval(heartbeat);
    request.signal.removeEventListener("abort", close);
    try {
      controller.close();
    } catch {
      // The reader has cancelled the stream already.
    }
  };
  const unsubscribe = subscribeEvents(
    (event, resumePoint) => send(`id: ${resumePoint}\ndata: ${JSON.stringify(toEventDto(event))}\n\n`),
    after,
  );
  const heartbeat = setInterval(() => {
    send(": still here\n\n");
    void closeUnlessAllowed(request, close);
  }, HEARTBEAT_MS).unref();
  request.signal.addEventListener("abort", close, { once: true });
  send("retry: 2000\n: connected\n\n");
  return close;
}

/** A stream outlives the check at its start: a revoked token or an ended session ends it too. */
async function closeUnlessAllowed(request: Request, close: () => void): Promise<void> {
  try {
    const actor = await authenticate(request);
    if (!allows(actor.role, PERMISSION)) close();
  } catch (error) {
    if (error instanceof MusterError) close();
    else log.debug("A stream's caller could not be checked", { error });
  }
}

function resumePoint(request: Request, after: string | undefined): EventCursor | null {
  return EventCursor.parse(request.headers.get("last-event-id") ?? after ?? "");
}
