import http from "node:http";
import net from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DeviceExchange } from "@/lib/protocol/device-exchange";
import { deviceRoute } from "@/lib/http/device-route";
import { serveDevice } from "./device-lane";

const MAX_BYTES = 100_000;
const seen: DeviceExchange[] = [];
const handler = deviceRoute({ maxBytes: MAX_BYTES, methods: ["PUT", "GET", "HEAD"] }, async (exchange) => {
  seen.push(exchange);
  return { status: 200, headers: { "content-type": "text/plain" }, body: exchange.method === "GET" ? "for people" : null };
});
const lane = new Map([["/mdm/connect", { PUT: handler, GET: handler }]]);

let server: http.Server;
let port = 0;
beforeAll(async () => {
  server = http.createServer((request, response) => {
    if (!serveDevice(request, response, lane)) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as net.AddressInfo).port;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => void seen.splice(0));

const call = (path: string, init?: RequestInit): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`, init);

test("the handler gets method, path, raw query, headers, the exact bytes and the peer", async () => {
  const body = Buffer.from([0, 255, 13, 10, 60]);
  const response = await call("/mdm/connect?operation=a+b/c", { method: "PUT", body, headers: { "Mdm-Signature": "abc" } });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("");
  expect(seen).toMatchObject([
    { method: "PUT", path: "/mdm/connect", rawQuery: "operation=a+b/c", remoteAddress: "127.0.0.1", clientCertificate: null },
  ]);
  expect(seen[0]?.headers["mdm-signature"]).toBe("abc");
  expect(seen[0]?.body.equals(body)).toBe(true);
});

test("only the exact path is taken; every other spelling is left to Next", async () => {
  for (const path of ["/mdm/connect/", "/mdm//connect", "/mdm/%63onnect", "/mdm/connect2", "/"]) {
    expect((await call(path, { method: "PUT", redirect: "manual" })).status, path).toBe(418);
  }
});

test("GET and HEAD reach the handler, and HEAD answers no body", async () => {
  const page = await call("/mdm/connect");
  expect(await page.text()).toBe("for people");
  const head = await call("/mdm/connect", { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
});

test("a method that the route does not export is answered 405", async () => {
  const response = await call("/mdm/connect", { method: "DELETE" });
  expect([response.status, response.headers.get("allow")]).toEqual([405, "PUT, GET"]);
});

test("a body in chunks of unknown length arrives whole", async () => {
  const chunks = Array.from({ length: 20 }, (_, index) => Buffer.alloc(1_000, index));
  const stream = new ReadableStream({ start: (controller) => (chunks.forEach((chunk) => controller.enqueue(chunk)), controller.close()) });
  const response = await call("/mdm/connect", { method: "PUT", body: stream, duplex: "half" } as RequestInit);
  expect(response.status).toBe(200);
  expect(seen[0]?.body.equals(Buffer.concat(chunks))).toBe(true);
});

test("a body beyond the limit is answered 413, announced or not, and no handler sees it", async () => {
  const big = Buffer.alloc(MAX_BYTES + 1);
  const stream = new ReadableStream({ start: (controller) => (controller.enqueue(big), controller.close()) });
  expect((await call("/mdm/connect", { method: "PUT", body: big })).status).toBe(413);
  expect((await call("/mdm/connect", { method: "PUT", body: stream, duplex: "half" } as RequestInit)).status).toBe(413);
  expect(seen).toEqual([]);
});

test("a sender that breaks off in its body does no harm", async () => {
  const socket = net.connect(port, "127.0.0.1");
  socket.write("PUT /mdm/connect HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\npart");
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  expect((await call("/mdm/connect", { method: "PUT", body: "whole" })).status).toBe(200);
  expect(seen).toHaveLength(1);
});
