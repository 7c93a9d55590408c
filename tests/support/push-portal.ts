import { randomUUID, X509Certificate } from "node:crypto";
import type { PushCertificateWish, TestAuthority } from "./apns-certificates";
import { openssl } from "./openssl";

const KEYS = ["PushCertRequestCSR", "PushCertCertificateChain", "PushCertSignature"] as const;
type Key = (typeof KEYS)[number];

/**
 * Apple's Push Certificates Portal: takes a file only when openssl finds signature, chain and request in order, with
 * the words of the real one, and issues a push certificate for the key in it.
 */
export class PushPortal {
  readonly #root: TestAuthority;

  /** `root` stands in for Apple Root CA, and issues what the portal gives. */
  constructor(root: TestAuthority) {
    this.#root = root;
  }

  /** A certificate with a topic of its own. The PEM file that is downloaded; throws what the portal says when it refuses. */
  create(file: Buffer, wish: Partial<PushCertificateWish> = {}): Promise<string> {
    return this.renew(file, { topic: `com.apple.mgmt.External.${randomUUID()}`, ...wish });
  }

  /** Another certificate of the same topic. */
  async renew(file: Buffer, wish: PushCertificateWish): Promise<string> {
    const { certificatePem } = await this.#root.issuePush({ ...wish, publicKeySpki: publicKeyIn(file, this.#root.certificatePem) });
    return certificatePem.replace(/\n?$/, "\n");
  }
}

/** The SubjectPublicKeyInfo of the request, once everything was found in order. */
function publicKeyIn(file: Buffer, rootPem: string): Buffer {
  const values = valuesOf(file);
  const csr = Buffer.from(values.PushCertRequestCSR, "base64");
  const chain = values.PushCertCertificateChain.match(/-----BEGIN CERTIFICATE-----\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/=]{1,64}\n-----END CERTIFICATE-----\n/g) ?? [];
  if (chain.join("") !== values.PushCertCertificateChain) throw new Error("Invalid Certificate Chain");
  verifyChain(chain, rootPem);
  const vendorKey = openssl(["x509", "-in", "vendor.pem", "-noout", "-pubkey"], { "vendor.pem": chain[0] ?? "" });
  const files = { "csr.der": csr, "key.pem": vendorKey, signature: Buffer.from(values.PushCertSignature, "base64") };
  refuseUnless("the signature is invalid", () => openssl(["dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "csr.der"], files));
  refuseUnless("Invalid Certificate Signing Request", () => openssl(["req", "-inform", "DER", "-in", "csr.der", "-verify", "-noout"], files));
  return openssl(["pkey", "-pubin", "-in", "public.pem", "-outform", "DER"], { "public.pem": openssl(["req", "-inform", "DER", "-in", "csr.der", "-noout", "-pubkey"], files) });
}

/** Each issued by the next, none expired, and the last is the root itself. */
function verifyChain(chain: readonly string[], rootPem: string): void {
  const certificates = chain.map((pem) => new X509Certificate(pem));
  if (certificates.some(({ validTo }) => Date.parse(validTo) < Date.now())) throw new Error("the signing certificate is expired");
  const ordered = certificates.every((certificate, index) => index === 0 || certificates[index - 1]?.issuer === certificate.subject);
  if (!ordered || certificates.length < 2 || certificates.at(-1)?.fingerprint256 !== new X509Certificate(rootPem).fingerprint256) throw new Error("Invalid Certificate Chain");
  const files = { "root.pem": rootPem, "between.pem": chain.slice(1).join(""), "vendor.pem": chain[0] ?? "" };
  refuseUnless("the signature is invalid", () => openssl(["verify", "-CAfile", "root.pem", "-untrusted", "between.pem", "vendor.pem"], files));
}

function refuseUnless(words: string, verify: () => unknown): void {
  try {
    verify();
  } catch (cause) {
    throw new Error(`Certificate Signature Verification failed: ${words}`, { cause });
  }
}

/** The three strings of the property list, read without our own reader. */
function valuesOf(file: Buffer): Record<Key, string> {
  const text = file.toString("latin1");
  if (!/^[A-Za-z0-9+/=\s]+$/.test(text)) throw new Error("Invalid file: not base64");
  const xml = Buffer.from(text, "base64").toString("utf8");
  if (!xml.startsWith("<?xml")) throw new Error("Invalid file: not a property list");
  const found = KEYS.map((key) => [key, new RegExp(`<key>${key}</key>\\s*<string>([^<]+)</string>`).exec(xml)?.[1]] as const);
  if (found.some(([, value]) => value === undefined)) throw new Error("Invalid file: a key is missing");
  return Object.fromEntries(found) as Record<Key, string>;
}
