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
}

/** An authority in memory: the one behind the stand-in's TLS and the push certificates it accepts. */
export interface TestAuthority {
  certificatePem: string;
  issueServer(): Promise<PemPair>;
  issuePush(wish: PushCertificateWish): Promise<PemPair>;
}

export async function testAuthority(subject = "CN=APNs stand-in CA"): Promise<TestAuthority> {
  const keys = await makeKeys("rsa"); // as Apple's, and forge's PKCS #12 keeps no other signature intact
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: subject,
    keys,
    serialNumber: serial(),
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 3650 * DAY_MS),
    signingAlgorithm: RSA,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)],
  });

  async function issue(name: x509.JsonName, kind: "rsa" | "ec", from: Date, to: Date, extensions: x509.Extension[]): Promise<PemPair> {
    const own = await makeKeys(kind);
    const certificate = await x509.X509CertificateGenerator.create({
      subject: name,
      issuer: ca.subject,
      serialNumber: serial(),
      notBefore: from,
      notAfter: to,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: RSA,
      extensions: [new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true), ...extensions],
    });
    return { certificatePem: certificate.toString("pem"), privateKeyPem: await privateKeyPem(own.privateKey) };
  }

  return {
    certificatePem: ca.toString("pem"),
    issueServer: () =>
      issue([{ CN: ["localhost"] }], "ec", daysFromNow(-1), daysFromNow(365), [
        new x509.SubjectAlternativeNameExtension([{ type: "dns", value: "localhost" }, { type: "ip", value: "127.0.0.1" }]),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      ]),
    issuePush: (wish) => {
      const userId = wish.userId === undefined ? wish.topic : wish.userId;
      const name: x509.JsonName = [{ CN: [wish.commonName ?? `APSP:${wish.topic.split(".").at(-1)}`] }, { C: ["US"] }];
      const usages = wish.usages ?? [x509.ExtendedKeyUsage.clientAuth];
      return issue(
        userId === null ? name : [{ "0.9.2342.19200300.100.1.1": [userId] }, ...name],
        wish.key ?? "rsa",
        wish.notBefore ?? daysFromNow(-1),
        wish.notAfter ?? daysFromNow(365),
        usages.length === 0 ? [] : [new x509.ExtendedKeyUsageExtension(usages)],
      );
    },
  };
}

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
