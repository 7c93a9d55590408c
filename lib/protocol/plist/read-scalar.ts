import { ProtocolError } from "../protocol-error";
import { bytesOfBase64 } from "./base64";
import { realOf, type PlistReal } from "./plist-value";

const INTEGER = /^[+-]?\d{1,20}$/;
const HEXADECIMAL = /^([+-]?)(0x[\da-f]{1,16})$/i;
const REAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;
const LONGEST_NUMBER = 400;

export function malformed(detail: string): ProtocolError {
  return new ProtocolError("plist-malformed", detail);
}

/** The text of <integer>: 64 bits, signed or not, decimal or hexadecimal; a bigint beyond 2^53. */
export function readInteger(text: string): number | bigint {
  const digits = text.trim();
  if (INTEGER.test(digits)) {
    const value = Number(digits);
    return Number.isSafeInteger(value) ? value + 0 : bounded(BigInt(digits.replace("+", "")));
  }
  const [, sign, hexadecimal] = HEXADECIMAL.exec(digits) ?? [];
  if (hexadecimal === undefined) throw malformed("an integer cannot be read");
  const magnitude = BigInt(hexadecimal);
  return exactInteger(bounded(sign === "-" ? -magnitude : magnitude));
}

/** A number where it is exact, a bigint where it is not. */
export function exactInteger(value: bigint): number | bigint {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

function bounded(value: bigint): bigint {
  if (value < -(2n ** 63n) || value >= 2n ** 64n) throw malformed("an integer has more than 64 bits");
  return value;
}

/** The text of <real>, with nan and inf as Apple writes them. */
export function readReal(text: string): number | PlistReal {
  const digits = text.trim().toLowerCase();
  if (digits === "nan") return Number.NaN;
  if (/^[+-]?inf(inity)?$/.test(digits)) return digits.startsWith("-") ? -Infinity : Infinity;
  if (digits.length > LONGEST_NUMBER || !REAL.test(digits)) throw malformed("a real cannot be read");
  const value = Number(digits);
  return Number.isFinite(value) ? realOf(value) : value;
}

export function readDate(text: string): Date {
  const date = DATE.test(text.trim()) ? new Date(text.trim()) : null;
  if (date === null || Number.isNaN(date.getTime())) throw malformed("a date cannot be read");
  return date;
}

export function readData(text: string): Uint8Array {
  const bytes = bytesOfBase64(text);
  if (bytes === null) throw malformed("data is not base64");
  return bytes;
}
