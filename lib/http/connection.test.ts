import type { IncomingMessage } from "node:http";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { connectionOf, type Connection, type ProxyTrust } from "./connection";

const DER = Buffer.from([0x30, 0x82, 0xfb, 0xef, 0xbe, 0x01, 0xff]);
const BASE64 = DER.toString("base64"); // has "+", "/" and "="
const PEM = `-----BEGIN CERTIFICATE-----\n${BASE64}\n-----END CERTIFICATE-----\n`;
const TRUST: ProxyTrust = { trustedProxies: ["10.0.0.0/8", "2001:db8::/32"], clientCertHeader: "x-client-cert" };

function connectionFrom(peer: string, headers: Record<string, string>, trust = TRUST): Connection {
  const request = { socket: { remoteAddress: peer }, headers } as unknown as IncomingMessage; // no socket without a network
  return connectionOf(request, trust);
}

test("headers of a peer that is no trusted proxy count for nothing", () => {
  const forged = { "x-forwarded-for": "10.1.1.1", "x-client-cert": `:${BASE64}:` };
  for (const peer of ["192.0.2.1", "::ffff:192.0.2.1", "2001:db9::1", "11.0.0.1"]) {
    expect(connectionFrom(peer, forged)).toEqual({ remoteAddress: peer.replace("::ffff:", ""), clientCertificate: null });
  }
});

test("without trusted proxies nobody is believed, not even this machine", () => {
  const trust = { trustedProxies: [], clientCertHeader: "x-client-cert" };
  const forged = { "x-forwarded-for": "198.51.100.1", "x-client-cert": `:${BASE64}:` };
  expect(connectionFrom("127.0.0.1", forged, trust)).toEqual({ remoteAddress: "127.0.0.1", clientCertificate: null });
});

test("the client is the right-most hop that is not one of our proxies", () => {
  const from = (hops: string) => connectionFrom("::ffff:10.0.0.1", { "x-forwarded-for": hops }).remoteAddress;
  expect(from("198.51.100.7")).toBe("198.51.100.7");
  expect(from("1.2.3.4, 198.51.100.7, 10.9.9.9")).toBe("198.51.100.7");
  expect(from("1.2.3.4, [2001:db9::5]:443, 2001:db8::1")).toBe("2001:db9::5");
  expect(from("1.2.3.4, 198.51.100.7:51234")).toBe("198.51.100.7");
  expect(from("10.3.3.3, 10.2.2.2")).toBe("10.3.3.3");
});

test("what is no address ends the list of hops", () => {
  const from = (hops: string) => connectionFrom("10.0.0.1", { "x-forwarded-for": hops }).remoteAddress;
  expect(from("198.51.100.7, <script>")).toBe("10.0.0.1");
  expect(from("198.51.100.7, unknown, 10.2.2.2")).toBe("10.2.2.2");
  expect(from("")).toBe("10.0.0.1");
});

test.each([
  ["RFC 9440", `:${BASE64}:`],
  ["nginx", encodeURIComponent(PEM)],
  ["AWS, which leaves + / and = as they are", PEM.replaceAll("\n", "%0A").replaceAll(" ", "%20")],
  ["a chain, of which the first counts", encodeURIComponent(`${PEM}${PEM.replace("M", "N")}`)],
])("the certificate is read as sent by %s", (_, header) => {
  expect(connectionFrom("10.0.0.1", { "x-client-cert": header }).clientCertificate).toEqual(DER);
});

test.each(["", "-", "(null)", "::", ":not base64!:", "%", "-----BEGIN CERTIFICATE-----", BASE64])("%j is no certificate", (header) => {
  expect(connectionFrom("10.0.0.1", { "x-client-cert": header }).clientCertificate).toBeNull();
});

test("a proxy without the named header presents nobody", () => {
  const trust = { ...TRUST, clientCertHeader: null };
  expect(connectionFrom("10.0.0.1", { "x-client-cert": `:${BASE64}:` }, trust).clientCertificate).toBeNull();
});

test("a real socket's address is known, and read once", async () => {
  const seen: Connection[] = [];
  const server = http.createServer((request, response) => {
    seen.push(connectionOf(request, { trustedProxies: [], clientCertHeader: null }), connectionOf(request, { trustedProxies: [], clientCertHeader: null }));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  server.close();
  expect(seen[0]).toEqual({ remoteAddress: "127.0.0.1", clientCertificate: null });
  expect(seen[1]).toBe(seen[0]);
});
