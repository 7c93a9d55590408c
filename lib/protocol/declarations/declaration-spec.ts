/** The four kinds of declarations; the word stands in the path by which a device asks for one. */
export const DECLARATION_KINDS = ["activation", "asset", "configuration", "management"] as const;
export type DeclarationKind = (typeof DECLARATION_KINDS)[number];

/** Where Apple offers something. `introduced` is null where it is not offered, and left out where the parent's stands. */
export interface Availability {
  introduced?: string | null;
  deprecated?: string;
  removed?: string;
  /** supervised, device, user, local */
  enrollments?: readonly string[];
  /** system, user */
  scopes?: readonly string[];
}

/** One key of a payload. The key "ANY" stands for every name. */
export interface DeclarationKey {
  key: string;
  type: "string" | "integer" | "real" | "boolean" | "data" | "any" | "array" | "dictionary";
  required?: boolean;
  default?: string | number | boolean;
  values?: readonly (string | number)[];
  min?: number;
  max?: number;
  /** The key names an asset of one of these types. */
  assetTypes?: readonly string[];
  os?: Readonly<Record<string, Availability>>;
  /** Of an array. */
  items?: DeclarationKey;
  /** Of a dictionary; without any, every key is taken. */
  keys?: readonly DeclarationKey[];
}

/** A declaration type as Apple's schema describes it. */
export interface DeclarationSpec {
  type: string;
  kind: DeclarationKind;
  /** How several configurations of this type go together: single, multiple or combined. */
  apply?: string;
  os: Readonly<Record<string, Availability>>;
  keys: readonly DeclarationKey[];
}

/** Of a status item: "changes" is a list whose reports hold only what changed, "list" one that comes as a whole. */
export type StatusItemShape = "value" | "dictionary" | "list" | "changes";
