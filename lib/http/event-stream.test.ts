import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { GET } from "@/app/api/v1/events/route";
import { createApiToken } from "@/lib/accounts/api-token-service";
import { event, type EventDto } from "@/lib/contracts/events";
import { database } from "@/lib/db/database";
import { listEvents, recordEvents } from "@/lib/events/event-log";
import { withTestDatabase } from "@/tests/support/database";

withTestDatabase();

let token = "";
beforeAll(async () => {
  ({ token } = await createApiToken({ name: "watcher", role: "viewer", expiresAt: null }, null));
});

function stream(signal: AbortSignal, headers: Record<string, string> = {}, query = ""): Promise<Response> {
  return GET(new Request(`http://localhost/api/v1/events${query}`, { headers: { authorization: `Bearer ${token}`, ...headers }, signal }));
}

/** The first events of a stream, each with its `id:` line. */
async function take(response: Response, count: number): Promise<EventDto[]> {
  const found: EventDto[] = [];
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const match = /^id: (\d+)(?:,[-,\d]+)?\ndata: (.+)$/.exec(text.slice(0, end));
      text = text.slice(end + 2);
      if (match?.[2] === undefined) continue;
      const parsed = event.parse(JSON.parse(match[2]));
      expect(parsed.id).toBe(match[1]);
      if (found.push(parsed) === count) return found;
    }
  }
  return found;
}

const write = (deviceId: string) => recordEvents(database().pool, [{ kind: "device.enrolled", actor: "device", deviceId }]);
const lastId = async () => String((await listEvents({ limit: 1 })).items[0]?.id ?? 0);

test("the stream resumes after the last event that the reader saw, by header or by query", async () => {
  const after = await lastId();
  const deviceIds = [randomUUID(), randomUUID()];
  for (const deviceId of deviceIds) await write(deviceId);
  const stop = new AbortController();
  for (const response of [await stream(stop.signal, { "last-event-id": after }), await stream(stop.signal, {}, `?after=${after}`)]) {
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    expect((await take(response, 2)).map(({ deviceId }) => deviceId)).toEqual(deviceIds);
  }
  stop.abort();
});

test("the stream ends when its reader goes away", async () => {
  const stop = new AbortController();
  const response = await stream(stop.signal);
  const reading = take(response, 1_000);
  stop.abort();
  expect(await reading).toEqual([]);
});

test("the stream is closed to strangers", async () => {
  const response = await GET(new Request("http://localhost/api/v1/events"));
  expect(response.status).toBe(401);
});
