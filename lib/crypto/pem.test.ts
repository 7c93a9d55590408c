import { expect, test } from "vitest";
import { CryptoError } from "./crypto-error";
import { derToPem, pemToDer } from "./pem";

const first = Buffer.from("first certificate ".repeat(10));
const second = Buffer.from("second");

test("blocks come back in order, text and other labels are passed over", () => {
  const pem = `Bag Attributes\n${derToPem(first)}# note\r\n${derToPem(second, "PRIVATE KEY")}${derToPem(second).replaceAll("\n", "\r\n")}`;
  expect(pemToDer(pem)).toEqual([first, second]);
  expect(pemToDer(pem, "PRIVATE KEY")).toEqual([second]);
});

test("lines are of 64 characters", () => {
  expect(Math.max(...derToPem(first).split("\n").map((line) => line.length))).toBe(64);
});

test("a text without such a block is refused", () => {
  expect(() => pemToDer("hello")).toThrow(CryptoError);
  expect(() => pemToDer(derToPem(first), "PRIVATE KEY")).toThrow(CryptoError);
});
