import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Availability, DeclarationKey, DeclarationSpec, StatusItemShape } from "@/lib/protocol/declarations/declaration-spec";

/** What we read of Apple's YAML; every other key is prose. */
interface Source {
  introduced?: string;
  removed?: string;
  deprecated?: string;
  "allowed-enrollments"?: string[];
  "allowed-scopes"?: string[];
}
interface SourceKey {
  key: string;
  type: string;
  presence?: string;
  default?: string | number | boolean;
  rangelist?: (string | number)[];
  range?: { min?: number; max?: number };
  assettypes?: string[];
  combinetype?: string;
  supportedOS?: Record<string, Source>;
  subkeys?: SourceKey[];
}
interface SourceFile {
  payload: { declarationtype?: string; statusitemtype?: string; supportedOS: Record<string, Source>; apply?: string };
  payloadkeys?: SourceKey[];
}

const KINDS = ["activation", "asset", "configuration", "management"] as const;

/** Every declaration type in the folder of Apple's schema, by name. Formats of credential files and common keys are left out. */
export function readDeclarationSchema(folder: string): DeclarationSpec[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yaml"));
  return files
    .map((file) => parse(readFileSync(path.join(folder, file), "utf8")) as SourceFile)
    .flatMap((file) => specOf(file))
    .toSorted((a, b) => (a.type < b.type ? -1 : 1));
}

/** Every status item in the folder of Apple's schema with the shape of its value. */
export function readStatusItems(folder: string): [string, StatusItemShape][] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  return files
    .map((file) => parse(readFileSync(path.join(folder, file), "utf8")) as Partial<SourceFile>)
    .flatMap(({ payload, payloadkeys }): [string, StatusItemShape][] => {
      const [value] = payloadkeys ?? [];
      return payload?.statusitemtype === undefined || value === undefined ? [] : [[payload.statusitemtype, shapeOf(value)]];
    })
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function shapeOf(value: SourceKey): StatusItemShape {
  if (value.type === "<dictionary>") return "dictionary";
  if (value.type !== "<array>") return "value";
  const keys = value.subkeys?.[0]?.subkeys?.map(({ key }) => key) ?? [];
  return keys.includes("identifier") && keys.includes("_removed") ? "changes" : "list";
}

function specOf({ payload, payloadkeys }: SourceFile): DeclarationSpec[] {
  const type = payload.declarationtype ?? "";
  const kind = KINDS.find((known) => type.startsWith(`com.apple.${known}.`));
  if (kind === undefined) return [];
  return [{ type, kind, ...(payload.apply === undefined ? {} : { apply: payload.apply }), os: availabilities(payload.supportedOS), keys: (payloadkeys ?? []).map(keyOf) }];
}

function availabilities(supported: Record<string, Source>): Record<string, Availability> {
  return Object.fromEntries(Object.entries(supported).map(([os, source]) => [os, availability(source)]));
}

function availability(source: Source): Availability {
  return {
    ...(source.introduced === undefined ? {} : { introduced: source.introduced === "n/a" ? null : source.introduced }),
    ...(source.deprecated === undefined ? {} : { deprecated: source.deprecated }),
    ...(source.removed === undefined ? {} : { removed: source.removed }),
    ...(source["allowed-enrollments"] === undefined ? {} : { enrollments: source["allowed-enrollments"] }),
    ...(source["allowed-scopes"] === undefined ? {} : { scopes: source["allowed-scopes"] }),
  };
}

function keyOf(source: SourceKey): DeclarationKey {
  const type = source.type.replace(/^<|>$/g, "") as DeclarationKey["type"];
  const below = (source.subkeys ?? []).map(keyOf);
  const [item] = below;
  return {
    key: source.key,
    type,
    ...(source.presence === "required" ? { required: true } : {}),
    ...(source.default === undefined ? {} : { default: source.default }),
    ...(source.rangelist === undefined ? {} : { values: source.rangelist }),
    ...(source.range?.min === undefined ? {} : { min: source.range.min }),
    ...(source.range?.max === undefined ? {} : { max: source.range.max }),
    ...(source.assettypes === undefined ? {} : { assetTypes: source.assettypes }),
    ...(source.supportedOS === undefined ? {} : { os: availabilities(source.supportedOS) }),
    ...(type === "array" && item !== undefined ? { items: item } : {}),
    ...(type === "dictionary" && below.length > 0 ? { keys: below } : {}),
  };
}
