import { LARGEST_PROFILE } from "@/lib/contracts/profiles";
import { MusterError } from "@/lib/contracts/errors";
import { readSignedData } from "@/lib/crypto/cms-signed-data";
import { CryptoError } from "@/lib/crypto/crypto-error";
import { isDictionary, type PlistDictionary, type PlistValue } from "@/lib/protocol/plist/plist-value";
import { readPlist } from "@/lib/protocol/plist/read-plist";
import { ProtocolError } from "@/lib/protocol/protocol-error";

export interface OpenedProfile {
  content: PlistDictionary;
  /** Subject of the certificate that signed it; null without signature. */
  signer: string | null;
}

/** The tag of a SEQUENCE: where CMS begins (RFC 5652 section 3). */
const SEQUENCE = 0x30;

/**
 * What is inside of a .mobileconfig file: a property list, XML or binary, plain or signed. A signature has to fit; whom it
 * is by is remembered and not judged, for a device gets the profile from this server.
 * @throws MusterError invalid-input
 */
export function openProfile(file: Buffer): OpenedProfile {
  if (file.length > LARGEST_PROFILE) throw unreadable("at most 2 MiB are taken");
  const { plist, signer } = file[0] === SEQUENCE ? unwrapped(file) : { plist: file, signer: null };
  const content = readOrRefuse(plist);
  if (!isDictionary(content)) throw unreadable("the property list is no dictionary");
  return { content, signer };
}

function unwrapped(file: Buffer): { plist: Buffer; signer: string } {
  try {
    const { content, signer } = readSignedData(file);
    if (content === null) throw unreadable("the signed file has nothing inside");
    return { plist: content, signer: signer.subject.replaceAll(/\p{C}/gu, "").slice(0, 500) };
  } catch (cause) {
    if (cause instanceof CryptoError) throw unreadable(`the signature cannot be read or does not fit: ${cause.message}`, cause);
    throw cause;
  }
}

function readOrRefuse(plist: Buffer): PlistValue {
  try {
    return readPlist(plist);
  } catch (cause) {
    if (cause instanceof ProtocolError) throw unreadable(`no property list: ${cause.message}`, cause);
    throw cause;
  }
}

function unreadable(detail: string, cause?: unknown): MusterError {
  return new MusterError("invalid-input", "this is no configuration profile", { cause, errors: [{ pointer: "/content", detail }] });
}
