import type { DeclarationKey } from "@/lib/protocol/declarations/declaration-spec";
import { declarationSpec, validateDeclaration, type DeclarationError } from "@/lib/protocol/declarations/validate-declaration";

/** The keys that a payload of this type must have, to begin with; as JSON text. */
export function payloadBeginning(type: string): string {
  return JSON.stringify(requiredOf(declarationSpec(type)?.keys ?? []), null, 2);
}

function requiredOf(keys: readonly DeclarationKey[]): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => key.required === true && key.key !== "ANY").map((key) => [key.key, emptyOf(key)]));
}

function emptyOf(key: DeclarationKey): unknown {
  if (key.default !== undefined) return key.default;
  if (key.values !== undefined) return key.values[0];
  switch (key.type) {
    case "boolean":
      return false;
    case "integer":
    case "real":
      return key.min ?? 0;
    case "array":
      return [];
    case "dictionary":
      return requiredOf(key.keys ?? []);
    default:
      return "";
  }
}

export interface PayloadFault {
  /** Into the payload: "" is all of it. */
  pointer: string;
  detail: string;
  /** Of the JSON text itself, where it is no JSON. */
  offset: number | null;
}

export type ReadPayload = { ok: true; payload: Record<string, unknown>; faults: PayloadFault[] } | { ok: false; faults: PayloadFault[] };

/** Reads the text and holds it against Apple's schema. */
export function readPayload(type: string, text: string): ReadPayload {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, faults: [jsonFault(text, error)] };
  }
  const faults = payloadFaults(validateDeclaration(type, value));
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { ok: false, faults };
  return { ok: true, payload: value as Record<string, unknown>, faults };
}

/** Complaints about the payload, of this page or of the server, with pointers into the payload alone. */
export function payloadFaults(errors: readonly DeclarationError[]): PayloadFault[] {
  return errors.filter(({ pointer }) => pointer === "/payload" || pointer.startsWith("/payload/")).map(({ pointer, detail }) => ({ pointer: pointer.slice("/payload".length), detail, offset: null }));
}

/** Browsers say the place in different ways; where none is said, it is the end. */
function jsonFault(text: string, error: unknown): PayloadFault {
  const words = error instanceof Error ? error.message : "";
  const position = /position (\d+)/.exec(words)?.[1];
  const line = /line (\d+) column (\d+)/.exec(words);
  const offset = position === undefined ? (line === null ? text.length : offsetOf(text, Number(line[1]), Number(line[2]))) : Number(position);
  return { pointer: "", detail: "is not JSON from here on", offset: Math.min(offset, text.length) };
}

function offsetOf(text: string, line: number, column: number): number {
  return text.split("\n").slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}
