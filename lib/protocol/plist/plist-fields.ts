import { isDictionary, PlistReal, type PlistDictionary, type PlistValue } from "./plist-value";

// Fields of what a device sent: another type than expected counts as absent.

/** Null when absent, empty or not a string. */
export function textField(dictionary: PlistDictionary, key: string): string | null {
  const value = dictionary[key];
  return typeof value === "string" && value !== "" ? value : null;
}

export function booleanField(dictionary: PlistDictionary, key: string): boolean | null {
  const value = dictionary[key];
  return typeof value === "boolean" ? value : null;
}

/** Null when absent, empty or not data. */
export function dataField(dictionary: PlistDictionary, key: string): Uint8Array | null {
  const value = dictionary[key];
  return value instanceof Uint8Array && value.length > 0 ? value : null;
}

/** Any number as a JavaScript number; what lies beyond 2^53 is rounded. */
export function numberField(dictionary: PlistDictionary, key: string): number | null {
  const value = dictionary[key];
  if (value instanceof PlistReal) return value.value;
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : null;
}

export function dictionaryField(dictionary: PlistDictionary, key: string): PlistDictionary | null {
  const value = dictionary[key];
  return isDictionary(value) ? value : null;
}

export function arrayField(dictionary: PlistDictionary, key: string): PlistValue[] | null {
  const value = dictionary[key];
  return Array.isArray(value) ? value : null;
}
