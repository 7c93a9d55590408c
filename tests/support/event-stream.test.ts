import http from "node:http";
import { expect, test } from "vitest";
import type { EventDto } from "@/lib/contracts/events";
import { ApiClient } from "./api-client";
import { followEvents, serverSentMessages } from "./event-stream";
import { listen, shut } from "./local-server";

async function messagesOf(...chunks: string[]) {
  const messages = [];
  for await (const message of serverSentMessages(bytes(chunks))) messages.push(message);
  return messages;
}

async function* bytes(chunks: string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
}

test("messages are found wherever the stream is cut", async () => {
  const expected = [{ event: "message", data: '{"a":\n"ü"}', id: "1" }, { event: "push", data: "2", id: "1" }];
  const text = ': hello\nid: 1\ndata: {"a":\ndata: "ü"}\n\nretry: 5\nevent: push\r\ndata:2\r\n\r\ndata: never ended\n';
  expect(await messagesOf(text)).toEqual(expected);
  expect(await messagesOf(...text)).toEqual(expected);
});

test("after a lost connection the stream goes on behind the last event", async () => {
  const asked: (string | undefined)[] = [];
  const server = http.createServer((request, response) => {
    asked.push(request.headers["last-event-id"] as string | undefined);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(`id: ${asked.length},0-0\ndata: ${JSON.stringify(eventNumber(asked.length))}\n\n`);
  });
  const api = new ApiClient(`http://127.0.0.1:${await listen(server)}`, "token");
  const stop = new AbortController();
  const seen: string[] = [];
  await followEvents(api, (event) => {
    seen.push(event.id);
    if (seen.length === 2) stop.abort();
  }, { signal: stop.signal });
  await shut(server);
  expect(seen).toEqual(["1", "2"]);
  expect(asked).toEqual([undefined, "1,0-0"]);
});

function eventNumber(id: number): EventDto {
  const about = { deviceId: null, enrollmentId: null, commandId: null, linkId: null };
  return { id: String(id), at: "2026-01-01T00:00:00.000Z", kind: "push.sent", audit: false, actor: "system", ...about, data: {} };
}
