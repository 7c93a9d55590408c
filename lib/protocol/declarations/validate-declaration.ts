import { DECLARATION_TYPES } from "../generated/declaration-schema";
import type { DeclarationKey, DeclarationKind, DeclarationSpec } from "./declaration-spec";
import { DECLARATION_KINDS } from "./declaration-spec";

/** A bad place; `pointer` is a JSON pointer (RFC 6901) into the declaration. */
export interface DeclarationError {
  pointer: string;
  detail: string;
}

/** Apple, "Declarative management": the path by which a device asks has exactly three segments, and no escapes are documented. DeclarationBase: at most 64 octets. */
const IDENTIFIER = /^[A-Za-z0-9._-]{1,64}$/;

export function isDeclarationIdentifier(identifier: string): boolean {
  return IDENTIFIER.test(identifier);
}

/** Null for a type that is none. */
export function declarationKind(type: string): DeclarationKind | null {
  return DECLARATION_KINDS.find((kind) => type.startsWith(`com.apple.${kind}.`)) ?? null;
}

/** What Apple's schema says of a type; null for one it does not have. */
export function declarationSpec(type: string): DeclarationSpec | null {
  return Object.hasOwn(DECLARATION_TYPES, type) ? (DECLARATION_TYPES[type] ?? null) : null;
}

/** Holds type and payload against Apple's schema: every key, type, range, listed value and required key. No errors: it fits. */
export function validateDeclaration(type: string, payload: unknown): DeclarationError[] {
  const spec = declarationSpec(type);
  if (spec === null) return [{ pointer: "/type", detail: "is not a declaration type of Apple's" }];
  const errors: DeclarationError[] = [];
  if (isObject(payload)) checkKeys(spec.keys, payload, "/payload", errors);
  else errors.push({ pointer: "/payload", detail: "must be an object" });
  return errors;
}

/** More would only repeat itself. */
const MOST_ERRORS = 100;

function checkKeys(specs: readonly DeclarationKey[], value: Record<string, unknown>, pointer: string, errors: DeclarationError[]): void {
  const any = specs.find((spec) => spec.key === "ANY");
  for (const [key, part] of Object.entries(value)) {
    if (errors.length >= MOST_ERRORS) return;
    const spec = specs.find((known) => known.key === key) ?? any;
    if (spec === undefined) errors.push({ pointer: below(pointer, key), detail: "is not a key of this declaration" });
    else checkValue(spec, part, below(pointer, key), errors);
  }
  for (const spec of specs) {
    if (spec.required === true && spec.key !== "ANY" && !Object.hasOwn(value, spec.key)) errors.push({ pointer: below(pointer, spec.key), detail: "is required" });
  }
}

function checkValue(spec: DeclarationKey, value: unknown, pointer: string, errors: DeclarationError[]): void {
  const wrong = CHECKS[spec.type](value);
  if (wrong !== null) errors.push({ pointer, detail: wrong });
  else if (spec.type === "array") checkItems(spec, value, pointer, errors);
  else if (spec.type === "dictionary") {
    if (spec.keys !== undefined && isObject(value)) checkKeys(spec.keys, value, pointer, errors);
  } else checkLimits(spec, value, pointer, errors);
}

function checkItems({ items }: DeclarationKey, value: unknown, pointer: string, errors: DeclarationError[]): void {
  if (items === undefined || !Array.isArray(value)) return;
  for (const [index, item] of value.entries()) {
    if (errors.length >= MOST_ERRORS) return;
    checkValue(items, item, below(pointer, index), errors);
  }
}

function checkLimits({ values, min, max }: DeclarationKey, value: unknown, pointer: string, errors: DeclarationError[]): void {
  if (values !== undefined && !values.some((listed) => listed === value)) errors.push({ pointer, detail: `must be one of ${values.join(", ")}` });
  const size = typeof value === "string" ? value.length : value;
  if (typeof size !== "number") return;
  const unit = typeof value === "string" ? " characters" : "";
  if (min !== undefined && size < min) errors.push({ pointer, detail: `must be at least ${min}${unit}` });
  if (max !== undefined && size > max) errors.push({ pointer, detail: `must be at most ${max}${unit}` });
}

/** Null, or what the value must be. */
const CHECKS: Record<DeclarationKey["type"], (value: unknown) => string | null> = {
  string: (value) => (typeof value === "string" ? null : "must be text"),
  integer: (value) => (Number.isSafeInteger(value) ? null : "must be a whole number"),
  real: (value) => (typeof value === "number" ? null : "must be a number"),
  boolean: (value) => (typeof value === "boolean" ? null : "must be true or false"),
  data: (value) => (typeof value === "string" && /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0 ? null : "must be base64"),
  any: (value) => (value === null ? "must not be null" : null),
  array: (value) => (Array.isArray(value) ? null : "must be a list"),
  dictionary: (value) => (isObject(value) ? null : "must be an object"),
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function below(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
