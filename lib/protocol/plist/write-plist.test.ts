import { parse } from "plist";
import { expect, test } from "vitest";
import { ProtocolError } from "../protocol-error";
import { PlistReal, type PlistValue } from "./plist-value";
import { readXmlPlist } from "./read-xml-plist";
import { writePlist } from "./write-plist";

const EVERYTHING: PlistValue = {
  text: "a & <b> \"c\" 'd' ]]> ü 📱",
  lines: "one\ntwo\r\nthree\ttab ",
  empty: "",
  "key & <key>": true,
  integer: 8191,
  zero: 0,
  negative: -1,
  big: 18446744073709551615n,
  real: 1.5,
  wholeReal: new PlistReal(256),
  hugeReal: new PlistReal(1e300),
  tinyReal: 1e-7,
  endless: -Infinity,
  no: false,
  date: new Date("2030-01-31T12:34:56Z"),
  data: new Uint8Array([0, 1, 2, 253, 254, 255]),
  noData: new Uint8Array(0),
  list: [[], {}, ["x"], { y: [1, 2] }],
};

test("what was written is read back with the same types", () => {
  expect(readXmlPlist(writePlist(EVERYTHING))).toEqual(EVERYTHING);
});

test("another reader understands it", () => {
  const value = { text: "a & <b>", list: [1, 2.5, true], date: new Date("2030-01-31T12:34:56Z"), data: new Uint8Array([1, 2, 3]), nested: { key: "ü" } };
  expect(parse(writePlist(value))).toEqual(value);
});

test("numbers are written as what they are", () => {
  const xml = writePlist([256, new PlistReal(256), 0.5, 1e21, Number.NaN]);
  expect(xml.match(/<(integer|real)>.*</g)).toEqual(["<integer>256<", "<real>256.0<", "<real>0.5<", "<integer>1000000000000000000000<", "<real>nan<"]);
});

test("data of any size is base64", () => {
  const bytes = new Uint8Array(100_000).map((_, index) => index * 7);
  expect(readXmlPlist(writePlist(bytes))).toEqual(bytes);
});

test("fractions of a second are dropped: devices take whole seconds", () => {
  expect(writePlist(new Date("2030-01-31T12:34:56.789Z"))).toContain("<date>2030-01-31T12:34:56Z</date>");
});

test("what XML cannot hold is refused, not sent broken", () => {
  for (const value of ["\u0000", "bell \u0007", "half \ud800 pair", { "key\u0001": 1 }, new Date(Number.NaN), new Date(8.64e15)]) {
    expect(() => writePlist(value)).toThrow(ProtocolError);
  }
});
