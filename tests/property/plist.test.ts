import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeDeviceMessage } from "@/lib/protocol/checkin-message";
import { PLIST_LIMITS } from "@/lib/protocol/plist/plist-limits";
import type { PlistValue } from "@/lib/protocol/plist/plist-value";
import { readPlist } from "@/lib/protocol/plist/read-plist";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import { ProtocolError } from "@/lib/protocol/protocol-error";
import { mutated } from "./mutations";

const FIXTURES = path.resolve(import.meta.dirname, "../fixtures");
const messages = readdirSync(FIXTURES).filter((name) => name.endsWith(".plist")).map((name) => readFileSync(path.join(FIXTURES, name)));
const RUNS = { numRuns: 2_000 };

/** A value, or an error of ours with a code: nothing else may come out. */
function readsOrRefuses(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    expect(error.code).toMatch(/^(plist|message)-malformed$/);
  }
}

/** The header, objects, an offset table and a trailer that fit one another, whatever the objects are. */
const binaryGarbage = fc
  .record({
    objects: fc.array(fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 12 }), references()), { minLength: 1, maxLength: 20 }),
    sizes: fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })),
    top: fc.integer({ min: 0, max: 21 }),
    extra: fc.integer({ min: -2, max: 2 }),
  })
  .map(({ objects, sizes, top, extra }) => binaryPlist(objects.map((object) => Buffer.from(object)), { top, extra, offsetSize: sizes[0], referenceSize: sizes[1] }));

/** An array or a dictionary that points anywhere, at itself too. */
function references(): fc.Arbitrary<Uint8Array> {
  return fc.tuple(fc.constantFrom(0xa0, 0xd0), fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 14 })).map(([marker, ids]) => {
    return Uint8Array.of(marker | (marker === 0xd0 ? ids.length >> 1 : ids.length), ...ids);
  });
}

function binaryPlist(objects: Buffer[], given: { top?: number; extra?: number; offsetSize?: number; referenceSize?: number } = {}): Buffer {
  const { top = 0, extra = 0, offsetSize = 2, referenceSize = 1 } = given;
  const offsets: number[] = [];
  let at = 8;
  for (const object of objects) {
    offsets.push(at);
    at += object.length;
  }
  const width = Math.max(1, Math.min(offsetSize, 6));
  const table = Buffer.alloc(offsets.length * width);
  for (const [index, offset] of offsets.entries()) table.writeUIntBE(offset % 256 ** width, index * width, width);
  const trailer = Buffer.alloc(32);
  trailer.writeUInt8(offsetSize, 6);
  trailer.writeUInt8(referenceSize, 7);
  trailer.writeBigUInt64BE(BigInt(Math.max(0, objects.length + extra)), 8);
  trailer.writeBigUInt64BE(BigInt(top), 16);
  trailer.writeBigUInt64BE(BigInt(at), 24);
  return Buffer.concat([Buffer.from("bplist00"), ...objects, table, trailer]);
}

const TOKENS = [
  "<plist>", "</plist>", "<dict>", "</dict>", "<array>", "</array>", "<key>", "</key>", "<string>", "</string>", "<integer>", "</integer>", "<data>", "</data>",
  "<date>", "</date>", "<real>", "</real>", "<true/>", "<false/>", "<array/>", "<dict/>", "a", "7", "-", "&amp;", "&lt;", "&x;", "&#0;", "&#55296;", "<!--", "-->",
  "<![CDATA[", "]]>", "<?xml version=\"1.0\"?>", "<!DOCTYPE plist>", "<!DOCTYPE p [<!ENTITY x \"y\">]>", " ", "\u0000", "\ufffe", "__proto__", "2024-01-01T00:00:00Z", "////",
];
const xmlGarbage = fc.array(fc.constantFrom(...TOKENS), { maxLength: 60 }).map((tokens) => Buffer.from(tokens.join("")));

test("any bytes give a value or a coded error", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => readsOrRefuses(() => readPlist(bytes))), RUNS);
});

test("anything after the mark of a binary property list gives a value or a coded error", () => {
  const marked = fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.concat([Buffer.from("bplist00"), bytes]));
  fc.assert(fc.property(fc.oneof(marked, binaryGarbage), (bytes) => readsOrRefuses(() => readPlist(bytes))), RUNS);
});

test("tags in any order give a value or a coded error", () => {
  fc.assert(fc.property(xmlGarbage, (bytes) => readsOrRefuses(() => readPlist(bytes))), RUNS);
});

test("real messages, spoiled, give a message or a coded error", () => {
  fc.assert(fc.property(mutated(messages), (bytes) => readsOrRefuses(() => decodeDeviceMessage(bytes))), RUNS);
});

const text = fc.string({ unit: "grapheme", maxLength: 30 });
const plistValue = fc.letrec<{ value: PlistValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
    fc.boolean(),
    fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }).map((date) => new Date(Math.trunc(date.getTime() / 1_000) * 1_000)),
    fc.uint8Array({ maxLength: 200 }),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(text, tie("value"), { maxKeys: 5, noNullPrototype: false }),
  ),
})).value;

test("what is written is read again as the same value", () => {
  fc.assert(fc.property(plistValue, (value) => {
    const once = readPlist(Buffer.from(writePlist(value)));
    expect(readPlist(Buffer.from(writePlist(once)))).toEqual(once);
    expect(writePlist(once)).toBe(writePlist(value));
  }), { numRuns: 500 });
});

const nested = (depth: number, open: string, close: string) => Buffer.from(`<plist version="1.0">${open.repeat(depth)}${close.repeat(depth)}</plist>`);
/** Each array holds the one before it twice: 2^n values from n objects. */
const unfolding = (levels: number) => binaryPlist([...Array.from({ length: levels }, (_, index) => Buffer.of(0xa2, index + 1, index + 1)), Buffer.of(0x09)]);
const laughs = `<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "ha">${"bcdefghij".split("").map((name, index) => `<!ENTITY ${name} "${`&${"abcdefghij"[index]};`.repeat(10)}">`).join("")}]><plist><string>&j;</string></plist>`;

test.each<[string, () => Buffer]>([
  ["50 MB of text", () => Buffer.concat([Buffer.from("<plist><string>"), Buffer.alloc(50_000_000, "a"), Buffer.from("</string></plist>")])],
  ["50 MB of zeros after the mark of a binary list", () => Buffer.concat([Buffer.from("bplist00"), Buffer.alloc(50_000_000)])],
  ["10 000 arrays in one another", () => nested(10_000, "<array>", "</array>")],
  ["10 000 dictionaries in one another", () => nested(10_000, "<dict><key>a</key>", "</dict>")],
  ["10 000 arrays in one another, never closed", () => nested(10_000, "<array>", "")],
  ["10 000 binary arrays in one another", () => binaryPlist(Array.from({ length: 10_000 }, (_, index) => Buffer.of(0xa1, ((index + 1) % 10_000) >> 8, ((index + 1) % 10_000) & 255)), { referenceSize: 2, offsetSize: 3 })],
  ["a binary array that holds itself", () => binaryPlist([Buffer.of(0xa1, 0)])],
  ["a small binary list that unfolds into 2^60 values", () => unfolding(60)],
  ["a small binary list that unfolds into gigabytes of text", () => binaryPlist([...Array.from({ length: 30 }, (_, index) => Buffer.of(0xa2, index + 1, index + 1)), Buffer.concat([Buffer.of(0x5f, 0x11, 0x40, 0x00), Buffer.alloc(0x4000, "a")])])],
  ["an entity bomb", () => Buffer.from(laughs)],
  ["an entity of a file", () => Buffer.from(`<!DOCTYPE plist [<!ENTITY f SYSTEM "file:///etc/hostname">]><plist><string>&f;</string></plist>`)],
])("%s is refused", (_, make) => {
  expect(() => readPlist(make())).toThrow(ProtocolError);
});

test("what is too large is refused before it is looked at", () => {
  let looked = 0;
  const bytes = new Proxy(new Uint8Array(0), { get: (_, key) => (key === "length" ? PLIST_LIMITS.bytes + 1 : looked++) });
  expect(() => readPlist(bytes)).toThrow(ProtocolError);
  expect(looked).toBe(0);
});
