import { generateKeyPairSync } from "node:crypto";
import https from "node:https";
import type { AddressInfo } from "node:net";
import tls from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAuthority, issueCertificate, readPrivateKey } from "@/lib/crypto/issue-certificate";
import { derToPem } from "@/lib/crypto/pem";
import { connectionOf, type Connection } from "./connection";

interface KeyedCertificate {
  der: Buffer;
  key: string;
  cert: string;
}

let server: https.Server;
let ours: KeyedCertificate;
let foreign: KeyedCertificate;
const seen: Connection[] = [];

async function certificate(commonName: string, usage: "server" | "device-identity"): Promise<KeyedCertificate> {
  const authority = await createAuthority({ commonName: `CA of ${commonName}`, organization: "Test", days: 2 });
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const der = await issueCertificate({
    authority: { certificate: authority.certificate, privateKey: readPrivateKey(authority.privateKeyPkcs8) },
    publicKeySpki: publicKey.export({ type: "spki", format: "der" }),
    subject: { commonName },
    days: 1,
    backdateHours: 1,
    usage,
    ...(usage === "server" ? { dnsNames: ["localhost"] } : {}),
  });
  return { der, cert: derToPem(der), key: privateKey.export({ type: "pkcs8", format: "pem" }) as string };
}

beforeAll(async () => {
  [ours, foreign] = await Promise.all([certificate("localhost", "server"), certificate("device", "device-identity")]);
  const options = { key: ours.key, cert: ours.cert, requestCert: true, rejectUnauthorized: false };
  server = https.createServer(options, (request, response) => {
    seen.push(connectionOf(request, { trustedProxies: [], clientCertHeader: null }));
    response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => void server.close());

/** One request on a connection of its own; answers the session, by which a later connection may be shortened. */
function request(identity: KeyedCertificate | null, session?: Buffer): Promise<{ session: Buffer | null; reused: boolean }> {
  const { port } = server.address() as AddressInfo;
  const keys = identity === null ? {} : { key: identity.key, cert: identity.cert };
  return new Promise((resolve, reject) => {
    let newest: Buffer | null = null;
    let reused = false;
    const socket = tls.connect({ port, host: "127.0.0.1", servername: "localhost", rejectUnauthorized: false, session, ...keys });
    socket.on("session", (given) => (newest = given));
    socket.on("error", reject);
    socket.on("close", () => resolve({ session: newest, reused }));
    socket.on("data", () => undefined);
    socket.on("secureConnect", () => {
      reused = socket.isSessionReused();
      socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    });
  });
}

test("the certificate of the TLS connection is there, whoever issued it, and not mixed up between connections", async () => {
  await request(foreign);
  await request(null);
  expect(seen.splice(0).map(({ clientCertificate }) => clientCertificate)).toEqual([foreign.der, null]);
});

test("a resumed TLS session still has its certificate", async () => {
  const { session } = await request(foreign);
  const { reused } = await request(foreign, session ?? undefined);
  expect(reused).toBe(true);
  expect(seen.splice(0).map(({ clientCertificate }) => clientCertificate)).toEqual([foreign.der, foreign.der]);
});
