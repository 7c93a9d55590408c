import http from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DeviceHttp } from "./device-http";
import { bodyOf, listen, shut } from "./local-server";

const server = http.createServer((request, response) => {
  if (request.url === "/moved") return response.writeHead(307, { location: "/here" }).end();
  if (request.url === "/loop") return response.writeHead(301, { location: "/loop" }).end();
  void bodyOf(request).then((body) => response.end(`${request.method} ${request.url} ${body.toString()}`));
});
let origin = "";

beforeAll(async () => {
  origin = `http://127.0.0.1:${await listen(server)}`;
});
afterAll(() => shut(server));

test("a redirect is followed with method and body", async () => {
  const answer = await new DeviceHttp().ask({ method: "PUT", url: `${origin}/moved`, body: Buffer.from("report") });
  expect(answer.body.toString()).toBe("PUT /here report");
});

test("a circle of redirects ends", async () => {
  await expect(new DeviceHttp().ask({ method: "GET", url: `${origin}/loop` })).rejects.toThrow(/redirects/);
});
