import { createPrivateKey, type KeyObject } from "node:crypto";
import forge from "node-forge";
import { bytesOf, childAt, readAsn1, sequence, TAG, writeAsn1, type Asn1 } from "./asn1";
import { tbsFields } from "./certificate";
import { CryptoError } from "./crypto-error";
import { derToPem } from "./pem";

/** forge counts in JavaScript, in one go: a file must not be able to stop the server for minutes. */
const MAX_ITERATIONS = 1_000_000;
const MAX_BYTES = 1_000_000;

/**
 * The certificates and the one private key of a PKCS #12 file (RFC 7292), legacy or modern encryption; leaf order is
 * the file's. For what admins upload.
 * @throws CryptoError when the password is wrong or the file holds no key or no certificate
 */
export function openPkcs12(der: Buffer, password: string): { certificates: Buffer[]; privateKey: KeyObject } {
  if (der.length > MAX_BYTES) throw new CryptoError("the PKCS #12 file is too large");
  const file = readAsn1(der);
  refuseCostly(file);
  const bags = readBags(file, password).safeContents.flatMap(({ safeBags }) => safeBags);
  const certificates = bags.filter(({ type }) => type === forge.pki.oids.certBag).map(certificateOf);
  const keys = bags.filter(({ type }) => type === forge.pki.oids.keyBag || type === forge.pki.oids.pkcs8ShroudedKeyBag);
  const [key] = keys;
  if (key === undefined || keys.length > 1) throw new CryptoError("the PKCS #12 file does not hold exactly one private key");
  if (certificates.length === 0) throw new CryptoError("the PKCS #12 file holds no certificate");
  return { certificates, privateKey: privateKeyOf(key) };
}

function readBags(file: Asn1, password: string): forge.pkcs12.Pkcs12Pfx {
  try {
    return forge.pkcs12.pkcs12FromAsn1(file, false, password);
  } catch (cause) {
    // Modern files hash the password as UTF-8 (RFC 8018), their checksum as UTF-16; forge knows one form for both.
    if (/^[\x00-\x7f]*$/.test(password)) throw refusal(cause);
    return readBagsUnchecked(file, forge.util.encodeUtf8(password));
  }
}

/** Without the checksum, which says no more than that the content decrypts. */
function readBagsUnchecked(file: Asn1, password: string): forge.pkcs12.Pkcs12Pfx {
  try {
    return forge.pkcs12.pkcs12FromAsn1(sequence(childAt(file, 0), childAt(file, 1)), false, password);
  } catch (cause) {
    throw refusal(cause);
  }
}

function refusal(cause: unknown): CryptoError {
  return new CryptoError("the PKCS #12 file does not open: wrong password, or not such a file", { cause });
}

/** forge leaves what it cannot decode, elliptic curves above all, as ASN.1. */
function certificateOf(bag: forge.pkcs12.Bag): Buffer {
  if (!bag.cert) return writeAsn1(bag.asn1);
  const node = forge.pki.certificateToAsn1(bag.cert);
  // forge writes parameters of its own into the outer algorithm; it must be the one inside (RFC 5280 section 4.1.1.2).
  return writeAsn1(sequence(childAt(node, 0), childAt(tbsFields(node), 1), childAt(node, 2)));
}

function privateKeyOf(bag: forge.pkcs12.Bag): KeyObject {
  const node = bag.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)) : bag.asn1;
  try {
    return createPrivateKey({ key: writeAsn1(node), format: "der", type: "pkcs8" });
  } catch (cause) {
    throw new CryptoError("the PKCS #12 file holds a private key of an unknown kind", { cause });
  }
}

/**
 * Looks at every number that is readable without the password. Octet strings are entered twice: the file holds its
 * safes in one and a safe its bags; deeper are certificates, whose serial numbers may be anything.
 */
function refuseCostly(node: Asn1, entered = 0): void {
  if (typeof node.value !== "string") return node.value.forEach((part) => refuseCostly(part, entered));
  if (node.tagClass !== 0) return;
  if (node.type === TAG.INTEGER && Number(`0x${bytesOf(node).toString("hex") || 0}`) > MAX_ITERATIONS) {
    throw new CryptoError("the PKCS #12 file asks for too many iterations");
  }
  if (node.type === TAG.OCTETSTRING && entered < 2 && node.value.startsWith("0")) {
    const inner = readIfAsn1(bytesOf(node));
    if (inner) refuseCostly(inner, entered + 1);
  }
}

function readIfAsn1(bytes: Buffer): Asn1 | null {
  try {
    return readAsn1(bytes);
  } catch {
    return null;
  }
}

/** A file with an RSA key, in the oldest form that every device still opens: triple DES and SHA-1. */
export function makePkcs12(input: { certificates: Buffer[]; privateKey: KeyObject; password: string }): Buffer {
  const key = forge.pki.privateKeyFromPem(input.privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  const certificates = input.certificates.map((der) => forge.pki.certificateFromPem(derToPem(der)));
  return writeAsn1(forge.pkcs12.toPkcs12Asn1(key, certificates, input.password, { algorithm: "3des" }));
}
