import { PAYLOAD_TYPES } from "../generated/profile-schema";
import { isDictionary, PlistReal, type PlistDictionary, type PlistValue } from "../plist/plist-value";
import type { LintFinding } from "./lint-finding";
import type { PayloadForm, PayloadKey } from "./payload-spec";
import { below } from "./variables";

/** Apple, "CommonPayloadKeys" and what the console of Apple Configurator adds; every payload may have them. */
const COMMON = new Set(["PayloadIdentifier", "PayloadUUID", "PayloadType", "PayloadVersion", "PayloadDisplayName", "PayloadDescription", "PayloadOrganization", "PayloadEnabled", "PayloadScope"]);

/** What Apple's schema says of a type; null for one it does not have. */
export function payloadForms(type: string): readonly PayloadForm[] | null {
  return Object.hasOwn(PAYLOAD_TYPES, type) ? (PAYLOAD_TYPES[type] ?? null) : null;
}

/** What people call a payload type; its last word where Apple's schema does not have it. */
export function payloadTitle(type: string): string {
  const forms = payloadForms(type);
  return forms?.[0]?.title ?? type;
}

/** Holds a payload against the form of its type that fits it best. */
export function checkPayload(payload: PlistDictionary, forms: readonly PayloadForm[], pointer: string): LintFinding[] {
  const checked = forms.map((form) => {
    const findings: LintFinding[] = [];
    checkKeys(form.keys, payload, pointer, findings, true);
    return [...findings, ...availabilityNotes(form, payload, pointer)];
  });
  const [best] = checked.toSorted((a, b) => weight(a) - weight(b));
  return best ?? [];
}

function weight(findings: readonly LintFinding[]): number {
  return findings.reduce((sum, { severity }) => sum + (severity === "error" ? 100 : severity === "warning" ? 1 : 0), 0);
}

function checkKeys(specs: readonly PayloadKey[], value: PlistDictionary, pointer: string, findings: LintFinding[], top: boolean): void {
  const any = specs.find(({ key }) => key === "ANY");
  for (const [key, part] of Object.entries(value)) {
    if (top && COMMON.has(key)) continue;
    const spec = specs.find((known) => known.key === key) ?? any;
    // A system newer than the schema may know it.
    if (spec === undefined) findings.push({ severity: "warning", pointer: below(pointer, key), detail: "Apple’s schema has no such key here: devices ignore it, or it is newer." });
    else checkValue(spec, part, below(pointer, key), findings);
  }
  for (const { key, required } of specs) {
    if (required === true && key !== "ANY" && value[key] === undefined) findings.push({ severity: "error", pointer: below(pointer, key), detail: "is required, and is not there." });
  }
}

function checkValue(spec: PayloadKey, value: PlistValue, pointer: string, findings: LintFinding[]): void {
  const wrong = CHECKS[spec.type](value);
  if (wrong !== null) findings.push({ severity: "error", pointer, detail: `must be ${wrong}.` });
  else if (Array.isArray(value)) checkItems(spec, value, pointer, findings);
  else if (isDictionary(value)) {
    if (spec.keys !== undefined) checkKeys(spec.keys, value, pointer, findings, false);
  } else if (spec.values !== undefined && !spec.values.some((listed) => listed === plain(value))) {
    findings.push({ severity: "warning", pointer, detail: `is none of the values that Apple lists: ${spec.values.slice(0, 12).join(", ")}.` });
  }
}

/** Lists of several kinds of items are not told apart by the schema. */
function checkItems({ items }: PayloadKey, list: readonly PlistValue[], pointer: string, findings: LintFinding[]): void {
  const [only, ...others] = items ?? [];
  if (only === undefined || others.length > 0) return;
  for (const [index, item] of list.entries()) checkValue(only, item, below(pointer, index), findings);
}

const isNumber = (value: PlistValue): boolean => typeof value === "number" || typeof value === "bigint" || value instanceof PlistReal;

/** Null, or what the value must be. */
const CHECKS: Record<PayloadKey["type"], (value: PlistValue) => string | null> = {
  string: (value) => (typeof value === "string" ? null : "text (string)"),
  integer: (value) => (typeof value === "bigint" || Number.isInteger(value) ? null : "a whole number (integer)"),
  real: (value) => (isNumber(value) ? null : "a number (real)"),
  boolean: (value) => (typeof value === "boolean" ? null : "true or false"),
  data: (value) => (value instanceof Uint8Array ? null : "data"),
  date: (value) => (value instanceof Date ? null : "a date"),
  any: () => null,
  array: (value) => (Array.isArray(value) ? null : "a list (array)"),
  dictionary: (value) => (isDictionary(value) ? null : "a dictionary (dict)"),
};

function plain(value: PlistValue): PlistValue {
  return value instanceof PlistReal ? value.value : value;
}

/** Which devices take it, in one sentence for each thing to know. */
function availabilityNotes({ title, os, keys }: PayloadForm, payload: PlistDictionary, pointer: string): LintFinding[] {
  const offered = Object.entries(os).filter(([, { introduced }]) => introduced !== null && introduced !== undefined);
  const supervised = offered.filter(([, there]) => there.supervised === true).map(([name]) => name);
  const userOnly = offered.filter(([, there]) => there.deviceChannel === false).map(([name]) => name);
  const removed = offered.filter(([, there]) => there.removed !== undefined).map(([name, there]) => `${name} ${there.removed}`);
  const strict = keys.filter(({ key, os: at }) => payload[key] !== undefined && Object.values(at ?? {}).some((there) => there.supervised === true)).map(({ key }) => key);
  const note = (severity: LintFinding["severity"], detail: string): LintFinding => ({ severity, pointer, detail });
  return [
    ...(offered.length > 0 && offered.length < 4 ? [note("note", `${title} is only for ${offered.map(([name, { introduced }]) => `${name} ${introduced} and later`).join(", ")}.`)] : []),
    ...(supervised.length > 0 ? [note("note", `Only supervised devices take it: ${supervised.join(", ")}.`)] : []),
    ...(strict.length > 0 ? [note("note", `Only supervised devices heed ${strict.slice(0, 12).join(", ")}.`)] : []),
    ...(userOnly.length > 0 ? [note("warning", `On ${userOnly.join(", ")} it belongs to the channel of a user; it is sent on that of the device.`)] : []),
    ...(removed.length > 0 ? [note("warning", `It is gone since ${removed.join(", ")}.`)] : []),
  ];
}
