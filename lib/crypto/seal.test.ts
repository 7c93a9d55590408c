import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { CryptoError } from "./crypto-error";
import { sealer } from "./seal";

const place = { table: "Enrollment", row: "7", column: "tokenSealed" };
const { seal, open } = sealer(randomBytes(32));

test("what is sealed opens again, empty values included", () => {
  for (const plain of [Buffer.alloc(0), Buffer.from("push token"), randomBytes(100_000)]) {
    expect(open(seal(plain, place), place)).toEqual(plain);
  }
});

test("the same value sealed twice differs", () => {
  expect(seal(Buffer.from("a"), place)).not.toEqual(seal(Buffer.from("a"), place));
});

test.each([
  ["table", { ...place, table: "Command" }],
  ["row", { ...place, row: "8" }],
  ["column", { ...place, column: "magicSealed" }],
])("a value moved to another %s does not open", (_, elsewhere) => {
  expect(() => open(seal(Buffer.from("a"), place), elsewhere)).toThrow(CryptoError);
});

test("places that read alike when joined are different places", () => {
  const sealed = seal(Buffer.from("a"), { table: "A", row: "B,C", column: "D" });
  expect(() => open(sealed, { table: "A,B", row: "C", column: "D" })).toThrow(CryptoError);
});

test("another key, a changed byte or a cut value does not open", () => {
  const sealed = seal(Buffer.from("secret"), place);
  expect(() => sealer(randomBytes(32)).open(sealed, place)).toThrow(CryptoError);
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed);
    changed[i] = (changed[i] ?? 0) ^ 1;
    expect(() => open(changed, place)).toThrow(CryptoError);
    expect(() => open(sealed.subarray(0, i), place)).toThrow(CryptoError);
  }
});

test("the error names the column and not the value", () => {
  expect(() => open(Buffer.alloc(40, 1), place)).toThrow(/Enrollment\.tokenSealed/);
});
