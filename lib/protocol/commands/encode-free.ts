import { bytesOfBase64 } from "../plist/base64";
import { holdsIllegalCharacter } from "../plist/plist-text";
import { emptyDictionary, realOf, type PlistValue } from "../plist/plist-value";
import type { EncodeError } from "./encode-error";
import { below } from "./pointer";

const DEEPEST = 50;

/**
 * Any JSON as a property list: whole numbers are integers, others reals. What JSON lacks is written as an object of one
 * key: `{"$data": base64}`, `{"$date": ISO 8601}`, `{"$real": number}`. Null, with errors added, for what cannot be one.
 */
export function encodeFree(value: unknown, pointer: string, errors: EncodeError[], depth = 0): PlistValue | null {
  if (depth > DEEPEST) return refuse(errors, pointer, "is nested too deeply");
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : realOf(value);
  if (typeof value === "string") return holdsIllegalCharacter(value) ? refuse(errors, pointer, "holds a control character") : value;
  if (Array.isArray(value)) return complete(value.map((item: unknown, index) => encodeFree(item, below(pointer, index), errors, depth + 1)));
  if (typeof value !== "object" || value === null) return refuse(errors, pointer, "must not be null: property lists have no such value");
  const entries: [string, unknown][] = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && first[0].startsWith("$")) return encodeMarked(first[0], first[1], pointer, errors);
  const dictionary = emptyDictionary();
  for (const [key, part] of entries) {
    if (holdsIllegalCharacter(key)) refuse(errors, pointer, "has a key with a control character");
    const encoded = encodeFree(part, below(pointer, key), errors, depth + 1);
    if (encoded !== null) dictionary[key] = encoded;
  }
  return dictionary;
}

/** Null parts have left their error behind, so the whole is refused anyway. */
function complete(items: (PlistValue | null)[]): PlistValue[] {
  return items.filter((item) => item !== null);
}

function encodeMarked(mark: string, value: unknown, pointer: string, errors: EncodeError[]): PlistValue | null {
  if (mark === "$data") return (typeof value === "string" ? bytesOfBase64(value) : null) ?? refuse(errors, pointer, "$data must be base64");
  if (mark === "$real") return typeof value === "number" && Number.isFinite(value) ? realOf(value) : refuse(errors, pointer, "$real must be a number");
  if (mark === "$date") {
    const date = new Date(typeof value === "string" ? value : Number.NaN);
    return Number.isNaN(date.getTime()) ? refuse(errors, pointer, "$date must be a time like 2030-01-31T12:00:00Z") : date;
  }
  return refuse(errors, pointer, `${mark} is not known; there are $data, $date and $real`);
}

function refuse(errors: EncodeError[], pointer: string, detail: string): null {
  errors.push({ pointer, detail });
  return null;
}
