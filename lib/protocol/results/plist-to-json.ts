import { base64OfBytes } from "../plist/base64";
import { PlistReal, type PlistValue } from "../plist/plist-value";

export type Json = string | number | boolean | Json[] | { [key: string]: Json };

/**
 * The value as plain JSON: dates are ISO 8601, data is `{"$data": base64}`, integers beyond 2^53 and numbers that JSON
 * lacks (nan, inf) are text. Not meant to be read back.
 */
export function plistToJson(value: PlistValue): Json {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (value instanceof PlistReal) return value.value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return { $data: base64OfBytes(value) };
  if (Array.isArray(value)) return value.map(plistToJson);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plistToJson(part)]));
}
