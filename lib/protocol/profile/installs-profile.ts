import { isDictionary } from "../plist/plist-value";
import { readPlist } from "../plist/read-plist";

const latin1 = new TextDecoder("latin1");

/**
 * Would this payload of InstallProfile replace the profile of that PayloadIdentifier? A signed profile carries its
 * XML in the clear. What cannot be taken apart counts when the identifier stands anywhere in it.
 */
export function installsProfile(payload: Uint8Array, identifier: string): boolean {
  const text = latin1.decode(payload);
  const start = text.search(/<\?xml|<!DOCTYPE plist|<plist/);
  const end = text.lastIndexOf("</plist>");
  const slice = start >= 0 && end > start ? payload.subarray(start, end + "</plist>".length) : payload;
  try {
    const profile = readPlist(slice);
    return isDictionary(profile) && profile.PayloadIdentifier === identifier;
  } catch {
    return text.includes(identifier);
  }
}
