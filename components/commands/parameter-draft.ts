import type { ParameterSpec } from "@/lib/protocol/commands/command-spec";

/** A file, or text, on its way to becoming base64. */
export interface DataDraft {
  base64: string;
  /** The file's name; null for text typed in. */
  fileName: string | null;
}

/**
 * What a form field holds while it is filled in: text for texts, numbers and dates; "", "true" or "false" for booleans;
 * JSON as text where any keys may stand; null for a dictionary or data that is not given.
 */
export type Draft = string | DataDraft | null | Draft[] | { [key: string]: Draft };
export type DraftRecord = { [key: string]: Draft };

/** The field before anybody touched it. Required booleans begin at the default or at no. */
export function emptyDraft(spec: ParameterSpec): Draft {
  switch (spec.type) {
    case "boolean":
      return spec.required ? String(spec.default === true) : "";
    case "array":
      return Array.isArray(spec.default) ? spec.default.map(String) : [];
    case "dictionary":
      return spec.required ? filledDictionary(spec) : null;
    case "any":
      return "";
    case "data":
      return null;
    default:
      return spec.required && spec.default !== undefined ? String(spec.default) : "";
  }
}

/** A dictionary that is given, before anything is typed: JSON, the first of its shapes, or its keys. */
export function filledDictionary(spec: ParameterSpec): Draft {
  if (spec.freeForm === true) return "";
  const [first] = spec.variants ?? [];
  return first === undefined ? emptyDrafts(spec.keys ?? []) : variantDraft(first);
}

/** A shape of a dictionary, told from the others by its Item. */
export function variantDraft(variant: ParameterSpec): DraftRecord {
  return { ...emptyDrafts(variant.keys ?? []), Item: variant.name };
}

export function emptyDrafts(specs: readonly ParameterSpec[]): DraftRecord {
  return Object.fromEntries(specs.map((spec) => [spec.name, emptyDraft(spec)]));
}

/** The parameters as the API takes them; fields left empty are left out. */
export function parametersOf(specs: readonly ParameterSpec[], drafts: DraftRecord): Record<string, unknown> {
  const parameters: Record<string, unknown> = {};
  for (const spec of specs) {
    const value = valueOf(spec, drafts[spec.name] ?? null);
    if (value !== undefined) parameters[spec.name] = value;
  }
  return parameters;
}

function valueOf(spec: ParameterSpec, draft: Draft): unknown {
  if (draft === null || draft === "") return undefined;
  if (Array.isArray(draft)) return arrayValue(spec, draft);
  if (typeof draft === "string") return textValue(spec, draft);
  if (isData(draft)) return draft.base64;
  const variant = spec.variants?.find((each) => each.name === draft.Item);
  return variant === undefined ? parametersOf(spec.keys ?? [], draft) : { ...parametersOf(variant.keys ?? [], draft), Item: variant.name };
}

/** An optional list left empty is not given at all. An item left empty stays, so that it is complained about. */
function arrayValue(spec: ParameterSpec, drafts: Draft[]): unknown {
  const { items } = spec;
  if (items === undefined || (drafts.length === 0 && !spec.required)) return undefined;
  return drafts.map((draft) => valueOf(items, draft) ?? "");
}

/** What cannot be read as its type stays text, so that the check of the command can say what is wrong. */
function textValue(spec: ParameterSpec, text: string): unknown {
  switch (spec.type) {
    case "boolean":
      return text === "true";
    case "integer":
    case "real":
      return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
    case "date": {
      const date = new Date(text);
      return Number.isNaN(date.getTime()) ? text : date.toISOString();
    }
    case "dictionary":
    case "any":
      return jsonOrText(text);
    default:
      return text;
  }
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function isData(draft: Draft): draft is DataDraft {
  return typeof draft === "object" && draft !== null && !Array.isArray(draft) && typeof draft.base64 === "string" && "fileName" in draft;
}

export function isRecord(draft: Draft): draft is DraftRecord {
  return typeof draft === "object" && draft !== null && !Array.isArray(draft) && !isData(draft);
}
