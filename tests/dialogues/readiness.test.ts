import { readFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { expect, test } from "vitest";
import type { CheckKey, Readiness } from "@/lib/contracts/readiness";
import { ApiClient } from "../support/api-client";
import { listen, shut } from "../support/local-server";
import { freePort, startMuster } from "../support/muster-server";
import { withStage } from "../support/stage";

const stage = withStage();
const stateOf = (readiness: Readiness, key: CheckKey) => readiness.items.find((item) => item.key === key)?.state;

test("each check says what is there: address, body, headers, clock, authority, push certificate, link, device", async () => {
  const before = await stage.api.call("getReadiness");
  const states = Object.fromEntries(before.items.map(({ key, state }) => [key, state]));
  // At localhost nobody else reaches it, and there is no TLS.
  expect(states).toEqual({ address: "warning", tls: "warning", body: "good", headers: "good", clock: "good", authority: "good", push: "good", link: "open", device: "open" });
  await stage.enrolledDevice();
  const after = await stage.api.call("getReadiness");
  expect([stateOf(after, "link"), stateOf(after, "device")]).toEqual(["good", "good"]);
});

test("the echo answers nobody but the checks", async () => {
  for (const headers of [{}, { "x-muster-check": "" }, { "x-muster-check": `${Date.now()}.forged` }, { "x-muster-check": "1.x" }] as Record<string, string>[]) {
    const answer = await fetch(`${stage.muster.url}/mdm/echo`, { method: "PUT", headers, body: "ping" });
    expect(answer.status).toBe(400);
  }
});

type Fault = "none" | "sign-in" | "short-headers" | "changed-bodies";

/** A proxy as people set it up: it signs people in, cuts long headers, or changes bodies. */
class BadProxy {
  fault: Fault = "none";
  #target = "";
  readonly #server = http.createServer({ maxHeaderSize: 65_536 }, (request, response) => this.#pass(request, response));

  async start(target: string): Promise<string> {
    this.#target = target;
    return `http://localhost:${await listen(this.#server)}`;
  }

  stop(): Promise<void> {
    return shut(this.#server);
  }

  #pass(request: http.IncomingMessage, response: http.ServerResponse): void {
    const signature = request.headers["mdm-signature"] ?? "";
    if (this.fault === "sign-in") {
      response.writeHead(302, { location: "https://sso.example.com/" }).end();
    } else if (this.fault === "short-headers" && signature.length > 8_192) {
      response.writeHead(400).end("Request Header Or Cookie Too Large");
    } else {
      this.#forward(request, response);
    }
  }

  #forward(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { "content-length": _, ...headers } = request.headers;
    const onward = http.request(this.#target + (request.url ?? ""), { method: request.method ?? "PUT", headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.on("data", (chunk: Buffer) => onward.write(this.fault === "changed-bodies" && chunk.length > 1_000 ? chunk.subarray(1) : chunk));
    request.on("end", () => onward.end());
  }
}

test("a proxy that signs in, cuts headers or changes bodies is found out, with what to do", async () => {
  const port = await freePort();
  const proxy = new BadProxy();
  const publicUrl = await proxy.start(`http://127.0.0.1:${port}`);
  const muster = await startMuster({ env: { PUBLIC_URL: publicUrl, PORT: String(port) } });
  try {
    const direct = new ApiClient(`http://127.0.0.1:${port}`, () => readFileSync(path.join(muster.dataDir, "local-token"), "utf8").trim());
    const found = async (fault: Fault) => {
      proxy.fault = fault;
      return direct.call("getReadiness");
    };
    const states = async (fault: Fault) => (await found(fault)).items.slice(0, 4).map(({ state }) => state);
    expect(await states("none")).toEqual(["warning", "warning", "good", "good"]);
    expect(await states("short-headers")).toEqual(["warning", "warning", "good", "failed"]);
    expect(await states("changed-bodies")).toEqual(["warning", "warning", "failed", "good"]);
    expect(await states("sign-in")).toEqual(["failed", "skipped", "skipped", "skipped"]);
    const [address] = (await found("sign-in")).items;
    expect(address?.detail).toContain("302");
    expect(address?.advice).toMatch(/without a sign-in/);
    await proxy.stop();
    expect(await states("none")).toEqual(["failed", "skipped", "skipped", "skipped"]);
  } finally {
    await muster.stop();
  }
});
