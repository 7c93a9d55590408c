import { sha256Hex } from "@/lib/crypto/fingerprint";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import { fillDictionary, type ProfileVariable, type VariableValues } from "@/lib/protocol/library/variables";

/** The values a version takes from a device, as one hash: another one means another profile. Empty without variables. */
export function valuesHash(variables: readonly string[], values: VariableValues): string {
  return variables.length === 0 ? "" : sha256Hex(JSON.stringify(variables.map((name) => [name, values[name as ProfileVariable] ?? null])));
}

/** Variables of a version that this device has no value for. */
export function missingValues(variables: readonly string[], values: VariableValues): string[] {
  return variables.filter((name) => (values[name as ProfileVariable] ?? null) === null);
}

/**
 * The profile as one device gets it: variables filled in, and the PayloadUUID of its version, by which the device's own
 * list tells which one it has. It goes without a signature: management vouches for it.
 * @throws ProtocolError value-not-writable for a value that no property list can hold
 */
export function deviceContent(content: PlistDictionary, versionId: string, values: VariableValues): Buffer {
  return Buffer.from(writePlist({ ...fillDictionary(content, values), PayloadUUID: versionId.toUpperCase() }));
}
