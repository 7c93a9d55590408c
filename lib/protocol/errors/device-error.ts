import { writePlist } from "../plist/write-plist";
import type { PlistDictionary } from "../plist/plist-value";

interface Texts {
  /** For the log of the device. */
  description?: string;
  /** Shown to the person, where the device can. */
  message?: string;
}

/** What the body of a 403 may tell a device (Apple's schema, mdm/errors). */
export type DeviceError = Texts &
  (
    | { code: "com.apple.unrecognized.device" }
    | { code: "com.apple.well-known.failed" }
    | { code: "com.apple.watch.pairing.token.missing"; details: { "security-token": string } }
    | {
        code: "com.apple.softwareupdate.required";
        details: { OSVersion: string; BuildVersion?: string; RequireBetaProgram?: { Description: string; Token: string } };
      }
  );

/**
 * The body of a 403 and its content type, which must name the kind of body: JSON when the Accept header prefers it,
 * else an XML property list. Which 403 may be sent, and to whom, is not decided here.
 */
export function deviceErrorBody(error: DeviceError, accept: string | null): { contentType: string; body: string } {
  if (prefersJson(accept)) return { contentType: "application/json", body: JSON.stringify(error) };
  return { contentType: "application/xml; charset=UTF-8", body: writePlist(plistOf(error)) };
}

function prefersJson(accept: string | null): boolean {
  const quality = (pattern: RegExp): number => Math.max(0, ...(accept ?? "").split(",").filter((range) => pattern.test(range)).map(qualityOf));
  return quality(/^\s*application\/json\s*(;|$)/i) > quality(/^\s*(application|text)\/(xml|x-plist|x-apple-plist)\s*(;|$)/i);
}

/** RFC 9110 section 12.4.2. */
function qualityOf(range: string): number {
  return Number(/;\s*q\s*=\s*([01](\.\d{0,3})?)\s*(;|$)/i.exec(range)?.[1] ?? 1);
}

/** Leaves out what is undefined. */
function plistOf(value: object): PlistDictionary {
  const entries = Object.entries(value).flatMap(([key, part]: [string, unknown]): [string, PlistDictionary | string][] => {
    if (typeof part === "string") return [[key, part]];
    return typeof part === "object" && part !== null ? [[key, plistOf(part)]] : [];
  });
  return Object.fromEntries(entries);
}
