import { sha256Hex } from "@/lib/crypto/fingerprint";

/**
 * The token of one version of a declaration: a hash over all of its content, so that it changes with any change and
 * with nothing else (Apple, "DeclarationBase": at most 64 octets).
 */
export function serverTokenOf(declaration: { type: string; identifier: string; payload: unknown }): string {
  return sha256Hex(canonicalJson({ Type: declaration.type, Identifier: declaration.identifier, Payload: declaration.payload }));
}

/** JSON whose keys are in order: PostgreSQL gives objects back in an order of its own. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isPlainObject(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
