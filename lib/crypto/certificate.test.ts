import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { isIssuedBy, isKeyOf, readCertificate } from "./certificate";
import { CryptoError } from "./crypto-error";
import { sha256Hex } from "./fingerprint";
import { createAuthority, issueCertificate, readPrivateKey } from "./issue-certificate";

const authority = await makeAuthority("Device CA");
const other = await makeAuthority("Device CA");
const key = generateKeyPairSync("rsa", { modulusLength: 2048 });
const spki = key.publicKey.export({ type: "spki", format: "der" });

async function makeAuthority(commonName: string) {
  const { certificate, privateKeyPkcs8 } = await createAuthority({ commonName, organization: "Example, Inc.", days: 3650 });
  return { certificate, privateKey: readPrivateKey(privateKeyPkcs8) };
}

function issue(extra: Partial<Parameters<typeof issueCertificate>[0]> = {}) {
  const subject = { commonName: "enr-1", organization: "Example, Inc." };
  return issueCertificate({ authority, publicKeySpki: spki, subject, days: 365, backdateHours: 24, usage: "device-identity", ...extra });
}

test("an authority may sign, decrypt and issue, and is older than what it issues", async () => {
  const ca = readCertificate(authority.certificate);
  expect(ca).toMatchObject({ isAuthority: true, keyUsage: 0x80 | 0x20 | 0x04 | 0x02, subject: "O=Example\\, Inc., CN=Device CA" });
  expect(isIssuedBy(ca, ca)).toBe(true);
  expect(ca.notBefore.getTime()).toBeLessThan(readCertificate(await issue()).notBefore.getTime());
});

test("an identity is for client authentication, and backdated by a day", async () => {
  const der = await issue();
  const identity = readCertificate(der);
  expect(identity).toMatchObject({ isAuthority: false, keyUsage: 0x80 | 0x20, fingerprint: sha256Hex(der), publicKeyHash: sha256Hex(spki) });
  expect(new X509Certificate(der).keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
  expect(identity.notAfter.getTime() - identity.notBefore.getTime()).toBe(366 * 86_400_000);
  expect(identity.serialNumber).toMatch(/^[4-7][0-9a-f]{31}$/);
});

test("a certificate is of the authority that signed it, not of one with the same name", async () => {
  const identity = readCertificate(await issue());
  expect(isIssuedBy(identity, readCertificate(authority.certificate))).toBe(true);
  expect(isIssuedBy(identity, readCertificate(other.certificate))).toBe(false);
});

test("a certificate that is no authority issues nothing, whatever its key signed", async () => {
  const leaf = { certificate: await issue(), privateKey: key.privateKey };
  const child = readCertificate(await issue({ authority: leaf }));
  expect(isIssuedBy(child, readCertificate(leaf.certificate))).toBe(false);
});

test("no certificate outlives its authority", async () => {
  const identity = readCertificate(await issue({ days: 9999 }));
  expect(identity.notAfter).toEqual(readCertificate(authority.certificate).notAfter);
});

test("the topic of a push certificate is the UID of its subject", async () => {
  const topic = "com.apple.mgmt.External.9f0c";
  expect(readCertificate(await issue({ usage: "push", subjectUserId: topic })).userId).toBe(topic);
  expect(readCertificate(await issue()).userId).toBeNull();
});

test("names are data: commas, plus signs and letters of any script stay inside their attribute", async () => {
  const commonName = "a+b, O=Evil\\ \u00e9\u65e5\u672c";
  const identity = readCertificate(await issue({ subject: { commonName } }));
  expect(new X509Certificate(identity.der).toLegacyObject().subject.CN).toBe(commonName);
  expect(new X509Certificate(identity.der).toLegacyObject().subject.O).toBeUndefined();
});

test("server certificates carry their DNS names, and elliptic curve keys are certified too", async () => {
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const der = await issue({
    usage: "server",
    dnsNames: ["mdm.example.org"],
    publicKeySpki: ec.publicKey.export({ type: "spki", format: "der" }),
  });
  expect(new X509Certificate(der).subjectAltName).toBe("DNS:mdm.example.org");
  expect(isKeyOf(ec.privateKey, readCertificate(der))).toBe(true);
  expect(isKeyOf(key.privateKey, readCertificate(der))).toBe(false);
});

test("a given serial number is used", async () => {
  expect(readCertificate(await issue({ serialNumber: "0a0b" })).serialNumber).toBe("0a0b");
});

test("what is no certificate is refused", async () => {
  const der = await issue();
  for (const bad of [Buffer.alloc(0), Buffer.from("3000", "hex"), der.subarray(0, 300), spki]) {
    expect(() => readCertificate(bad)).toThrow(CryptoError);
  }
  expect(() => readPrivateKey(der)).toThrow(CryptoError);
  expect(createPrivateKey({ key: key.privateKey.export({ type: "pkcs8", format: "der" }), format: "der", type: "pkcs8" })).toBeDefined();
});
