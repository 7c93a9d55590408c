import { isDictionary, type PlistDictionary, type PlistValue } from "../plist/plist-value";
import { readPlist } from "../plist/read-plist";
import { writePlist } from "../plist/write-plist";
import { textField } from "../plist/plist-fields";
import { maskSecrets } from "./mask-secrets";

const OPENING_BRACE = 0x7b;

/** A body of a device or of ours as people may see it, and which command it speaks of. */
export interface MaskedBody {
  text: string;
  commandUuid: string | null;
}

/**
 * The body with its secrets masked: a property list as XML whatever it travelled as, JSON as JSON. The status report
 * inside a DeclarativeManagement message is shown decoded. Null for what cannot be read, for it could not be masked either.
 */
export function maskedBody(bytes: Uint8Array): MaskedBody | null {
  try {
    const json = jsonOf(bytes);
    if (json !== null) return { text: json, commandUuid: null };
    const value = readPlist(bytes);
    const whole = isDictionary(value) ? withReadableData(value) : value;
    return { text: writePlist(maskSecrets(whole)), commandUuid: isDictionary(value) ? textField(value, "CommandUUID") : null };
  } catch {
    return null;
  }
}

/** JSON is what we answer to declarative management, and what a device reports there. Null when it is none. */
function jsonOf(bytes: Uint8Array): string | null {
  if (bytes[0] !== OPENING_BRACE) return null;
  // Property lists have no null, so masking knows none.
  const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes), (_, part: unknown) => part ?? "null");
  return JSON.stringify(maskSecrets(value as PlistValue), null, 2);
}

function withReadableData(message: PlistDictionary): PlistDictionary {
  const data = message["MessageType"] === "DeclarativeManagement" ? message["Data"] : undefined;
  if (!(data instanceof Uint8Array)) return message;
  return { ...message, Data: jsonOrNull(data) ?? `(${data.length} bytes that are no JSON)` };
}

function jsonOrNull(data: Uint8Array): string | null {
  try {
    return jsonOf(data);
  } catch {
    return null;
  }
}
