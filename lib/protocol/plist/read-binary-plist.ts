import { ProtocolError } from "../protocol-error";
import { PLIST_LIMITS } from "./plist-limits";
import { withLegalCharacters } from "./plist-text";
import { emptyDictionary, realOf, type PlistDictionary, type PlistValue } from "./plist-value";
import { exactInteger, malformed } from "./read-scalar";

const MAGIC = "bplist00";
const TRAILER_BYTES = 32;
/** Seconds from 1970 to 2001, where binary dates begin. */
const EPOCH_2001 = 978_307_200;

const utf16 = new TextDecoder("utf-16be");
const utf8 = new TextDecoder();

export function isBinaryPlist(bytes: Uint8Array): boolean {
  for (let index = 0; index < MAGIC.length; index++) {
    if (bytes[index] !== MAGIC.charCodeAt(index)) return false;
  }
  return true;
}

/**
 * Reads a bplist00 (layout: CFBinaryPList.c of Apple's CoreFoundation) within PLIST_LIMITS.
 * Objects may be shared: each use counts again, so a small file cannot unfold into a large value; depth ends cycles.
 * @throws ProtocolError plist-malformed
 */
export function readBinaryPlist(bytes: Uint8Array): PlistValue {
  try {
    return new BinaryReader(bytes).read();
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    throw new ProtocolError("plist-malformed", "the binary property list is broken", { cause: error });
  }
}

class BinaryReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #offsetSize: number;
  readonly #referenceSize: number;
  readonly #count: number;
  readonly #top: number;
  readonly #table: number;
  #elements = 0;
  #expandedBytes = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const trailer = bytes.length - TRAILER_BYTES;
    if (trailer < MAGIC.length) throw malformed("the binary property list is cut off");
    this.#offsetSize = this.#view.getUint8(trailer + 6);
    this.#referenceSize = this.#view.getUint8(trailer + 7);
    this.#count = this.#unsigned(trailer + 8, 8);
    this.#top = this.#unsigned(trailer + 16, 8);
    this.#table = this.#unsigned(trailer + 24, 8);
    const sizesFit = this.#offsetSize >= 1 && this.#offsetSize <= 8 && this.#referenceSize >= 1 && this.#referenceSize <= 8;
    if (!sizesFit || this.#count > PLIST_LIMITS.elements || this.#table + this.#count * this.#offsetSize > trailer) {
      throw malformed("the trailer of the binary property list is wrong");
    }
  }

  read(): PlistValue {
    return this.#object(this.#top, 0);
  }

  #object(reference: number, depth: number): PlistValue {
    if (reference >= this.#count) throw malformed("a reference points nowhere");
    if (depth > PLIST_LIMITS.depth) throw malformed("the property list is nested too deep");
    if (++this.#elements > PLIST_LIMITS.elements) throw malformed("the property list has too many elements");
    const offset = this.#unsigned(this.#table + reference * this.#offsetSize, this.#offsetSize);
    const marker = this.#view.getUint8(offset);
    const low = marker & 0x0f;
    switch (marker >> 4) {
      case 0x0:
        if (marker === 0x08 || marker === 0x09) return marker === 0x09;
        break;
      case 0x1:
        return this.#integer(offset + 1, 2 ** low);
      case 0x2:
        return this.#real(offset + 1, 2 ** low);
      case 0x3:
        return this.#date(offset + 1);
      case 0x4:
      case 0x5:
      case 0x6:
      case 0x7:
        return this.#text(marker >> 4, offset, low);
      case 0xa:
        return this.#array(offset, low, depth);
      case 0xd:
        return this.#dictionary(offset, low, depth);
    }
    throw malformed("a type that property lists do not have");
  }

  #integer(offset: number, size: number): number | bigint {
    if (size <= 4) return this.#unsigned(offset, size);
    if (size === 8) return exactInteger(this.#view.getBigInt64(offset));
    // 16 bytes hold what is unsigned and beyond 63 bits.
    if (size === 16 && this.#view.getBigUint64(offset) === 0n) return exactInteger(this.#view.getBigUint64(offset + 8));
    throw malformed("an integer has more than 64 bits");
  }

  #real(offset: number, size: number): PlistValue {
    if (size !== 4 && size !== 8) throw malformed("a real cannot be read");
    const value = size === 4 ? this.#view.getFloat32(offset) : this.#view.getFloat64(offset);
    return realOf(value);
  }

  #date(offset: number): Date {
    const date = new Date((this.#view.getFloat64(offset) + EPOCH_2001) * 1000);
    if (!(date.getUTCFullYear() >= 0 && date.getUTCFullYear() <= 9999)) throw malformed("a date cannot be read");
    return date;
  }

  #text(kind: number, offset: number, low: number): string | Uint8Array {
    const { count, start } = this.#length(offset, low);
    const size = kind === 0x6 ? count * 2 : count;
    this.#expandedBytes += size;
    if (this.#expandedBytes > PLIST_LIMITS.expandedBytes) throw malformed("the property list unfolds too far");
    if (start + size > this.#table) throw malformed("the binary property list is cut off");
    const slice = this.#bytes.subarray(start, start + size);
    if (kind === 0x4) return slice;
    return withLegalCharacters((kind === 0x6 ? utf16 : utf8).decode(slice));
  }

  #array(offset: number, low: number, depth: number): PlistValue[] {
    const { count, start } = this.#length(offset, low);
    this.#fits(start, count);
    const values: PlistValue[] = [];
    for (let index = 0; index < count; index++) values.push(this.#object(this.#reference(start, index), depth + 1));
    return values;
  }

  #dictionary(offset: number, low: number, depth: number): PlistDictionary {
    const { count, start } = this.#length(offset, low);
    this.#fits(start, count * 2);
    const dictionary = emptyDictionary();
    for (let index = 0; index < count; index++) {
      const key = this.#object(this.#reference(start, index), depth + 1);
      if (typeof key !== "string") throw malformed("a key is not text");
      dictionary[key] = this.#object(this.#reference(start, count + index), depth + 1);
    }
    return dictionary;
  }

  #fits(start: number, references: number): void {
    if (start + references * this.#referenceSize > this.#table) throw malformed("the binary property list is cut off");
  }

  #reference(start: number, index: number): number {
    return this.#unsigned(start + index * this.#referenceSize, this.#referenceSize);
  }

  /** The count in the marker, or in the integer after it when the marker says 15. */
  #length(offset: number, low: number): { count: number; start: number } {
    if (low !== 0x0f) return { count: low, start: offset + 1 };
    const marker = this.#view.getUint8(offset + 1);
    const size = 2 ** (marker & 0x0f);
    if (marker >> 4 !== 0x1 || size > 8) throw malformed("a length cannot be read");
    return { count: this.#unsigned(offset + 2, size), start: offset + 2 + size };
  }

  #unsigned(offset: number, size: number): number {
    let value = 0;
    for (let index = 0; index < size; index++) value = value * 256 + this.#view.getUint8(offset + index);
    return value;
  }
}
