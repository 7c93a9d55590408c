import { ProtocolError } from "../protocol-error";
import { PLIST_LIMITS } from "./plist-limits";
import { isBinaryPlist, readBinaryPlist } from "./read-binary-plist";
import { readXmlPlist } from "./read-xml-plist";
import type { PlistValue } from "./plist-value";

const utf8 = new TextDecoder();

/**
 * Reads an XML or binary property list from somebody who may be hostile. Bounded in size, depth and count; entities
 * are never expanded. Bytes that are not UTF-8 become U+FFFD: a device that cannot deliver a report repeats it for ever.
 * @throws ProtocolError plist-malformed
 */
export function readPlist(bytes: Uint8Array): PlistValue {
  if (bytes.length > PLIST_LIMITS.bytes) throw new ProtocolError("plist-malformed", "the property list is too large");
  return isBinaryPlist(bytes) ? readBinaryPlist(bytes) : readXmlPlist(utf8.decode(bytes));
}
