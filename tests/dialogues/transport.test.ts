import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAuthority, issueCertificate } from "@/lib/crypto/issue-certificate";
import { derToPem } from "@/lib/crypto/pem";
import { SimulatedDevice } from "../support/simulated-device";
import type { SignedMessage } from "../support/signed-message";
import { Stage, withStage } from "../support/stage";

describe("over TLS that we serve ourselves", () => {
  const stage = new Stage();
  let folder = "";
  let trustedCa = "";
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "muster-tls-"));
    const root = await createAuthority({ commonName: "Test web CA", organization: "Test", days: 30 });
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const leaf = await issueCertificate({
      authority: { certificate: root.certificate, privateKey: createPrivateKey({ key: root.privateKeyPkcs8, format: "der", type: "pkcs8" }) },
      publicKeySpki: publicKey.export({ type: "spki", format: "der" }), subject: { commonName: "localhost" }, days: 30, backdateHours: 1, usage: "server", dnsNames: ["localhost"],
    });
    trustedCa = derToPem(root.certificate, "CERTIFICATE");
    writeFileSync(path.join(folder, "cert.pem"), derToPem(leaf, "CERTIFICATE") + trustedCa);
    writeFileSync(path.join(folder, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
    await stage.start({ TLS_CERT_FILE: path.join(folder, "cert.pem"), TLS_KEY_FILE: path.join(folder, "key.pem") });
  });
  afterAll(async () => {
    await stage.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("the profile carries the root a device must trust, and a client certificate stands for a signature", async () => {
    const link = await stage.link();
    const device = new SimulatedDevice({ trustedCa, authentication: "tls" });
    const profile = await device.download(link.profileUrl);
    expect(profile.payloads.map((payload) => payload.PayloadType)).toContain("com.apple.security.root");
    await device.enroll(link.profileUrl);
    expect((await device.runSession()).length).toBeGreaterThan(0);
    expect(await stage.device(await stage.deviceId(device))).toMatchObject({ state: "enrolled", openCommands: 0 });
  });

  test("a signed device needs no client certificate", async () => {
    const device = await SimulatedDevice.enroll((await stage.link()).profileUrl, { trustedCa });
    expect((await device.runSession()).length).toBeGreaterThan(0);
  });

  test("without either a device is refused", async () => {
    const device = await SimulatedDevice.enroll((await stage.link()).profileUrl, { trustedCa });
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
  const stage = withStage();
  /** The lane knows only the exact path; Next decodes it and finds the same route file. */
  const throughNext = (url: string) => url.replace("/mdm/c", "/mdm/%63").replace("/scep", "/%73cep");

  test("every kind of message is answered alike", async () => {
    const { device, id } = await stage.enrolledDevice();
    await stage.send(id, { requestType: "RestartDevice" });
    const messages: SignedMessage[] = [
      device.signReport("Idle"),
      device.signReport("Acknowledged", "unknown"),
      device.sign("checkin", { MessageType: "Nonsense", UDID: device.udid }),
      { ...device.signReport("Idle"), headers: {} },
      { ...device.signReport("Idle"), method: "GET" as const, body: Buffer.alloc(0) },
    ];
    for (const message of messages) {
      const direct = await device.deliver(message);
      const next = await device.deliver({ ...message, url: throughNext(message.url) });
      expect([next.status, next.headers["content-type"], next.body.toString()]).toEqual([direct.status, direct.headers["content-type"], direct.body.toString()]);
    }
  });

  test("SCEP too, with its raw query", async () => {
    for (const query of ["operation=GetCACaps", "operation=GetCACert&message=x", "operation=PKIOperation&message=AA+/%3D", "operation=Nonsense"]) {
      const direct = await fetch(`${stage.muster.url}/scep?${query}`);
      const next = await fetch(`${throughNext(`${stage.muster.url}/scep`)}?${query}`);
      expect([next.status, next.headers.get("content-type")]).toEqual([direct.status, direct.headers.get("content-type")]);
      expect(Buffer.from(await next.arrayBuffer())).toEqual(Buffer.from(await direct.arrayBuffer()));
    }
  });
});
