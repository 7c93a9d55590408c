import "reflect-metadata";
import { createPublicKey, type KeyObject } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { randomSerial } from "./issue-certificate";

x509.cryptoProvider.set(globalThis.crypto);

const RSA_SHA256 = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const DAY_MS = 86_400_000;

/** A PKCS #10 request (RFC 2986) signed with SHA-256 by its RSA key. Empty attributes are left out. DER. */
export async function makeCertificationRequest(privateKey: KeyObject, subject: { organization: string; commonName: string; email: string }): Promise<Buffer> {
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: nameOf([["O", subject.organization], ["CN", subject.commonName], ["E", subject.email]]),
    keys: await cryptoKeys(privateKey),
    signingAlgorithm: RSA_SHA256,
  });
  return Buffer.from(request.rawData);
}

/** A self-signed certificate that says no more than: encrypt to this RSA key. Valid from a day ago. DER. */
export async function makeEncryptionCertificate(privateKey: KeyObject, commonName: string, days: number): Promise<Buffer> {
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomSerial(),
    name: nameOf([["CN", commonName]]),
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + days * DAY_MS),
    keys: await cryptoKeys(privateKey),
    signingAlgorithm: RSA_SHA256,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyEncipherment | x509.KeyUsageFlags.digitalSignature, true),
    ],
  });
  return Buffer.from(certificate.rawData);
}

/** The address is an IA5String (RFC 2985 section 5.2.1), everything else UTF-8. */
function nameOf(attributes: readonly (readonly ["O" | "CN" | "E", string])[]): x509.Name {
  return new x509.Name(
    attributes.filter(([, value]) => value !== "").map(([type, value]) => ({ [type]: [type === "E" ? { ia5String: value } : { utf8String: [...value].slice(0, 64).join("") }] })),
  );
}

async function cryptoKeys(privateKey: KeyObject): Promise<CryptoKeyPair> {
  const { subtle } = globalThis.crypto;
  const pkcs8 = new Uint8Array(privateKey.export({ type: "pkcs8", format: "der" }));
  const spki = new Uint8Array(createPublicKey(privateKey).export({ type: "spki", format: "der" }));
  return {
    privateKey: await subtle.importKey("pkcs8", pkcs8, RSA_SHA256, false, ["sign"]),
    publicKey: await subtle.importKey("spki", spki, RSA_SHA256, true, ["verify"]),
  };
}
