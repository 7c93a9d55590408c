import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import tls from "node:tls";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createAuthority, issueCertificate } from "@/lib/crypto/issue-certificate";
import { derToPem } from "@/lib/crypto/pem";
import { closeDatabase, openDatabase } from "@/lib/db/database";
import { nextApp } from "@/server/next-app";
import { AttestationAuthority } from "../support/attestation-authority";
import { startMuster, type MusterServer } from "../support/muster-server";
import { SimulatedDevice } from "../support/simulated-device";
import type { SignedMessage } from "../support/signed-message";
import { withStage } from "../support/stage";
import { giveUpDeliveries } from "../support/unanswered";

describe("over TLS that we serve ourselves", () => {
  const MASTER_KEY = "ef".repeat(32);
  /** Makes the links; the node with TLS is a second one on its database. */
  const stage = withStage({ MASTER_KEY });
  let folder = "";
  let trustedCa = "";
  let node: MusterServer | null = null;
  let attestation: AttestationAuthority | undefined;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "muster-tls-"));
    const root = await createAuthority({ commonName: "Test web CA", organization: "Test", days: 30 });
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const leaf = await issueCertificate({
      authority: { certificate: root.certificate, privateKey: createPrivateKey({ key: root.privateKeyPkcs8, format: "der", type: "pkcs8" }) },
      publicKeySpki: publicKey.export({ type: "spki", format: "der" }), subject: { commonName: "localhost" }, days: 30, backdateHours: 1, usage: "server", dnsNames: ["localhost"],
    });
    trustedCa = derToPem(root.certificate, "CERTIFICATE");
    const TLS_CERT_FILE = path.join(folder, "cert.pem");
    const TLS_KEY_FILE = path.join(folder, "key.pem");
    writeFileSync(TLS_CERT_FILE, `${derToPem(leaf, "CERTIFICATE")}\n${trustedCa}`);
    writeFileSync(TLS_KEY_FILE, privateKey.export({ type: "pkcs8", format: "pem" }));
    attestation = await AttestationAuthority.make();
    node = await startMuster({ env: { DATABASE_URL: stage.muster.databaseUrl, MASTER_KEY, TLS_CERT_FILE, TLS_KEY_FILE, ATTESTATION_CA_FILE: attestation.writeFile() } });
  });
  afterAll(async () => {
    await node?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const profileUrl = async (link: Parameters<typeof stage.link>[0] = {}) => (await stage.link(link)).profileUrl.replace(stage.muster.url, node?.url ?? "");

  test("the profile carries the root a device must trust, and a client certificate stands for a signature", async () => {
    const url = await profileUrl();
    const device = new SimulatedDevice({ trustedCa, authentication: "tls" });
    const profile = await device.download(url);
    expect(profile.payloads.map((payload) => payload.PayloadType)).toContain("com.apple.security.root");
    await device.enroll(url);
    expect((await device.runSession()).length).toBeGreaterThan(0);
    expect(await stage.device(await stage.deviceId(device))).toMatchObject({ state: "enrolled", openCommands: 0 });
  });

  test("an attested identity, whose key is an elliptic one, is presented by TLS as well", async () => {
    if (attestation === undefined) throw new Error("nobody vouches for devices");
    const device = await SimulatedDevice.enroll(await profileUrl({ identity: "acme" }), { trustedCa, authentication: "tls", attestation });
    expect((await device.runSession()).length).toBeGreaterThan(0);
    expect((await stage.device(await stage.deviceId(device))).enrollments[0]?.identity?.kind).toBe("acme");
  });

  test("TLS before 1.2 is refused, and a cipher with forward secrecy is taken whenever one is offered", async () => {
    const { hostname, port } = new URL(node?.url ?? "");
    const shake = (options: tls.ConnectionOptions) => new Promise<string>((resolve) => {
      const socket = tls.connect({ host: hostname, port: Number(port), ca: trustedCa, servername: "localhost", ...options }, () => {
        resolve(`${socket.getProtocol()} ${socket.getCipher().name}`);
        socket.destroy();
      });
      socket.on("error", () => resolve("refused"));
    });
    expect(await shake({})).toMatch(/^TLSv1.3 /);
    expect(await shake({ maxVersion: "TLSv1.2", ciphers: "AES128-SHA:AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256" })).toBe("TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256");
    expect(await shake({ minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" })).toBe("refused");
  });

  test("a signed device needs no client certificate", async () => {
    const device = await SimulatedDevice.enroll(await profileUrl(), { trustedCa });
    expect((await device.runSession()).length).toBeGreaterThan(0);
  });

  test("without either a device is refused", async () => {
    const device = await SimulatedDevice.enroll(await profileUrl(), { trustedCa });
    const { "mdm-signature": _, ...headers } = device.signReport("Idle").headers;
    expect((await device.deliver({ ...device.signReport("Idle"), headers })).status).toBe(400);
  });
});

describe("behind a trusted proxy", () => {
  const stage = withStage({ TRUSTED_PROXIES: "127.0.0.0/8, ::1", CLIENT_CERT_HEADER: "X-Client-Cert" });

  test.each([
    ["RFC 9440", (_pem: string, der: Buffer) => `:${der.toString("base64")}:`],
    ["escaped PEM", (pem: string) => encodeURIComponent(pem)],
    ["PEM escaped but for + = /", (pem: string) => encodeURIComponent(pem).replaceAll("%2B", "+").replaceAll("%3D", "=").replaceAll("%2F", "/")],
  ])("its header speaks for the device: %s", async (_, write) => {
    const { device } = await stage.enrolledDevice();
    const { certificate, certificatePem } = device.management.identity;
    const { "mdm-signature": __, ...headers } = device.signReport("Idle").headers;
    const message = { ...device.signReport("Idle"), headers: { ...headers, "x-client-cert": write(certificatePem, certificate) } };
    expect((await device.deliver(message)).status).toBe(200);
  });

  test("and names the client's address", async () => {
    const { device } = await stage.enrolledDevice();
    await device.deliver({ ...device.signReport("Idle"), headers: { "x-forwarded-for": "203.0.113.9, 127.0.0.1" } });
    const { items } = await stage.api.call("listUnknownContacts", { query: { limit: 200 } });
    expect(items.map((contact) => contact.remoteAddress)).toContain("203.0.113.9");
  });
});

describe("through the server's own lane and through Next", () => {
  const masterKey = "cd".repeat(32);
  const stage = withStage({ MASTER_KEY: masterKey });
  let next: { url: string; stop(): Promise<void> } | null = null;
  /** The same build on the same database, with nothing before Next. */
  beforeAll(async () => {
    vi.stubEnv("MASTER_KEY", masterKey);
    openDatabase(stage.muster.databaseUrl);
    const app = await nextApp();
    const server = http.createServer((request, response) => void app.handle(request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    next = {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      async stop() {
        server.closeAllConnections();
        server.close();
        await app.close();
        await closeDatabase();
        vi.unstubAllEnvs();
      },
    };
  });
  afterAll(() => next?.stop());
  const throughNext = (url: string) => url.replace(stage.muster.url, next?.url ?? "");

  test("every kind of message is answered alike", async () => {
    const { device, id } = await stage.enrolledDevice();
    await stage.send(id, { requestType: "RestartDevice" });
    const messages: SignedMessage[] = [
      device.signReport("Idle"),
      device.sign("checkin", { MessageType: "Nonsense", UDID: device.udid }),
      { ...device.signReport("Idle"), headers: {} },
      { ...device.signReport("Idle"), method: "GET" as const, body: Buffer.alloc(0) },
    ];
    for (const message of messages) {
      const direct = await device.deliver(message);
      await giveUpDeliveries(stage.muster.databaseUrl);
      const other = await device.deliver({ ...message, url: throughNext(message.url) });
      expect([other.status, other.headers["content-type"], other.body.toString()]).toEqual([direct.status, direct.headers["content-type"], direct.body.toString()]);
    }
  });

  test("SCEP too, with its raw query", async () => {
    for (const query of ["operation=GetCACaps", "operation=GetCACert&message=x", "operation=PKIOperation&message=AA+/%3D", "operation=Nonsense"]) {
      const direct = await fetch(`${stage.muster.url}/scep?${query}`);
      const other = await fetch(throughNext(`${stage.muster.url}/scep?${query}`));
      expect([other.status, other.headers.get("content-type")]).toEqual([direct.status, direct.headers.get("content-type")]);
      expect(Buffer.from(await other.arrayBuffer())).toEqual(Buffer.from(await direct.arrayBuffer()));
    }
  });
});
