import { expect, test } from "vitest";
import { sha256, sha256Hex, timingSafeEqualText } from "./fingerprint";

test("the digest is SHA-256 (FIPS 180-4 example)", () => {
  const hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  expect(sha256Hex("abc")).toBe(hex);
  expect(sha256(Buffer.from("abc")).toString("hex")).toBe(hex);
});

test("texts of any length are compared", () => {
  expect(timingSafeEqualText("secret", "secret")).toBe(true);
  expect(timingSafeEqualText("secret", "secreT")).toBe(false);
  expect(timingSafeEqualText("secret", "longer secret")).toBe(false);
});
