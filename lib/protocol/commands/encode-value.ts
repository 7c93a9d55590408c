import { bytesOfBase64 } from "../plist/base64";
import { holdsIllegalCharacter } from "../plist/plist-text";
import { emptyDictionary, realOf, type PlistDictionary, type PlistValue } from "../plist/plist-value";
import type { ParameterSpec } from "./command-spec";
import { encodeFree } from "./encode-free";
import { below } from "./pointer";
import type { EncodeError } from "./encode-error";

type Encoder = (spec: ParameterSpec, value: unknown, pointer: string, errors: EncodeError[]) => PlistValue | null;

/** Null, with an error added, for a value that does not fit. */
export const encodeValue: Encoder = (spec, value, pointer, errors) => ENCODERS[spec.type](spec, value, pointer, errors);

/** Encodes the keys of `specs` in their order. Null, with errors added, when one is wrong, missing or unknown. */
export function encodeKeys(specs: readonly ParameterSpec[], values: object, pointer: string, errors: EncodeError[]): PlistDictionary | null {
  const before = errors.length;
  const given = new Map<string, unknown>(Object.entries(values).filter(([, value]) => value !== undefined));
  for (const key of given.keys()) {
    if (!specs.some((spec) => spec.name === key)) errors.push({ pointer: below(pointer, key), detail: "this parameter is not known" });
  }
  const encoded = emptyDictionary();
  for (const spec of specs) {
    const value = given.has(spec.name) || !spec.required ? given.get(spec.name) : spec.default;
    if (value !== undefined) {
      const part = encodeValue(spec, value, below(pointer, spec.name), errors);
      if (part !== null) encoded[spec.name] = part;
    } else if (spec.required) errors.push({ pointer: below(pointer, spec.name), detail: "is required" });
  }
  return errors.length === before ? encoded : null;
}

const encodeString: Encoder = (spec, value, pointer, errors) => {
  if (typeof value !== "string") return refuse(errors, pointer, "must be text");
  if (holdsIllegalCharacter(value)) return refuse(errors, pointer, "holds a control character");
  if (spec.pattern !== undefined && !new RegExp(`^(?:${spec.pattern})$`).test(value)) {
    return refuse(errors, pointer, `must be ${spec.patternHelp ?? `like ${spec.pattern}`}`);
  }
  return isBounded(spec, value.length, "characters", pointer, errors) && isListed(spec, value, pointer, errors) ? value : null;
};

const encodeInteger: Encoder = (spec, value, pointer, errors) => {
  if (!Number.isSafeInteger(value)) return refuse(errors, pointer, "must be a whole number");
  const number = Number(value);
  return isBounded(spec, number, "", pointer, errors) && isListed(spec, number, pointer, errors) ? number : null;
};

const encodeReal: Encoder = (spec, value, pointer, errors) => {
  if (typeof value !== "number" || !Number.isFinite(value)) return refuse(errors, pointer, "must be a number");
  return isBounded(spec, value, "", pointer, errors) ? realOf(value) : null;
};

const encodeBoolean: Encoder = (_spec, value, pointer, errors) => {
  return typeof value === "boolean" ? value : refuse(errors, pointer, "must be true or false");
};

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const encodeDate: Encoder = (_spec, value, pointer, errors) => {
  const date = typeof value === "string" && DATE.test(value) ? new Date(value) : null;
  if (date === null || Number.isNaN(date.getTime())) return refuse(errors, pointer, "must be a time like 2030-01-31T12:00:00Z");
  return date;
};

const encodeData: Encoder = (spec, value, pointer, errors) => {
  const bytes = typeof value === "string" ? bytesOfBase64(value) : null;
  if (bytes === null) return refuse(errors, pointer, "must be base64");
  return isBounded(spec, bytes.length, "bytes", pointer, errors) ? bytes : null;
};

const encodeArray: Encoder = (spec, value, pointer, errors) => {
  if (!Array.isArray(value)) return refuse(errors, pointer, "must be a list");
  if (!isBounded(spec, value.length, "items", pointer, errors)) return null;
  const { items } = spec;
  if (items === undefined) throw new Error(`${spec.name} of the command catalog has no items`);
  const encoded = value.map((item: unknown, index) => encodeValue(items, item, below(pointer, index), errors));
  return encoded.filter((item) => item !== null);
};

const encodeDictionary: Encoder = (spec, value, pointer, errors) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse(errors, pointer, "must be an object");
  if (spec.freeForm === true) return encodeFree(value, pointer, errors);
  if (spec.variants === undefined) return encodeKeys(spec.keys ?? [], value, pointer, errors);
  const item = (value as Record<string, unknown>)["Item"];
  const variant = spec.variants.find(({ name }) => name === item);
  if (variant === undefined) return refuse(errors, below(pointer, "Item"), `must be one of ${spec.variants.map(({ name }) => name).join(", ")}`);
  return encodeKeys(variant.keys ?? [], value, pointer, errors);
};

const encodeAny: Encoder = (_spec, value, pointer, errors) => encodeFree(value, pointer, errors);

const ENCODERS: Record<ParameterSpec["type"], Encoder> = {
  string: encodeString,
  integer: encodeInteger,
  real: encodeReal,
  boolean: encodeBoolean,
  date: encodeDate,
  data: encodeData,
  array: encodeArray,
  dictionary: encodeDictionary,
  any: encodeAny,
};

function isBounded({ min, max }: ParameterSpec, size: number, unit: string, pointer: string, errors: EncodeError[]): boolean {
  const isLow = min !== undefined && size < min;
  if (!isLow && (max === undefined || size <= max)) return true;
  const detail = `must be ${isLow ? `at least ${min}` : `at most ${max}`} ${unit}`.trim();
  errors.push({ pointer, detail: size === 0 && isLow && unit !== "" ? "must not be empty" : detail });
  return false;
}

function isListed({ values }: ParameterSpec, value: string | number, pointer: string, errors: EncodeError[]): boolean {
  if (values === undefined || values.includes(value)) return true;
  errors.push({ pointer, detail: values.length > 20 ? "is not a value that Apple lists" : `must be one of ${values.join(", ")}` });
  return false;
}

function refuse(errors: EncodeError[], pointer: string, detail: string): null {
  errors.push({ pointer, detail });
  return null;
}
