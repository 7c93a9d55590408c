import { createHash, sign, verify, type KeyObject } from "node:crypto";
import {
  childAt, childrenOf, contextConstructed, derOrder, isContext, nullValue, objectIdentifier, octetString, octetsOf, oidOf,
  readAsn1, sequence, setAsGiven, setOf, smallInteger, timeValue, writeAsn1, type Asn1,
} from "./asn1";
import { serialHex, tbsFields, type Certificate } from "./certificate";
import { CryptoError, UnsupportedAlgorithmError } from "./crypto-error";
import { DIGEST_OIDS, digestOfOid, ECDSA_OIDS, OID, SIGNATURE_ALGORITHMS, type Digest } from "./object-identifiers";

/** One signature of a CMS message as it was read; nothing of it is verified yet (RFC 5652 section 5.3). */
export interface SignerInfo {
  /** Lower-case hex; null when the signer is named by key identifier. */
  signerSerial: string | null;
  digestOid: string;
  signatureOid: string;
  signature: Buffer;
  /** First value by attribute type; null when the content itself is signed. */
  attributes: ReadonlyMap<string, Asn1> | null;
  /** The attributes in their order, as the signature may cover them. */
  attributeList: Asn1[];
}

export function readSignerInfo(node: Asn1): SignerInfo {
  const signer = childAt(node, 1);
  const attributesNode = childrenOf(node)[3];
  const attributeList = isContext(attributesNode, 0) ? childrenOf(attributesNode) : null;
  const next = attributeList === null ? 3 : 4;
  return {
    signerSerial: isContext(signer, 0) ? null : serialHex(childAt(signer, 1)),
    digestOid: oidOf(childAt(node, 2, 0)),
    signatureOid: oidOf(childAt(node, next, 0)),
    signature: octetsOf(childAt(node, next + 1)),
    attributes: attributeList === null ? null : attributeMap(attributeList),
    attributeList: attributeList ?? [],
  };
}

function attributeMap(list: Asn1[]): Map<string, Asn1> {
  const attributes = new Map<string, Asn1>();
  for (const attribute of list) {
    const oid = oidOf(childAt(attribute, 0));
    if (attributes.has(oid)) throw new CryptoError("a signed attribute stands there twice");
    attributes.set(oid, childAt(attribute, 1, 0));
  }
  return attributes;
}

/** The digest, checked to go with the signature algorithm. */
export function digestOfSigner(info: SignerInfo): Digest {
  const digest = digestOfOid(info.digestOid);
  const algorithm = SIGNATURE_ALGORITHMS.get(info.signatureOid);
  if (digest === null || algorithm === undefined) {
    throw new UnsupportedAlgorithmError("the message is signed with an algorithm we do not take");
  }
  if (algorithm.digest !== null && algorithm.digest !== digest) {
    throw new CryptoError("the signature names another digest than its signer");
  }
  return digest;
}

/**
 * Verifies one signature over the content (RFC 5652 sections 5.4 and 5.6).
 * @throws CryptoError when the content was changed, is of another type, or the key did not sign it
 */
export function verifySignerInfo(info: SignerInfo, content: Buffer, contentType: string, publicKey: KeyObject): void {
  const digest = digestOfSigner(info);
  if (SIGNATURE_ALGORITHMS.get(info.signatureOid)?.keyType !== publicKey.asymmetricKeyType) {
    throw new CryptoError("the signature is of another kind than the key of its certificate");
  }
  const { attributes, attributeList, signature } = info;
  if (attributes === null) {
    // Without attributes nothing else names the type, and RFC 5652 section 5.3 allows it for plain data only.
    if (contentType !== OID.data) throw new CryptoError("a content of this type must be signed with attributes");
    if (!verify(digest, content, publicKey, signature)) throw new CryptoError("the signature does not fit the content");
    return;
  }
  checkAttributes(attributes, createHash(digest).update(content).digest(), contentType);
  // The signature is over the DER form, thus sorted; some clients sign the set in the order they send it.
  const fits =
    verify(digest, writeAsn1(setAsGiven(attributeList)), publicKey, signature) ||
    verify(digest, writeAsn1(setAsGiven(derOrder(attributeList))), publicKey, signature);
  if (!fits) throw new CryptoError("the signature does not fit the signed attributes");
}

function checkAttributes(attributes: ReadonlyMap<string, Asn1>, contentDigest: Buffer, contentType: string): void {
  const messageDigest = attributes.get(OID.messageDigest);
  if (messageDigest === undefined || !octetsOf(messageDigest).equals(contentDigest)) {
    throw new CryptoError("the content is not the one that was signed");
  }
  const named = attributes.get(OID.contentType);
  if (named === undefined || oidOf(named) !== contentType) throw new CryptoError("the signed content type is another one");
}

export interface NewSignature {
  content: Buffer;
  certificate: Certificate;
  privateKey: KeyObject;
  digest: Digest;
  /** Beside contentType, messageDigest and signingTime. */
  attributes: Asn1[];
}

/** A SignerInfo with signed attributes in DER order. */
export function makeSignerInfo({ content, certificate, privateKey, digest, attributes }: NewSignature): Asn1 {
  const signed = setOf(
    attribute(OID.contentType, objectIdentifier(OID.data)),
    attribute(OID.signingTime, timeValue(new Date())),
    attribute(OID.messageDigest, octetString(createHash(digest).update(content).digest())),
    ...attributes,
  );
  return sequence(
    smallInteger(1),
    issuerAndSerial(certificate),
    digestIdentifier(digest),
    contextConstructed(0, childrenOf(signed)),
    signatureIdentifier(privateKey, digest),
    octetString(sign(digest, writeAsn1(signed), privateKey)),
  );
}

export function attribute(oid: string, value: Asn1): Asn1 {
  return sequence(objectIdentifier(oid), setOf(value));
}

export function digestIdentifier(digest: Digest): Asn1 {
  return sequence(objectIdentifier(DIGEST_OIDS[digest]), nullValue());
}

/** The name by which CMS refers to a certificate. */
export function issuerAndSerial(certificate: Certificate): Asn1 {
  const fields = tbsFields(readAsn1(certificate.der));
  return sequence(childAt(fields, 2), childAt(fields, 0));
}

function signatureIdentifier(privateKey: KeyObject, digest: Digest): Asn1 {
  if (privateKey.asymmetricKeyType === "ec") return sequence(objectIdentifier(ECDSA_OIDS[digest]));
  if (privateKey.asymmetricKeyType === "rsa") return sequence(objectIdentifier(OID.rsaEncryption), nullValue());
  throw new UnsupportedAlgorithmError("only RSA and EC keys sign messages");
}
