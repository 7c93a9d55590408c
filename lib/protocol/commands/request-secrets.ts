import type { PlistDictionary } from "../plist/plist-value";

export type RequestSecretKind = "lock-pin" | "erase-pin" | "firmware-password" | "recovery-lock-password";

/** What a device will ask its owner for after such a command. */
const SECRETS: ReadonlyMap<string, { key: string; kind: RequestSecretKind }> = new Map([
  ["DeviceLock", { key: "PIN", kind: "lock-pin" }],
  ["EraseDevice", { key: "PIN", kind: "erase-pin" }],
  ["SetFirmwarePassword", { key: "NewPassword", kind: "firmware-password" }],
  ["SetRecoveryLock", { key: "NewPassword", kind: "recovery-lock-password" }],
]);

/** Can such a command hold a secret that has to be kept? */
export function holdsSecret(requestType: string): boolean {
  return SECRETS.has(requestType);
}

/** The secret of a command that has to be kept, or the device could not be opened again; null when there is none. */
export function secretOfRequest(requestType: string, command: PlistDictionary): { kind: RequestSecretKind; value: string } | null {
  const secret = SECRETS.get(requestType);
  const value = secret === undefined ? undefined : command[secret.key];
  return secret === undefined || typeof value !== "string" || value === "" ? null : { kind: secret.kind, value };
}
