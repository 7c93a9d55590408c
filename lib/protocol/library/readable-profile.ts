import { createHash } from "node:crypto";
import { emptyDictionary, isDictionary, type PlistDictionary, type PlistValue } from "../plist/plist-value";
import { maskSecrets } from "../results/mask-secrets";
import { plistToJson, type Json } from "../results/plist-to-json";
import { payloadTitle } from "./check-payload";

/** One payload as people may see it. */
export interface ReadablePayload {
  type: string;
  title: string;
  identifier: string | null;
  displayName: string | null;
  /** By Apple's keys, without what every payload has. */
  values: Record<string, Json>;
}

export interface ReadableProfile {
  /** The keys of the profile around its payloads. */
  values: Record<string, Json>;
  payloads: ReadablePayload[];
}

const SHOWN_BESIDE = ["PayloadType", "PayloadIdentifier", "PayloadUUID", "PayloadVersion", "PayloadDisplayName"];

/** A profile for the eyes of people: secrets masked, data told by its size and hash. */
export function readableProfile(profile: PlistDictionary): ReadableProfile {
  const shown = withoutData(maskSecrets(profile));
  const { PayloadContent: payloads, ...around } = isDictionary(shown) ? shown : {};
  return { values: jsonOf(around, []), payloads: (Array.isArray(payloads) ? payloads : []).filter((payload) => isDictionary(payload)).map(readablePayload) };
}

function readablePayload(payload: PlistDictionary): ReadablePayload {
  const type = textOf(payload["PayloadType"]) ?? "";
  return { type, title: payloadTitle(type), identifier: textOf(payload["PayloadIdentifier"]), displayName: textOf(payload["PayloadDisplayName"]), values: jsonOf(payload, SHOWN_BESIDE) };
}

function jsonOf(dictionary: PlistDictionary, without: readonly string[]): Record<string, Json> {
  return Object.fromEntries(Object.entries(dictionary).flatMap(([key, value]) => (without.includes(key) ? [] : [[key, plistToJson(value)]])));
}

/** Certificates with their keys, and files that may hold anything. */
function withoutData(value: PlistValue): PlistValue {
  if (value instanceof Uint8Array) return `(${value.length} bytes, SHA-256 ${createHash("sha256").update(value).digest("hex")})`;
  if (Array.isArray(value)) return value.map(withoutData);
  if (!isDictionary(value)) return value;
  const copy = emptyDictionary();
  for (const [key, part] of Object.entries(value)) copy[key] = withoutData(part);
  return copy;
}

function textOf(value: PlistValue | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
