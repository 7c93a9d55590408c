import { createHash } from "node:crypto";
import { emptyDictionary, isDictionary, type PlistValue } from "../plist/plist-value";

const MASK = "••••";

/**
 * Keys whose text, number or data is a secret, by their ends: UnlockToken, FirmwarePassword, EncryptedNewRecoveryKey …
 * Ends, and not Apple's list, so that keys of commands to come are masked too. What only speaks of a secret
 * (PasscodePresent, BootstrapTokenAllowedForAuthentication) has other ends.
 */
const SECRET_KEY =
  /(^pin|password|passwordhash|passcode|secret|token|tokendata|magic|challenge|digestresponse|bypasscode|recoverykey|recoverykeycms|privatekey|privatekeyexport|redemptioncode)$/i;

/** Profiles, in which anything may be secret: shown by size and hash. */
const PROFILE_KEYS: ReadonlySet<string> = new Set(["Payload", "WiFiProfileData", "MDMProfileData"]);

/** A copy for the eyes of people, of a request or an answer, without its secrets. */
export function maskSecrets(value: PlistValue): PlistValue {
  return masked(value, "");
}

function masked(value: PlistValue, key: string): PlistValue {
  if (Array.isArray(value)) return value.map((item) => masked(item, key));
  if (isDictionary(value)) {
    const copy = emptyDictionary();
    for (const [name, part] of Object.entries(value)) copy[name] = masked(part, name);
    return copy;
  }
  if (value instanceof Uint8Array && PROFILE_KEYS.has(key)) return `${MASK} ${describe(value)}`;
  return SECRET_KEY.test(key) && typeof value !== "boolean" && !(value instanceof Date) ? MASK : value;
}

function describe(bytes: Uint8Array): string {
  return `(${bytes.length} bytes, SHA-256 ${createHash("sha256").update(bytes).digest("hex")})`;
}
