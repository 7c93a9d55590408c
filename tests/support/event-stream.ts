import { event, type EventDto } from "@/lib/contracts/events";
import type { ApiClient } from "./api-client";

const RETRY_MS = 1_000;

/**
 * Follows GET /api/v1/events until `signal` aborts: after a lost connection it comes back with Last-Event-ID,
 * so that nothing in between is missed. `onChange` hears when the stream comes and goes.
 */
export async function followEvents(
  api: ApiClient,
  onEvent: (event: EventDto) => void,
  options: { signal: AbortSignal; onChange?: (connected: boolean) => void },
): Promise<void> {
  let lastId: string | null = null;
  let connected = false;
  const become = (now: boolean): void => {
    if (now !== connected) options.onChange?.(now);
    connected = now;
  };
  while (!options.signal.aborted) {
    try {
      const headers: Record<string, string> = { accept: "text/event-stream" };
      if (lastId !== null) headers["last-event-id"] = lastId;
      const response = await api.request("GET", "/events", { headers, signal: options.signal });
      if (response.status !== 200 || response.body === null) throw new Error(`events were answered ${response.status}`);
      become(true);
      for await (const message of serverSentMessages(response.body)) {
        const parsed = event.safeParse(jsonOrNull(message.data));
        if (!parsed.success) continue;
        lastId = message.id;
        onEvent(parsed.data);
      }
    } catch {
      // The server restarts or the caller stops; both are seen at the top of the loop.
    }
    become(false);
    await pause(RETRY_MS, options.signal);
  }
}

export interface ServerSentMessage {
  event: string;
  data: string;
  /** What to resume after; null while nothing was said. */
  id: string | null;
}

/** The event stream format of the HTML standard, section 9.2: fields by line, a blank line ends a message. */
export async function* serverSentMessages(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentMessage> {
  const decoder = new TextDecoder();
  let rest = "";
  let message: ServerSentMessage = { event: "message", data: "", id: null };
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") {
        if (message.data !== "") yield { ...message, data: message.data.replace(/\n$/, "") };
        message = { event: "message", data: "", id: message.id };
      } else if (line.startsWith("data:")) message.data += `${line.slice(5).replace(/^ /, "")}\n`;
      else if (line.startsWith("event:")) message.event = line.slice(6).trim();
      else if (line.startsWith("id:")) message.id = line.slice(3).trim();
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
