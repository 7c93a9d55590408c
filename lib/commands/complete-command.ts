import { randomInt } from "node:crypto";
import type { Executor } from "@/lib/db/database";
import { readSecret } from "@/lib/devices/secret-store";
import { COMMANDS } from "@/lib/protocol/commands/catalog";
import type { Platform } from "@/lib/protocol/platform";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";

/** On a Mac both ask for a PIN afterwards: without one nobody could open it again. */
const WANTS_PIN: ReadonlySet<string> = new Set(["DeviceLock", "EraseDevice"]);

/**
 * The command with what its sender left to the server: secrets that the device has given us, and a new PIN of six
 * digits for a Mac. The PIN is escrowed when the command is queued.
 */
export async function completeCommand(tx: Executor, to: { enrollmentId: string; platform: Platform }, requestType: string, command: PlistDictionary): Promise<PlistDictionary> {
  const complete = { ...command };
  if (WANTS_PIN.has(requestType) && to.platform === "macos" && complete.PIN === undefined) complete.PIN = randomInt(1_000_000).toString().padStart(6, "0");
  for (const { name, kind } of escrowedParameters(requestType)) {
    const secret = complete[name] === undefined ? await readSecret(tx, to.enrollmentId, kind) : null;
    if (secret !== null) complete[name] = secret;
  }
  return complete;
}

/** The command with the secrets that the device has given us last: those it was first sent with may no longer hold. */
export async function refreshSecrets(tx: Executor, enrollmentId: string, requestType: string, command: PlistDictionary): Promise<PlistDictionary> {
  const fresh = { ...command };
  for (const { name, kind } of escrowedParameters(requestType)) {
    const secret = await readSecret(tx, enrollmentId, kind);
    if (secret !== null) fresh[name] = secret;
  }
  return fresh;
}

function escrowedParameters(requestType: string) {
  return (COMMANDS[requestType]?.parameters ?? []).flatMap(({ name, escrow }) => (escrow === undefined ? [] : { name, kind: escrow }));
}
