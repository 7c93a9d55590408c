import { createPublicKey, verify, type KeyObject } from "node:crypto";
import { bitsOf, childAt, childrenOf, isContext, oidOf, readAsn1, textOf, writeAsn1, type Asn1 } from "./asn1";
import { hashPublicKey, nameAttribute } from "./certificate";
import { CryptoError, UnsupportedAlgorithmError } from "./crypto-error";
import { OID, SIGNATURE_ALGORITHMS } from "./object-identifiers";

/** A PKCS #10 request (RFC 2986). What it asks for is a wish; only its key and its challenge count. */
export interface CertificationRequest {
  publicKeySpki: Buffer;
  /** SHA-256 of the SubjectPublicKeyInfo, lower-case hex. */
  publicKeyHash: string;
  keyType: "rsa" | "ec";
  keyBits: number;
  /** For people: "O=Example, CN=device". */
  subject: string;
  commonName: string | null;
  challengePassword: string | null;
}

const CURVE_BITS: Readonly<Record<string, number>> = { prime256v1: 256, secp384r1: 384, secp521r1: 521 };

const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  [OID.commonName]: "CN",
  [OID.userId]: "UID",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
};

/**
 * Reads a request and verifies that its own key signed it.
 * @throws CryptoError when it cannot be read or the signature does not fit, UnsupportedAlgorithmError for odd keys
 */
export function readCertificationRequest(der: Buffer): CertificationRequest {
  const request = readAsn1(der);
  const info = childAt(request, 0);
  const subject = childAt(info, 1);
  const publicKey = readPublicKey(writeAsn1(childAt(info, 2)));
  verifyOwnSignature(request, publicKey);
  const challenge = requestAttribute(info, OID.challengePassword);
  return {
    publicKeySpki: publicKey.export({ type: "spki", format: "der" }),
    publicKeyHash: hashPublicKey(publicKey),
    ...keyStrength(publicKey),
    subject: describeName(subject),
    commonName: nameAttribute(subject, OID.commonName),
    challengePassword: challenge === null ? null : textOf(challenge),
  };
}

function readPublicKey(spki: Buffer): KeyObject {
  try {
    return createPublicKey({ key: spki, format: "der", type: "spki" });
  } catch (cause) {
    throw new CryptoError("the request holds no readable public key", { cause });
  }
}

function keyStrength(publicKey: KeyObject): { keyType: "rsa" | "ec"; keyBits: number } {
  const { asymmetricKeyType: keyType, asymmetricKeyDetails: details } = publicKey;
  if (keyType === "rsa") return { keyType, keyBits: details?.modulusLength ?? 0 };
  if (keyType === "ec") return { keyType, keyBits: CURVE_BITS[details?.namedCurve ?? ""] ?? 0 };
  throw new UnsupportedAlgorithmError("the request is for a key that is neither RSA nor EC");
}

function verifyOwnSignature(request: Asn1, publicKey: KeyObject): void {
  const algorithm = SIGNATURE_ALGORITHMS.get(oidOf(childAt(request, 1, 0)));
  if (!algorithm?.digest) throw new UnsupportedAlgorithmError("the request is signed with an algorithm we do not take");
  const fits =
    algorithm.keyType === publicKey.asymmetricKeyType &&
    verify(algorithm.digest, writeAsn1(childAt(request, 0)), publicKey, bitsOf(childAt(request, 2)));
  if (!fits) throw new CryptoError("the request is not signed by its own key");
}

function requestAttribute(info: Asn1, oid: string): Asn1 | null {
  const attributes = childrenOf(info).find((part) => isContext(part, 0));
  if (attributes === undefined) return null;
  const found = childrenOf(attributes).find((attribute) => oidOf(childAt(attribute, 0)) === oid);
  return found === undefined ? null : childAt(found, 1, 0);
}

function describeName(name: Asn1): string {
  const attributes = childrenOf(name).flatMap(childrenOf);
  return attributes.map((attribute) => `${typeName(childAt(attribute, 0))}=${textOf(childAt(attribute, 1))}`).join(", ");
}

function typeName(type: Asn1): string {
  const oid = oidOf(type);
  return ATTRIBUTE_NAMES[oid] ?? oid;
}
