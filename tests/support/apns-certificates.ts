import "reflect-metadata";
import { createPrivateKey, randomBytes, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import forge from "node-forge";

x509.cryptoProvider.set(webcrypto as Crypto);

const EC = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const RSA = { name: "RSASSA-PKCS1-v1_5", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" };
const DAY_MS = 24 * 3600 * 1000;

export interface PemPair {
  certificatePem: string;
  privateKeyPem: string;
}

export interface PushCertificateWish {
  topic: string;
  /** Null leaves the UID out of the subject. */
  userId?: string | null;
  commonName?: string;
  notBefore?: Date;
  notAfter?: Date;
  key?: "rsa" | "ec";
  /** Extended key usages; clientAuth by default. */
  usages?: string[];
  /** Of a request; the private key of the pair is then empty, for it never leaves its owner. */
  publicKeySpki?: Buffer;
}

export interface VendorWish {
  name?: string;
  notBefore?: Date;
  notAfter?: Date;
  key?: "rsa" | "ec";
}

/** An authority in memory: the one behind the stand-in's TLS and the push certificates it accepts. */
export interface TestAuthority {
  certificatePem: string;
  issueServer(): Promise<PemPair>;
  issuePush(wish: PushCertificateWish): Promise<PemPair>;
  /** What Apple's developer portal gives an MDM vendor. */
  issueVendor(wish?: VendorWish): Promise<PemPair>;
  /** An authority below this one. */
  issueAuthority(subject: string, notAfter?: Date): Promise<TestAuthority>;
}

export async function testAuthority(subject = "CN=APNs stand-in CA"): Promise<TestAuthority> {
  const keys = await makeKeys("rsa"); // as Apple's, and forge's PKCS #12 keeps no other signature intact
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: subject,
    keys,
    serialNumber: serial(),
    notBefore: daysFromNow(-1),
    notAfter: daysFromNow(3650),
    signingAlgorithm: RSA,
    extensions: authorityExtensions(),
  });
  return authorityOf(ca, keys);
}

function authorityOf(ca: x509.X509Certificate, keys: CryptoKeyPair): TestAuthority {
  async function sign(subject: x509.JsonName | string, publicKey: CryptoKey | x509.PublicKey, from: Date, to: Date, extensions: x509.Extension[]) {
    return x509.X509CertificateGenerator.create({
      subject,
      issuer: ca.subject,
      serialNumber: serial(),
      notBefore: from,
      notAfter: to,
      publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: RSA,
      extensions,
    });
  }

  async function issue(subject: x509.JsonName, kind: "rsa" | "ec", from: Date, to: Date, extensions: x509.Extension[]): Promise<PemPair> {
    const own = await makeKeys(kind);
    const certificate = await sign(subject, own.publicKey, from, to, [digitalSignature(), ...extensions]);
    return { certificatePem: certificate.toString("pem"), privateKeyPem: await privateKeyPem(own.privateKey) };
  }

  async function issuePush(wish: PushCertificateWish): Promise<PemPair> {
    const userId = wish.userId === undefined ? wish.topic : wish.userId;
    const name: x509.JsonName = [{ CN: [wish.commonName ?? `APSP:${wish.topic.split(".").at(-1)}`] }, { C: ["US"] }];
    const subject = userId === null ? name : [{ "0.9.2342.19200300.100.1.1": [userId] }, ...name];
    const usages = wish.usages ?? [x509.ExtendedKeyUsage.clientAuth];
    const extensions = usages.length === 0 ? [] : [new x509.ExtendedKeyUsageExtension(usages)];
    const [from, to] = [wish.notBefore ?? daysFromNow(-1), wish.notAfter ?? daysFromNow(365)];
    if (wish.publicKeySpki === undefined) return issue(subject, wish.key ?? "rsa", from, to, extensions);
    const certificate = await sign(subject, new x509.PublicKey(new Uint8Array(wish.publicKeySpki)), from, to, [digitalSignature(), ...extensions]);
    return { certificatePem: certificate.toString("pem"), privateKeyPem: "" };
  }

  return {
    certificatePem: ca.toString("pem"),
    issuePush,
    issueServer: () =>
      issue([{ CN: ["localhost"] }], "ec", daysFromNow(-1), daysFromNow(365), [
        new x509.SubjectAlternativeNameExtension([{ type: "dns", value: "localhost" }, { type: "ip", value: "127.0.0.1" }]),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      ]),
    issueVendor: ({ name = "Example Inc.", notBefore = daysFromNow(-1), notAfter = daysFromNow(365), key = "rsa" } = {}) =>
      issue([{ "0.9.2342.19200300.100.1.1": ["TEAM123456"] }, { CN: [`MDM Vendor: ${name}`] }, { OU: ["TEAM123456"] }], key, notBefore, notAfter, []),
    issueAuthority: async (subject, notAfter = daysFromNow(1000)) => {
      const own = await makeKeys("rsa");
      return authorityOf(await sign(subject, own.publicKey, daysFromNow(-100), notAfter, authorityExtensions()), own);
    },
  };
}

const digitalSignature = () => new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true);
const authorityExtensions = () => [
  new x509.BasicConstraintsExtension(true, undefined, true),
  new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
];

/** A PKCS #12 file with an RSA key, as Keychain Access exports it. */
export function toPkcs12(pair: PemPair, password: string): Buffer {
  const key = forge.pki.privateKeyFromPem(pair.privateKeyPem);
  const file = forge.pkcs12.toPkcs12Asn1(key, [forge.pki.certificateFromPem(pair.certificatePem)], password, { algorithm: "3des" });
  return Buffer.from(forge.asn1.toDer(file).getBytes(), "binary");
}

export function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * DAY_MS);
}

function makeKeys(kind: "rsa" | "ec"): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(kind === "ec" ? EC : RSA, true, ["sign", "verify"]) as Promise<CryptoKeyPair>;
}

async function privateKeyPem(key: CryptoKey): Promise<string> {
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key));
  return createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" }).export({ format: "pem", type: "pkcs8" }).toString();
}

/** Positive and not zero, as RFC 5280 section 4.1.2.2 wants it. */
function serial(): string {
  return `01${randomBytes(15).toString("hex")}`;
}
