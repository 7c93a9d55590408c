import forge from "node-forge";
import { CryptoError } from "./crypto-error";

declare module "node-forge" {
  namespace asn1 {
    interface ReadOptions {
      strict: boolean;
      parseAllBytes: boolean;
      decodeBitStrings: boolean;
      maxDepth: number;
    }
    // The published types know the first option only.
    function fromDer(bytes: Bytes | util.ByteBuffer, options: ReadOptions): Asn1;
  }
}

const { asn1, util } = forge;
const { UNIVERSAL, CONTEXT_SPECIFIC } = asn1.Class;

export type Asn1 = forge.asn1.Asn1;
export const TAG = asn1.Type;

/** A SCEP message has a few hundred elements; each costs a hundred times its bytes once it is read. */
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_ELEMENTS = 20_000;
/** No message of ours is deeper than 20; a bomb ends here and not in the stack. */
const READ_OPTIONS = { strict: true, parseAllBytes: false, decodeBitStrings: false, maxDepth: 40 };

/**
 * Reads DER or BER, indefinite lengths included; what follows the first element is left alone.
 * @throws CryptoError when it is cut short, too large, or nested too deeply
 */
export function readAsn1(bytes: Uint8Array): Asn1 {
  if (bytes.length > MAX_BYTES || hasTooManyElements(bytes)) throw new CryptoError("too large for an ASN.1 message");
  try {
    return asn1.fromDer(util.createBuffer(binary(bytes)), READ_OPTIONS);
  } catch (cause) {
    throw new CryptoError("not readable as ASN.1", { cause });
  }
}

/** Steps from header to header before anything is built; what makes no sense here is left for the reader to refuse. */
function hasTooManyElements(bytes: Uint8Array): boolean {
  let count = 0;
  for (let at = 0; at + 1 < bytes.length; ) {
    if (++count > MAX_ELEMENTS) return true;
    const [tag = 0, first = 0] = [bytes[at], bytes[at + 1]];
    at += 2;
    const lengthBytes = first > 0x80 ? first & 0x7f : 0;
    let length = first < 0x80 ? first : 0;
    for (let index = 0; index < lengthBytes; index++) length = length * 256 + (bytes[at + index] ?? 0);
    at += lengthBytes;
    // Into what is constructed, past what is not.
    if ((tag & 0x20) === 0) at += length;
  }
  return false;
}

/** DER, except that constructed strings stay constructed. What was read as DER comes out byte for byte. */
export function writeAsn1(node: Asn1): Buffer {
  return Buffer.from(asn1.toDer(node).getBytes(), "latin1");
}

/** The elements inside a constructed one. */
export function childrenOf(node: Asn1 | undefined): Asn1[] {
  if (node === undefined || typeof node.value === "string") throw new CryptoError("an ASN.1 structure lacks a part");
  return node.value;
}

/** The element at a path of positions. */
export function childAt(node: Asn1 | undefined, ...path: number[]): Asn1 {
  let current = node;
  for (const index of path) current = childrenOf(current)[index];
  if (current === undefined) throw new CryptoError("an ASN.1 structure lacks a part");
  return current;
}

/** The content of a primitive element as it stands. */
export function bytesOf(node: Asn1 | undefined): Buffer {
  if (node === undefined || typeof node.value !== "string") throw new CryptoError("an ASN.1 value is not primitive");
  return Buffer.from(node.value, "latin1");
}

/** The content of a string, in one piece or in several (BER, X.690 section 8.7.3). */
export function octetsOf(node: Asn1 | undefined): Buffer {
  if (node === undefined) throw new CryptoError("an ASN.1 string is missing");
  return typeof node.value === "string" ? bytesOf(node) : Buffer.concat(node.value.map(octetsOf));
}

/** The bytes of a BIT STRING without its count of unused bits. */
export function bitsOf(node: Asn1 | undefined): Buffer {
  return bytesOf(node).subarray(1);
}

export function oidOf(node: Asn1 | undefined): string {
  const bytes = bytesOf(node);
  if (node?.type !== TAG.OID || bytes.length === 0) throw new CryptoError("an object identifier is missing");
  try {
    return asn1.derToOid(util.createBuffer(binary(bytes)));
  } catch {
    throw new CryptoError("an object identifier is out of bounds");
  }
}

/** The text of any string type; forge has decoded BMPString already. */
export function textOf(node: Asn1 | undefined): string {
  if (node === undefined || typeof node.value !== "string") throw new CryptoError("an ASN.1 text is missing");
  return node.type === TAG.UTF8 ? bytesOf(node).toString("utf8") : node.value;
}

/** UTCTime or GeneralizedTime; null when it is neither. */
export function timeOf(node: Asn1 | undefined): Date | null {
  if (node === undefined || typeof node.value !== "string") return null;
  if (node.type !== TAG.UTCTIME && node.type !== TAG.GENERALIZEDTIME) return null;
  const time = node.type === TAG.UTCTIME ? asn1.utcTimeToDate(node.value) : asn1.generalizedTimeToDate(node.value);
  return Number.isNaN(time.getTime()) ? null : time;
}

export function isContext(node: Asn1 | undefined, tag: number): node is Asn1 {
  return node !== undefined && node.tagClass === CONTEXT_SPECIFIC && Number(node.type) === tag;
}

export const sequence = (...parts: Asn1[]) => asn1.create(UNIVERSAL, TAG.SEQUENCE, true, parts);
export const octetString = (bytes: Uint8Array) => asn1.create(UNIVERSAL, TAG.OCTETSTRING, false, binary(bytes));
export const printableString = (text: string) => asn1.create(UNIVERSAL, TAG.PRINTABLESTRING, false, text);
export const smallInteger = (value: number) => asn1.create(UNIVERSAL, TAG.INTEGER, false, String.fromCharCode(value));
export const nullValue = () => asn1.create(UNIVERSAL, TAG.NULL, false, "");

/** SET OF in DER order: by encoding (X.690 section 11.6). Apple's SCEP client refuses an unsorted set. */
export function setOf(...parts: Asn1[]): Asn1 {
  return asn1.create(UNIVERSAL, TAG.SET, true, derOrder(parts));
}

/** The same elements in the order DER wants for a SET OF. */
export function derOrder(parts: Asn1[]): Asn1[] {
  const encoded = parts.map((part) => ({ part, der: writeAsn1(part) }));
  return encoded.sort((a, b) => Buffer.compare(a.der, b.der)).map(({ part }) => part);
}

/** A SET with its elements left in their order. */
export const setAsGiven = (parts: Asn1[]) => asn1.create(UNIVERSAL, TAG.SET, true, parts);

export function objectIdentifier(oid: string): Asn1 {
  return asn1.create(UNIVERSAL, TAG.OID, false, asn1.oidToDer(oid).getBytes());
}

/** UTCTime until 2049, GeneralizedTime from then on (RFC 5652 section 11.3). */
export function timeValue(time: Date): Asn1 {
  if (time.getUTCFullYear() < 2050) return asn1.create(UNIVERSAL, TAG.UTCTIME, false, asn1.dateToUtcTime(time));
  return asn1.create(UNIVERSAL, TAG.GENERALIZEDTIME, false, asn1.dateToGeneralizedTime(time));
}

/** `[tag]` around elements, or in place of a SET's or SEQUENCE's own tag. */
export const contextConstructed = (tag: number, parts: Asn1[]) =>
  asn1.create(CONTEXT_SPECIFIC, tag as forge.asn1.Type, true, parts);
/** `[tag]` in place of a string's own tag. */
export const contextPrimitive = (tag: number, bytes: Uint8Array) =>
  asn1.create(CONTEXT_SPECIFIC, tag as forge.asn1.Type, false, binary(bytes));

function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
