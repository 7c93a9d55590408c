import type { KeyObject } from "node:crypto";
import {
  childAt, childrenOf, contextConstructed, isContext, objectIdentifier, octetString, octetsOf, oidOf, readAsn1, sequence, setOf,
  smallInteger, TAG, timeOf, writeAsn1, type Asn1,
} from "./asn1";
import { readCertificate, serialHex, tbsFields, type Certificate } from "./certificate";
import { CryptoError } from "./crypto-error";
import { digestIdentifier, digestOfSigner, makeSignerInfo, readSignerInfo, verifySignerInfo, type SignerInfo } from "./cms-signer-info";
import { OID, type Digest } from "./object-identifiers";

/** A message with one signature, taken apart and not yet verified (RFC 5652 section 5.1). */
export interface SignedDataParts {
  contentType: string;
  /** Null when the content travels elsewhere. */
  content: Buffer | null;
  certificates: Asn1[];
  signer: SignerInfo;
}

export interface VerifiedSignedData {
  content: Buffer | null;
  signer: Certificate;
  certificates: Certificate[];
  attributes: ReadonlyMap<string, Asn1>;
}

/** Certificates that are looked at when the signer is not named by serial number. */
const MAX_CERTIFICATES = 10;

/**
 * Verifies a detached signature such as Mdm-Signature over the exact content. Whether the certificate deserves
 * trust is for the caller to judge.
 * @throws CryptoError when it is unreadable, has not exactly one signer, or does not fit
 */
export function verifyDetached(
  cms: Buffer,
  content: Buffer,
): { certificate: Certificate; signingTime: Date | null; digest: Digest } {
  const parts = takeApart(cms);
  if (parts.content !== null && !parts.content.equals(content)) throw new CryptoError("the signature carries another content");
  const certificate = verifySigner(parts, content);
  const signingTime = timeOf(parts.signer.attributes?.get(OID.signingTime));
  return { certificate, signingTime, digest: digestOfSigner(parts.signer) };
}

/**
 * Reads a message that carries its content and verifies its one signature; an absent content counts as empty.
 * @throws CryptoError as verifyDetached does
 */
export function readSignedData(cms: Buffer): VerifiedSignedData {
  const parts = takeApart(cms);
  const signer = verifySigner(parts, parts.content ?? Buffer.alloc(0));
  return {
    content: parts.content,
    signer,
    certificates: parts.certificates.slice(0, MAX_CERTIFICATES).map((node) => readCertificate(writeAsn1(node))),
    attributes: parts.signer.attributes ?? new Map<string, Asn1>(),
  };
}

/** Splits a SignedData with exactly one signer; nothing is verified. */
export function takeApart(cms: Buffer): SignedDataParts {
  const fields = childrenOf(signedDataFields(cms));
  const encapsulated = childAt(fields[2]);
  const carried = childrenOf(encapsulated)[1];
  // Signers are the last field; a set of certificates may hold other choices, which are tagged (section 10.2.2).
  const signers = childrenOf(fields.at(-1));
  const [signer] = signers;
  if (signer === undefined || signers.length > 1) throw new CryptoError("the message has not exactly one signer");
  const certificates = fields.find((field) => isContext(field, 0));
  return {
    contentType: oidOf(childAt(encapsulated, 0)),
    content: carried === undefined ? null : octetsOf(childAt(carried, 0)),
    certificates: certificates === undefined ? [] : childrenOf(certificates).filter((node) => node.type === TAG.SEQUENCE),
    signer: readSignerInfo(signer),
  };
}

/** The SEQUENCE inside a ContentInfo of this type. */
export function signedDataFields(cms: Buffer): Asn1 {
  const info = readAsn1(cms);
  if (oidOf(childAt(info, 0)) !== OID.signedData) throw new CryptoError("not a SignedData message");
  return childAt(info, 1, 0);
}

/** Finds the certificate whose key made the signature. */
export function verifySigner({ certificates, contentType, signer }: SignedDataParts, content: Buffer): Certificate {
  const candidates = certificates.filter((node) => isNamed(node, signer)).slice(0, MAX_CERTIFICATES);
  let refusal: unknown = null;
  for (const node of candidates) {
    const certificate = readCertificate(writeAsn1(node));
    try {
      verifySignerInfo(signer, content, contentType, certificate.publicKey);
      return certificate;
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal ?? new CryptoError("the certificate of the signer is missing");
}

/** By serial number alone: clients encode the name of one issuer in several ways. Only the signature decides. */
function isNamed(certificate: Asn1, { signerSerial }: SignerInfo): boolean {
  return signerSerial === null || serialHex(childAt(tbsFields(certificate), 0)) === signerSerial;
}

export interface SigningInput {
  content: Buffer;
  /** DER of the signer. */
  certificate: Buffer;
  privateKey: KeyObject;
  /** Further certificates to carry, DER. */
  chain?: Buffer[];
  digest?: Digest;
  /** Further signed attributes. */
  attributes?: Asn1[];
}

/** A SignedData that carries its content: signed profiles, SCEP messages. SHA-256 unless told otherwise. */
export function signAttached(input: SigningInput): Buffer {
  return signedData(input, [contextConstructed(0, [octetString(input.content)])]);
}

/** A SignedData about a content that travels beside it: Mdm-Signature. */
export function signDetached(input: SigningInput): Buffer {
  return signedData(input, []);
}

function signedData({ chain = [], digest = "sha256", attributes = [], ...input }: SigningInput, carried: Asn1[]): Buffer {
  const certificate = readCertificate(input.certificate);
  const fields = [
    smallInteger(1),
    setOf(digestIdentifier(digest)),
    sequence(objectIdentifier(OID.data), ...carried),
    certificateSet([input.certificate, ...chain]),
    setOf(makeSignerInfo({ ...input, certificate, digest, attributes })),
  ];
  return writeAsn1(contentInfo(OID.signedData, sequence(...fields)));
}

/** `[0]` with certificates in the order given: clients take the first for the one they asked for. */
export function certificateSet(ders: Buffer[]): Asn1 {
  return contextConstructed(0, ders.map(readAsn1));
}

export function contentInfo(type: string, content: Asn1): Asn1 {
  return sequence(objectIdentifier(type), contextConstructed(0, [content]));
}
