import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { listen, type Listener } from "./listener";

let opened: Listener[] = [];
afterEach(async () => {
  await Promise.all(opened.map((listener) => listener.close()));
  opened = [];
});

async function listening(): Promise<Listener> {
  const listener = await listen({ host: "127.0.0.1", port: 0, tls: null });
  opened.push(listener);
  return listener;
}

const urlOf = (listener: Listener): string => `http://127.0.0.1:${listener.port}/`;

test("requests that come before the start is over wait and are answered then", async () => {
  const listener = await listening();
  const early = fetch(urlOf(listener));
  await new Promise((resolve) => setTimeout(resolve, 50));
  listener.serve(async (_request, response) => void response.end("ready"));
  expect(await (await early).text()).toBe("ready");
});

test("a request that runs when the server closes is answered; a new one is not taken", async () => {
  const listener = await listening();
  let finish: (() => void) | undefined;
  const isRunning = new Promise<void>((resolve) => {
    listener.serve(async (_request, response) => {
      finish = () => response.end("finished");
      resolve();
    });
  });
  const answer = fetch(urlOf(listener));
  await isRunning;
  const closed = listener.close();
  await expect(fetch(urlOf(listener))).rejects.toThrow();
  finish?.();
  expect(await (await answer).text()).toBe("finished");
  await closed;
});

test("event streams are ended at once when the server closes", async () => {
  const listener = await listening();
  listener.serve(async (_request, response) => {
    response.setHeader("content-type", "text/event-stream").write(": hello\n\n");
  });
  const request = http.get(urlOf(listener));
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  const ended = new Promise((resolve) => response.on("error", () => undefined).on("close", resolve).resume());
  await listener.close();
  await ended;
});

test("a handler that throws costs its own request a 500 only", async () => {
  const listener = await listening();
  listener.serve(async () => {
    throw new Error("planted");
  });
  expect((await fetch(urlOf(listener))).status).toBe(500);
  expect((await fetch(urlOf(listener))).status).toBe(500);
});

test("headers of 60 KiB are taken", async () => {
  const listener = await listening();
  listener.serve(async (request, response) => void response.end(String(request.headers["x-client-cert"]?.length)));
  const response = await fetch(urlOf(listener), { headers: { "x-client-cert": "a".repeat(60 * 1024) } });
  expect(await response.text()).toBe(String(60 * 1024));
});

test("a port in use is told in one sentence", async () => {
  const other = net.createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as net.AddressInfo;
  await expect(listen({ host: "127.0.0.1", port, tls: null })).rejects.toThrow(`Port ${port} is in use: stop the other program, or set PORT to another port.`);
  other.close();
});

test("TLS files without a certificate are told in one sentence", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "muster-tls-"));
  const file = path.join(folder, "empty.pem");
  writeFileSync(file, "nothing");
  await expect(listen({ host: "127.0.0.1", port: 0, tls: { certFile: file, keyFile: file } })).rejects.toThrow("do not hold a certificate");
  rmSync(folder, { recursive: true });
});
