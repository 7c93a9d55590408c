import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { KeyPair } from "./device-keys";
import type { ScepPayload } from "./enrollment-payloads";

const RSA_SHA256 = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as const;
const DAY_MS = 86_400_000;

/** PKCS #10 with the payload's subject and challenge (RFC 2986, RFC 2985 section 5.4.1). */
export async function certificationRequest(payload: ScepPayload, key: KeyPair): Promise<Buffer> {
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: payload.subject.map(([type, value]) => ({ [type]: [value] })),
    keys: await webKeys(key),
    signingAlgorithm: RSA_SHA256,
    attributes: payload.challenge === null ? [] : [new x509.ChallengePasswordAttribute(payload.challenge)],
  });
  return Buffer.from(request.rawData);
}

/** PKCS #10 for a key of the Secure Enclave; a device names itself as it likes. */
export async function ecCertificationRequest({ publicKey, privateKey }: KeyPair): Promise<Buffer> {
  const namedCurve = publicKey.asymmetricKeyDetails?.namedCurve === "secp384r1" ? "P-384" : "P-256";
  const algorithm = { name: "ECDSA", namedCurve, hash: "SHA-256" } as const;
  const [forVerifying, forSigning] = await Promise.all([
    webcrypto.subtle.importKey("spki", publicKey.export({ type: "spki", format: "der" }), algorithm, true, ["verify"]),
    webcrypto.subtle.importKey("pkcs8", privateKey.export({ type: "pkcs8", format: "der" }), algorithm, true, ["sign"]),
  ]);
  const keys = { publicKey: forVerifying, privateKey: forSigning };
  return Buffer.from((await x509.Pkcs10CertificateRequestGenerator.create({ name: "CN=device", keys, signingAlgorithm: algorithm })).rawData);
}

/** The throw-away certificate that signs the first message of a transaction (RFC 8894 section 2.3). */
export async function selfSignedCertificate(key: KeyPair): Promise<Buffer> {
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=MDM SCEP SIGNER",
    keys: await webKeys(key),
    signingAlgorithm: RSA_SHA256,
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + DAY_MS),
    extensions: [new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true)],
  });
  return Buffer.from(certificate.rawData);
}

async function webKeys({ publicKey, privateKey }: KeyPair): Promise<CryptoKeyPair> {
  const [forVerifying, forSigning] = await Promise.all([
    webcrypto.subtle.importKey("spki", publicKey.export({ type: "spki", format: "der" }), RSA_SHA256, true, ["verify"]),
    webcrypto.subtle.importKey("pkcs8", privateKey.export({ type: "pkcs8", format: "der" }), RSA_SHA256, true, ["sign"]),
  ]);
  return { publicKey: forVerifying, privateKey: forSigning };
}
