import { expect, test } from "vitest";
import {
  bitsOf, bytesOf, childAt, childrenOf, derOrder, objectIdentifier, octetString, octetsOf, oidOf, readAsn1, sequence, setOf, smallInteger, textOf,
  timeOf, timeValue, writeAsn1,
} from "./asn1";
import { CryptoError } from "./crypto-error";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

test("strings in one piece and in nested pieces are the same octets (X.690 section 8.7)", () => {
  expect(octetsOf(readAsn1(hex("04 03 010203")))).toEqual(hex("010203"));
  expect(octetsOf(readAsn1(hex("24 80 04 01 01 24 06 04 01 02 04 01 03 00 00")))).toEqual(hex("010203"));
});

test("what was read as DER is written back byte for byte, large and negative numbers included", () => {
  for (const der of ["30 08 02 02 0080 02 02 FF7F", "30 05 03 03 04F0A0", "1E 04 0041 20AC", "30 00", "AF 00"]) {
    expect(writeAsn1(readAsn1(hex(der)))).toEqual(hex(der));
  }
});

test("bytes after the first element are left alone", () => {
  expect(bytesOf(readAsn1(hex("02 01 05 FF FF")))).toEqual(hex("05"));
});

test.each(["", "30", "30 05 02 01", "30 80 02 01 05", "04 80 00 00", "30 84 FFFFFFFF 00", "30 89 01 0000000000000000"])("%s is refused", (bytes) => {
  expect(() => readAsn1(hex(bytes))).toThrow(CryptoError);
});

test("nesting without end is refused, not followed", () => {
  expect(() => readAsn1(Buffer.alloc(60_000, 0x30))).toThrow(CryptoError);
  expect(() => readAsn1(Buffer.alloc(60_000, hex("30 80")))).toThrow(CryptoError);
  let deep = hex("05 00");
  for (let i = 0; i < 45; i++) deep = Buffer.concat([Buffer.of(0x30, deep.length), deep]);
  expect(() => readAsn1(deep)).toThrow(CryptoError);
});

test("missing parts are errors of ours", () => {
  const node = readAsn1(hex("30 03 02 01 05"));
  expect(() => childAt(node, 1)).toThrow(CryptoError);
  expect(() => childAt(node, 0, 0)).toThrow(CryptoError);
  expect(() => childrenOf(undefined)).toThrow(CryptoError);
  expect(() => oidOf(childAt(node, 0))).toThrow(CryptoError);
  expect(() => octetsOf(undefined)).toThrow(CryptoError);
  expect(() => bytesOf(node)).toThrow(CryptoError);
  expect(() => textOf(node)).toThrow(CryptoError);
});

test("a SET OF is sorted by encoding, shorter first", () => {
  const parts = [octetString(hex("FF")), octetString(hex("0000")), smallInteger(9), octetString(hex("00"))];
  expect(writeAsn1(setOf(...parts))).toEqual(hex("31 0D 02 01 09 04 01 00 04 01 FF 04 02 0000"));
  expect(derOrder(parts)).toHaveLength(4);
});

test("values of the kinds we use", () => {
  expect(oidOf(objectIdentifier("2.16.840.1.113733.1.9.7"))).toBe("2.16.840.1.113733.1.9.7");
  expect(textOf(readAsn1(hex("0C 02 C3A9")))).toBe("é");
  expect(textOf(readAsn1(hex("1E 02 00E9")))).toBe("é");
  expect(textOf(readAsn1(hex("14 01 E9")))).toBe("é");
  expect(bitsOf(readAsn1(hex("03 02 05 A0")))).toEqual(hex("A0"));
  expect(writeAsn1(sequence(smallInteger(1)))).toEqual(hex("30 03 02 01 01"));
});

test.each(["2024-02-29T12:34:56.000Z", "2049-12-31T23:59:59.000Z", "2050-01-01T00:00:00.000Z"])("time %s goes out and comes back", (time) => {
  expect(timeOf(timeValue(new Date(time)))).toEqual(new Date(time));
});

test("what is no time is null", () => {
  expect(timeOf(undefined)).toBeNull();
  expect(timeOf(smallInteger(1))).toBeNull();
  expect(timeOf(readAsn1(hex("17 03 616263")))).toBeNull();
});
