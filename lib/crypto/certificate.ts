import { createHash, X509Certificate, type KeyObject } from "node:crypto";
import { bitsOf, bytesOf, childAt, childrenOf, isContext, octetsOf, oidOf, readAsn1, textOf, writeAsn1, type Asn1 } from "./asn1";
import { BoundedCache } from "./bounded-cache";
import { CryptoError } from "./crypto-error";
import { sha256Hex } from "./fingerprint";
import { OID } from "./object-identifiers";

/** What this server wants to know of an X.509 certificate. */
export interface Certificate {
  der: Buffer;
  /** SHA-256 of the DER, lower-case hex. */
  fingerprint: string;
  /** For people: "O=Example, CN=device". Compare subjectDer instead. */
  subject: string;
  issuer: string;
  /** The encoded names, for building CMS. */
  subjectDer: Buffer;
  issuerDer: Buffer;
  /** Lower-case hex. */
  serialNumber: string;
  notBefore: Date;
  notAfter: Date;
  publicKey: KeyObject;
  /** SHA-256 of the SubjectPublicKeyInfo, lower-case hex. */
  publicKeyHash: string;
  /** Attribute UID of the subject: the topic of a push certificate. */
  userId: string | null;
  isAuthority: boolean;
  /** The first octet of the keyUsage bits, digitalSignature being 0x80; null when there is no such extension. */
  keyUsage: number | null;
}

/** Parsing takes a tenth of a millisecond, and a device sends its certificate with every message. */
const parsed = new BoundedCache<Certificate>(10_000);
const MAX_KEPT_BYTES = 8_192;

/**
 * Reads a certificate; parsed ones are kept by fingerprint. Judges neither dates nor issuer.
 * @throws CryptoError when it is not a certificate
 */
export function readCertificate(der: Buffer): Certificate {
  const fingerprint = sha256Hex(der);
  const known = parsed.get(fingerprint);
  if (known) return known;
  const certificate = parseCertificate(Buffer.from(der), fingerprint);
  // Strangers send certificates too: what is out of all proportion is not kept.
  if (der.length <= MAX_KEPT_BYTES) parsed.set(fingerprint, certificate);
  return certificate;
}

/** True when `issuer` is named as issuer, may issue, and its key made the signature. Dates are not judged. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  if (!issuer.isAuthority) return false;
  const child = new X509Certificate(certificate.der);
  return child.checkIssued(new X509Certificate(issuer.der)) && child.verify(issuer.publicKey);
}

/** True when both certificates name the same key. */
export function isKeyOf(privateKey: KeyObject, certificate: Certificate): boolean {
  return new X509Certificate(certificate.der).checkPrivateKey(privateKey);
}

/** SHA-256 of a SubjectPublicKeyInfo as hex: two requests with one hash come from one key. */
export function hashPublicKey(publicKey: KeyObject): string {
  return createHash("sha256").update(publicKey.export({ type: "spki", format: "der" })).digest("hex");
}

function parseCertificate(der: Buffer, fingerprint: string): Certificate {
  try {
    const x509 = new X509Certificate(der);
    const fields = tbsFields(readAsn1(der));
    const subject = childAt(fields, 4);
    return {
      der,
      fingerprint,
      subject: onOneLine(x509.subject),
      issuer: onOneLine(x509.issuer),
      subjectDer: writeAsn1(subject),
      issuerDer: writeAsn1(childAt(fields, 2)),
      serialNumber: x509.serialNumber.toLowerCase(),
      notBefore: new Date(x509.validFrom),
      notAfter: new Date(x509.validTo),
      publicKey: x509.publicKey,
      publicKeyHash: hashPublicKey(x509.publicKey),
      userId: nameAttribute(subject, OID.userId),
      isAuthority: x509.ca,
      keyUsage: keyUsageOf(fields),
    };
  } catch (cause) {
    throw new CryptoError("not an X.509 certificate", { cause });
  }
}

/** The fields of the signed part as a SEQUENCE that starts with the serial number, whatever the version. */
export function tbsFields(certificate: Asn1): Asn1 {
  const tbs = childAt(certificate, 0);
  const fields = childrenOf(tbs);
  return { ...tbs, value: isContext(fields[0], 0) ? fields.slice(1) : fields };
}

/** The last value of this attribute in a Name, or null. */
export function nameAttribute(name: Asn1, oid: string): string | null {
  const attributes = childrenOf(name).flatMap(childrenOf);
  const found = attributes.findLast((attribute) => oidOf(childAt(attribute, 0)) === oid);
  return found === undefined ? null : textOf(childAt(found, 1));
}

function keyUsageOf(fields: Asn1): number | null {
  const value = extensionOf(fields, OID.keyUsage);
  return value === null ? null : (bitsOf(readAsn1(value))[0] ?? 0);
}

/** The octets of an extension; null when the certificate has none of this kind. */
export function extensionValue({ der }: Certificate, oid: string): Buffer | null {
  return extensionOf(tbsFields(readAsn1(der)), oid);
}

function extensionOf(fields: Asn1, oid: string): Buffer | null {
  const wrapper = childrenOf(fields).find((field) => isContext(field, 3));
  if (wrapper === undefined) return null;
  const extension = childrenOf(childAt(wrapper, 0)).find((candidate) => oidOf(childAt(candidate, 0)) === oid);
  return extension === undefined ? null : octetsOf(childrenOf(extension).at(-1));
}

/** Node writes one attribute a line. */
function onOneLine(name: string | undefined): string {
  return (name ?? "").split("\n").join(", ");
}

/** The serial number of an INTEGER element as Certificate.serialNumber has it. */
export function serialHex(integer: Asn1): string {
  return bytesOf(integer).toString("hex").replace(/^(?:00)+(?=..)/, "");
}
