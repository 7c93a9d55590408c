import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DeviceHttp } from "./device-http";

const server = http.createServer((request, response) => {
  if (request.url === "/moved") return response.writeHead(307, { location: "/here" }).end();
  if (request.url === "/loop") return response.writeHead(301, { location: "/loop" }).end();
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => response.end(`${request.method} ${request.url} ${Buffer.concat(chunks).toString()}`));
});
let origin = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.closeAllConnections());
afterAll(() => server.close());

test("a redirect is followed with method and body", async () => {
  const answer = await new DeviceHttp().ask({ method: "PUT", url: `${origin}/moved`, body: Buffer.from("report") });
  expect(answer.body.toString()).toBe("PUT /here report");
});

test("a circle of redirects ends", async () => {
  await expect(new DeviceHttp().ask({ method: "GET", url: `${origin}/loop` })).rejects.toThrow(/redirects/);
});
