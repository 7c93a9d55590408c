import { readSignedData } from "@/lib/crypto/cms-signed-data";
import { isDictionary, type PlistDictionary, type PlistValue } from "@/lib/protocol/plist/plist-value";
import { readPlist } from "@/lib/protocol/plist/read-plist";

/** A profile as a device keeps it. */
export interface ConfigurationProfile {
  identifier: string;
  uuid: string;
  content: PlistDictionary;
  payloads: PlistDictionary[];
  /** DER; null for a profile without signature. */
  signer: Buffer | null;
}

/** Opens a profile, signed (CMS with the plist inside) or plain. @throws when it is neither or lacks its keys. */
export function readProfile(bytes: Buffer): ConfigurationProfile {
  const signed = looksLikePlist(bytes) ? null : readSignedData(bytes);
  if (signed !== null && signed.content === null) throw new Error("the signed profile has nothing inside");
  const content = asDictionary(readPlist(signed?.content ?? bytes), "the profile");
  if (content["PayloadType"] !== "Configuration") throw new Error("not a configuration profile");
  const payloads = content["PayloadContent"];
  if (!Array.isArray(payloads)) throw new Error("the profile has no payloads");
  return {
    identifier: textAt(content, "PayloadIdentifier"),
    uuid: textAt(content, "PayloadUUID"),
    content,
    payloads: payloads.map((payload) => asDictionary(payload, "a payload")),
    signer: signed?.signer.der ?? null,
  };
}

function looksLikePlist(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 64).toString("latin1").trimStart();
  return start.startsWith("<") || start.startsWith("bplist");
}

export function asDictionary(value: PlistValue | undefined, what: string): PlistDictionary {
  if (!isDictionary(value)) throw new Error(`${what} is not a dictionary`);
  return value;
}

export function textAt(dictionary: PlistDictionary, key: string): string {
  const value = dictionary[key];
  if (typeof value !== "string" || value === "") throw new Error(`${key} is missing`);
  return value;
}
