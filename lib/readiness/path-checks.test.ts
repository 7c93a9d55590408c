import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { config } from "@/lib/config/config";
import { createAuthority, issueCertificate } from "@/lib/crypto/issue-certificate";
import { derToPem } from "@/lib/crypto/pem";
import { answerEcho } from "./echo";
import { checkPath } from "./path-checks";

const folder = mkdtempSync(path.join(os.tmpdir(), "muster-path-"));
const anchors = path.join(folder, "anchors.pem");
const before = { ...config() };
let servers: https.Server[] = [];
let root: Awaited<ReturnType<typeof createAuthority>>;

beforeAll(async () => {
  root = await createAuthority({ commonName: "Private web CA", organization: "Test", days: 60 });
  writeFileSync(anchors, derToPem(root.certificate));
});
afterEach(() => {
  Object.assign(config(), { publicUrl: before.publicUrl, tlsAnchorsFile: before.tlsAnchorsFile });
  for (const server of servers) server.close().closeAllConnections();
  servers = [];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the server does behind /mdm/echo, over TLS. */
async function serve(wish: { dnsName: string; days: number }): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const certificate = await issueCertificate({
    authority: { certificate: root.certificate, privateKey: createPrivateKey({ key: root.privateKeyPkcs8, format: "der", type: "pkcs8" }) },
    publicKeySpki: publicKey.export({ type: "spki", format: "der" }), subject: { commonName: wish.dnsName }, days: wish.days, backdateHours: 1, usage: "server", dnsNames: [wish.dnsName],
  });
  const options = { cert: derToPem(certificate), key: privateKey.export({ type: "pkcs8", format: "pem" }), maxHeaderSize: 65_536 };
  const server = https.createServer(options, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => {
      const exchange = { method: "PUT", path: "/mdm/echo", rawQuery: "", headers: request.headers as Record<string, string>, body: Buffer.concat(chunks), remoteAddress: "", clientCertificate: null, receivedAt: new Date() };
      void answerEcho(exchange).then(({ status, headers, body }) => response.writeHead(status, headers).end(body ?? undefined));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  config().publicUrl = `https://localhost:${(server.address() as AddressInfo).port}`;
}

test("a private authority is trusted only when our profiles carry it", async () => {
  await serve({ dnsName: "localhost", days: 60 });
  const unknown = await checkPath();
  expect(unknown.findings.tls).toMatchObject({ state: "failed", advice: expect.stringContaining("TLS_ANCHORS_FILE") as string });
  expect(unknown.findings.body.state).toBe("skipped");
  config().tlsAnchorsFile = anchors;
  const known = await checkPath();
  expect(Object.values(known.findings).map(({ state }) => state)).toEqual(["warning", "good", "good", "good"]);
});

test("a certificate of another name and one that ends soon are told", async () => {
  config().tlsAnchorsFile = anchors;
  await serve({ dnsName: "elsewhere.example.com", days: 60 });
  expect((await checkPath()).findings.tls).toMatchObject({ state: "failed", detail: expect.stringContaining("ALTNAME") as string });
  await serve({ dnsName: "localhost", days: 10 });
  expect((await checkPath()).findings.tls.state).toBe("warning");
});

test("a name that leads nowhere is told as that", async () => {
  config().publicUrl = "https://localhost:1";
  expect((await checkPath()).findings.address).toMatchObject({ state: "failed", detail: expect.stringContaining("ECONNREFUSED") as string });
});
