import "reflect-metadata";
import { createPrivateKey, randomBytes, type KeyObject } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { CryptoError } from "./crypto-error";
import { makeRsaKeyPair } from "./make-rsa-key-pair";

x509.cryptoProvider.set(globalThis.crypto);

const SIGNING = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAX_NAME_LENGTH = 64;
/** The CA is older than whatever it issues, which is backdated by a day. */
const AUTHORITY_BACKDATE_HOURS = 48;

const { digitalSignature, keyEncipherment, keyCertSign, cRLSign } = x509.KeyUsageFlags;
const { clientAuth, serverAuth, emailProtection } = x509.ExtendedKeyUsage;

/** Extended key usages by purpose; `push` and `server` are for stand-ins in tests. */
const USAGES = {
  "device-identity": [clientAuth],
  "profile-signing": [emailProtection],
  push: [clientAuth],
  server: [serverAuth],
} as const satisfies Record<string, readonly x509.ExtendedKeyUsageType[]>;

export interface SubjectName {
  commonName: string;
  organization?: string;
  organizationalUnit?: string;
}

export interface NewCertificate {
  authority: { certificate: Buffer; privateKey: KeyObject };
  publicKeySpki: Buffer;
  subject: SubjectName;
  days: number;
  backdateHours: number;
  /** Hex; random when left out. */
  serialNumber?: string;
  usage: keyof typeof USAGES;
  /** Attribute UID of the subject, where a push certificate has its topic. */
  subjectUserId?: string;
  dnsNames?: string[];
}

/** A self-signed RSA-2048 CA that also signs and decrypts SCEP messages, and so has those key usages (RFC 8894 section 2.3). */
export async function createAuthority(input: {
  commonName: string;
  organization: string;
  days: number;
}): Promise<{ certificate: Buffer; privateKeyPkcs8: Buffer }> {
  const { publicKey, privateKey } = await makeRsaKeyPair();
  const privateKeyPkcs8 = privateKey.export({ type: "pkcs8", format: "der" });
  const name = subjectName(input);
  const spki = publicKey.export({ type: "spki", format: "der" });
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: randomSerial(),
    subject: name,
    issuer: name,
    ...validity(input.days, AUTHORITY_BACKDATE_HOURS, null),
    publicKey: new x509.PublicKey(spki),
    signingKey: await signingKey(privateKeyPkcs8),
    signingAlgorithm: SIGNING,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(digitalSignature | keyEncipherment | keyCertSign | cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(new x509.PublicKey(spki)),
    ],
  });
  return { certificate: Buffer.from(certificate.rawData), privateKeyPkcs8 };
}

/** A certificate for a key, signed by an RSA authority with SHA-256; it never outlives the authority. DER. */
export async function issueCertificate(input: NewCertificate): Promise<Buffer> {
  const authority = new x509.X509Certificate(new Uint8Array(input.authority.certificate));
  const publicKey = new x509.PublicKey(new Uint8Array(input.publicKeySpki));
  const extensions: x509.Extension[] = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(digitalSignature | keyEncipherment, true),
    new x509.ExtendedKeyUsageExtension([...USAGES[input.usage]]),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
    await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
  ];
  const alternatives = (input.dnsNames ?? []).map((value) => ({ type: "dns" as const, value }));
  if (alternatives.length > 0) extensions.push(new x509.SubjectAlternativeNameExtension(alternatives));
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: input.serialNumber ?? randomSerial(),
    subject: subjectName(input.subject, input.subjectUserId),
    issuer: authority.subjectName,
    ...validity(input.days, input.backdateHours, authority.notAfter),
    publicKey,
    signingKey: await signingKey(input.authority.privateKey.export({ type: "pkcs8", format: "der" })),
    signingAlgorithm: SIGNING,
    extensions,
  });
  return Buffer.from(certificate.rawData);
}

/** Reads a private key in PKCS #8. @throws CryptoError when it is none */
export function readPrivateKey(pkcs8: Buffer): KeyObject {
  try {
    return createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  } catch (cause) {
    throw new CryptoError("not a private key", { cause });
  }
}

/** 16 bytes, positive and of full length (RFC 5280 section 4.1.2.2). */
export function randomSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | (bytes.readUInt8(0) & 0x3f);
  return bytes.toString("hex");
}

function subjectName({ commonName, organization, organizationalUnit }: SubjectName, userId?: string): x509.Name {
  const attributes: [string, string | undefined][] = [
    ["0.9.2342.19200300.100.1.1", userId],
    ["O", organization],
    ["OU", organizationalUnit],
    ["CN", commonName],
  ];
  return new x509.Name(
    attributes.flatMap(([type, value]) => (value ? [{ [type]: [{ utf8String: cut(value) }] }] : [])),
  );
}

/** By characters, not by halves of them (RFC 5280 appendix A.1, upper bounds). */
const cut = (value: string) => [...value].slice(0, MAX_NAME_LENGTH).join("");

/** Whole seconds: a certificate holds nothing finer. */
function validity(days: number, backdateHours: number, latest: Date | null): { notBefore: Date; notAfter: Date } {
  const now = Math.floor(Date.now() / 1000) * 1000;
  const end = now + days * DAY_MS;
  return {
    notBefore: new Date(now - backdateHours * HOUR_MS),
    notAfter: new Date(latest === null ? end : Math.min(end, latest.getTime())),
  };
}

function signingKey(pkcs8: Buffer) {
  return globalThis.crypto.subtle.importKey("pkcs8", new Uint8Array(pkcs8), SIGNING, false, ["sign"]);
}
