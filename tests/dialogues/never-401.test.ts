import { createHash } from "node:crypto";
import http from "node:http";
import { expect, test } from "vitest";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { setSetting, withBackstage } from "../support/backstage";
import { SimulatedDevice } from "../support/simulated-device";

const stage = withBackstage();

const ACME = ["directory", "new-nonce", "new-account", "new-order", "order/00000000-0000-4000-8000-000000000000", "certificate/..", ""].map((path) => `/acme/${path}`);

/** A repeatable stream of choices: a failure can be shown again. */
function choices(seed: string) {
  let count = 0;
  const next = (bound: number) => createHash("sha256").update(`${seed}${count++}`).digest().readUInt32BE(0) % bound;
  return { next, pick: <T>(list: readonly T[]): T => list[next(list.length)] as T };
}

interface Shot {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

function fire(base: string, shot: Shot): Promise<{ status: number; body: string }> {
  return new Promise((resolve) => {
    const request = http.request(base + shot.path, { method: shot.method, headers: { ...shot.headers, "content-length": shot.body.length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("close", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("latin1") }));
    });
    request.on("error", () => resolve({ status: 0, body: "" }));
    request.end(shot.body);
  });
}

test("whatever is thrown at the device routes, none of it is answered 401 or with Apple's unrecognized code", async () => {
  const { device } = await stage.enrolledDevice();
  const idle = device.signReport("Idle");
  const { enrollmentUrl, webUrl } = await stage.api.call("createAdeConfiguration", { body: { name: "Fuzzed", admission: "allow-list", serials: ["NOBODY0001"], minimumOs: { iOS: "99.0" } } });
  const [enroll, web] = [enrollmentUrl, webUrl].map((url) => url.slice(stage.muster.url.length)) as [string, string];
  const account = await stage.api.call("createAccountConfiguration", { body: { domain: "fuzz.example", mode: "BYOD", method: "apple-as-web" } });
  const { next, pick } = choices("never-401");
  const paths = ["/mdm/checkin", "/mdm/connect", "/mdm/%63heckin", "//mdm/connect", "/scep", "/scep/", "/mdm/checkin/", "/mdm", "/scep/pkiclient.exe", "/enroll/x/profile", "/ota/x", `/account/${account.id}/token`, "/account/x/enroll", enroll, web, "/ade/enroll", "/ade/web", "/ade/enroll/", ...ACME];
  const bodies = [
    idle.body, Buffer.alloc(0), Buffer.from("bplist00"), Buffer.from("<plist><dict>"), Buffer.from("\0".repeat(500)), Buffer.from([0x30, 0x80, 0x30, 0x80]), Buffer.from('{"protected":"e30","payload":"","signature":""}'),
    Buffer.from(`<plist>${"<array>".repeat(5000)}`), Buffer.from(`<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><plist><string>&b;</string></plist>`),
    Buffer.from(`<plist><dict><key>MessageType</key><string>Authenticate</string></dict></plist>`), Buffer.alloc(70_000, 0x30),
  ];
  const queries = ["", "?operation=PKIOperation", "?operation=PKIOperation&message=////", "?operation=GetCACert", "?%", "?operation=PKIOperation&message=MIIB"];
  const headerSets: Record<string, string>[] = [
    {}, { authorization: "Bearer nonsense" }, { authorization: "Basic eDp4" }, { cookie: "next-auth.session-token=broken" },
    { "mdm-signature": idle.headers["mdm-signature"] ?? "" }, { "mdm-signature": "AAAA" }, { "mdm-signature": "M".repeat(20_000) },
    { "content-type": "application/x-apple-aspen-mdm-checkin" }, { "content-type": ";;;" }, { "client-cert": ":AAAA:" }, { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    { "x-apple-aspen-deviceinfo": "AAAA" }, { "x-apple-aspen-deviceinfo": idle.headers["mdm-signature"] ?? "" }, { "content-type": "application/pkcs7-signature", accept: "application/json" },
    { "transfer-encoding-x": "chunked", "x-forwarded-for": "garbage, , 1.2.3.4" }, { "x-middleware-subrequest": "proxy:proxy" }, { host: "evil.example" },
  ];
  const address = (path: string, query: string) => (path.includes("?") ? path : path + query);
  const seen = new Set<number>();
  for (let n = 0; n < 600; n++) {
    const body = pick(bodies);
    const shot = { method: pick(["PUT", "POST", "GET", "HEAD", "DELETE", "PATCH", "OPTIONS"]), path: address(pick(paths), pick(queries)), headers: { ...pick(headerSets), ...pick(headerSets) }, body: next(4) === 0 ? body.subarray(0, next(body.length + 1)) : body };
    const answer = await fire(stage.muster.url, shot);
    seen.add(answer.status);
    const shown = JSON.stringify({ ...shot, body: shot.body.toString("latin1").slice(0, 200) });
    expect(answer.status, shown).not.toBe(401);
    expect(answer.status, shown).not.toBe(403);
    expect(answer.body, shown).not.toContain("com.apple.unrecognized.device");
  }
  expect([...seen]).toEqual(expect.arrayContaining([200, 400]));
  await device.connect("Idle");
  expect(device.managed).toBe(true);
});

test("a device that waits for a decision, is held back by the limit or has left by itself never hears 401, whatever it says", async () => {
  const waiting = await SimulatedDevice.enroll((await stage.link({ admission: "approve" })).profileUrl);
  const held = await stage.enrolledDevice();
  await setSetting("terminations-per-hour", 0);
  await stage.api.call("terminateDevice", { params: { id: held.id }, body: { method: "unauthorized" } });
  const left = await stage.enrolledDevice();
  await left.device.checkOut();
  const { next, pick } = choices("states");
  const names = ["TokenUpdate", "Authenticate", "SetBootstrapToken", "GetBootstrapToken", "DeclarativeManagement", "UserAuthenticate", "GetToken", "ReturnToService", "Nonsense"];
  const extras: PlistDictionary[] = [
    {}, { Token: Buffer.alloc(32, 1), PushMagic: "m" }, { Token: Buffer.alloc(32, 2), PushMagic: "n", UnlockToken: Buffer.alloc(9) }, { UserID: "U-1", UserShortName: "kim" },
    { Endpoint: "tokens" }, { Endpoint: "status", Data: Buffer.from("{}") }, { SerialNumber: "OTHER" }, { AwaitingConfiguration: true }, { TokenServiceType: "com.apple.maid" },
  ];
  for (const { device } of [{ device: waiting }, held, left]) {
    const { topic } = device.management.mdm;
    for (let n = 0; n < 60; n++) {
      const claim = next(8) === 0 ? "SOMEBODY-ELSE" : device.udid;
      const message = { MessageType: pick(names), Topic: next(9) === 0 ? "another" : topic, UDID: claim, ...pick(extras), ...pick(extras) };
      const signed = next(5) === 0 ? device.signReport(pick(["Idle", "NotNow", "Acknowledged", "Error"]), null) : device.sign("checkin", message);
      const answer = await device.deliver(signed);
      expect([401, 403], JSON.stringify({ n, message })).not.toContain(answer.status);
    }
    expect(device.managed).toBe(true);
  }
  await setSetting("terminations-per-hour", null);
});

test("where people sign in on a device a 401 always says how, and it never leaves a route of managed devices", async () => {
  const { baseUrl } = await stage.api.call("createAccountConfiguration", { body: { domain: "sign-in.example", mode: "ADDE", method: "apple-as-web" } });
  const { pathname } = new URL(baseUrl);
  const { pick } = choices("sign-in");
  const bodies = [Buffer.alloc(0), Buffer.from("<plist><dict>"), Buffer.from([0x30, 0x80, 0x30, 0x80]), Buffer.alloc(70_000, 0x30)];
  const tokens = ["", "Bearer", "Bearer ", "Bearer x", "Bearer x y", "Basic eDp4", "bearer \t", `Bearer ${"x".repeat(4_000)}`];
  for (let n = 0; n < 100; n++) {
    const shot = { method: pick(["POST", "GET", "PUT", "HEAD"]), path: pathname + pick(["", "?a=b", "/"]), headers: { authorization: pick(tokens) }, body: pick(bodies) };
    const answer = await fetch(stage.muster.url + shot.path, { method: shot.method, headers: shot.headers, redirect: "manual", ...(shot.method === "POST" || shot.method === "PUT" ? { body: new Uint8Array(shot.body) } : {}) });
    expect(answer.status).not.toBe(403);
    if (answer.status === 401) expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer method="apple-as-web", url="http/);
  }
  for (const path of ["/mdm/checkin", "/mdm/connect"]) {
    const answer = await fetch(stage.muster.url + path, { method: "PUT", headers: { authorization: "Bearer x" }, body: "x" });
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([400, null]);
  }
});
