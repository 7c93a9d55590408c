import { buildBinary } from "plist";
import { expect, test } from "vitest";
import { ProtocolError } from "../protocol-error";
import { PLIST_LIMITS } from "./plist-limits";
import { PlistReal } from "./plist-value";
import { readPlist } from "./read-plist";

/** A bplist00 of the given objects; offsets and references take two bytes each. */
function binary(objects: number[][], { top = 0, count = objects.length }: { top?: number; count?: number } = {}): Uint8Array {
  const bytes = [...new TextEncoder().encode("bplist00")];
  const offsets: number[] = [];
  for (const object of objects) {
    offsets.push(bytes.length);
    bytes.push(...object);
  }
  const table = bytes.length;
  for (const offset of offsets) bytes.push(offset >> 8, offset & 0xff);
  const long = (value: number) => [0, 0, 0, 0, (value >> 24) & 0xff, (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
  bytes.push(0, 0, 0, 0, 0, 0, 2, 2, ...long(count), ...long(top), ...long(table));
  return new Uint8Array(bytes);
}

/** The marker of an array and its references. */
function arrayOf(...references: number[]): number[] {
  return [0xa0 + references.length, ...references.flatMap((reference) => [reference >> 8, reference & 0xff])];
}

test("what another writer made is read", () => {
  const value = {
    Status: "Acknowledged",
    "ünicode": "Größe 📱",
    integer: 70_000,
    negative: -5,
    real: 0.25,
    yes: true,
    date: new Date("2031-02-03T04:05:06Z"),
    data: new Uint8Array([1, 2, 3]),
    list: Array.from({ length: 300 }, (_, index) => `item ${index}`),
  };
  const read = readPlist(new Uint8Array(buildBinary(value)));
  expect(read).toEqual(value);
  expect(Object.getPrototypeOf(read)).toBeNull();
});

test("a real without a fraction stays a real, and integers of 64 bits are exact", () => {
  expect(readPlist(binary([[0x13, 0, 0x20, 0, 0, 0, 0, 0, 1]]))).toBe(9007199254740993n);
  expect(readPlist(binary([[0x13, 255, 255, 255, 255, 255, 255, 255, 255]]))).toBe(-1);
  expect(readPlist(binary([[0x23, 0x40, 0x70, 0, 0, 0, 0, 0, 0]]))).toEqual(new PlistReal(256));
  expect(readPlist(binary([[0x14, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255]]))).toBe(18446744073709551615n);
});

test("a cycle is refused", () => {
  expect(() => readPlist(binary([arrayOf(0)]))).toThrow("nested too deep");
  expect(() => readPlist(binary([arrayOf(1), arrayOf(0, 0)]))).toThrow(ProtocolError);
});

test("shared objects cannot unfold into more elements than are allowed", () => {
  const levels = Array.from({ length: 30 }, (_, level) => arrayOf(level + 1, level + 1, level + 1, level + 1));
  expect(() => readPlist(binary([...levels, [0x09]]))).toThrow("too many elements");
});

test("a shared text cannot unfold into more bytes than are allowed", () => {
  const size = 60_000;
  const text = [0x5f, 0x11, size >> 8, size & 0xff, ...Array.from({ length: size }, () => 0x61)];
  const objects = [arrayOf(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), arrayOf(2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2), arrayOf(3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3)];
  const bytes = binary([...objects, text]);
  expect(12 ** 3 * size).toBeGreaterThan(PLIST_LIMITS.expandedBytes);
  expect(() => readPlist(bytes)).toThrow("unfolds too far");
});

test.each([
  ["only the magic", new TextEncoder().encode("bplist00")],
  ["a count beyond the table", binary([[0x09]], { count: 1_000 })],
  ["a huge count", binary([[0x09]], { count: 0x7fffffff })],
  ["a top object that is not there", binary([[0x09]], { top: 7 })],
  ["a text longer than the file", binary([[0x5f, 0x12, 0x7f, 0xff, 0xff, 0xff]])],
  ["an array longer than the file", binary([[0xaf, 0x12, 0x7f, 0xff, 0xff, 0xff]])],
  ["a dictionary longer than the file", binary([[0xdf, 0x12, 0x7f, 0xff, 0xff, 0xff]])],
  ["a key that is no text", binary([[0xd1, 0, 1, 0, 1], [0x09]])],
  ["null", binary([[0x00]])],
  ["a UID", binary([[0x80, 0x01]])],
  ["an integer of 128 bits", binary([[0x14, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]])],
  ["a date beyond all calendars", binary([[0x33, 0x7f, 0xef, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]])],
])("%s is refused", (_name, bytes) => {
  expect(() => readPlist(bytes)).toThrow(ProtocolError);
});

test("no cut of a good file does anything but fail", () => {
  const good = new Uint8Array(buildBinary({ a: [1, "two", { three: new Uint8Array([3]) }] }));
  for (let length = 8; length < good.length; length++) expect(() => readPlist(good.subarray(0, length))).toThrow(ProtocolError);
});

test("NUL and half pairs in text become U+FFFD, so that databases and XML take it", () => {
  expect(readPlist(binary([[0x52, 0x00, 0x61]]))).toBe("\ufffda");
  expect(readPlist(binary([[0x61, 0xd8, 0x00]]))).toBe("\ufffd");
});
