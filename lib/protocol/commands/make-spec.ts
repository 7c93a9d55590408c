import { availabilityOf } from "./availability";
import type { CommandGroup, CommandRule, CommandSpec, ParameterSpec } from "./command-spec";
import { NEVER_DEFERRED } from "./never-deferred";
import { SCHEMA } from "./newer-schema";
import type { SchemaKey, Systems } from "./schema-facts";

/** What the schema does not say of a parameter, in our words. */
export type ParameterWords = string | Partial<Omit<ParameterSpec, "name" | "type" | "keys" | "items" | "variants">>;

/** What the schema does not say of a command, in our words. */
export interface CommandWords {
  title: string;
  words: readonly string[];
  summary: string;
  group: CommandGroup;
  danger?: CommandSpec["danger"];
  query?: boolean;
  rank?: CommandSpec["rank"];
  /** By path: "ReturnToService.Enabled", "Identifiers[]" for an item, "Settings[Wallpaper].Image" for a variant. */
  parameters?: Readonly<Record<string, ParameterWords>>;
  rules?: readonly CommandRule[];
}

const SECRET_NAME = /^(PIN|Payload|WiFiProfileData|MDMProfileData|RedemptionCode|PrivateKeyExport|BootstrapToken|UnlockToken|AppleCareToken)$|password/i;

/** A command of Apple's schema with our words laid over it. @throws Error for words about what the schema does not have */
export function makeSpec(requestType: string, words: CommandWords): CommandSpec {
  const schema = SCHEMA.find((command) => command.requestType === requestType);
  if (schema === undefined) throw new Error(`Apple's schema has no ${requestType}`);
  const unused = new Set(Object.keys(words.parameters ?? {}));
  const context: Context = { words: words.parameters ?? {}, unused };
  const parameters = schema.keys.map((key) => parameterOf(key, key.key, schema.systems, context));
  if (unused.size > 0) throw new Error(`${requestType} has no ${[...unused].join(", ")}`);
  return {
    requestType,
    title: words.title,
    words: words.words,
    summary: words.summary,
    group: words.group,
    danger: words.danger ?? (words.query === true ? "none" : "confirm"),
    neverDeferred: isNeverDeferred(requestType, schema.systems),
    query: words.query ?? false,
    rank: words.rank ?? 2,
    parameters,
    systems: schema.systems,
    rules: words.rules ?? [],
  };
}

/** On every system of the two Apple speaks of that has the command. */
function isNeverDeferred(requestType: string, { iOS, macOS }: Systems): boolean {
  const on = (facts: unknown, list: readonly string[]) => facts === null || facts === undefined || list.includes(requestType);
  return on(iOS, NEVER_DEFERRED.ios) && on(macOS, NEVER_DEFERRED.macos) && (NEVER_DEFERRED.ios.includes(requestType) || NEVER_DEFERRED.macos.includes(requestType));
}

interface Context {
  words: Readonly<Record<string, ParameterWords>>;
  unused: Set<string>;
}

function parameterOf(key: SchemaKey, path: string, around: Systems, context: Context): ParameterSpec {
  const given = context.words[path];
  context.unused.delete(path);
  const words = typeof given === "string" ? { help: given } : (given ?? {});
  const name = path.endsWith("[]") ? singular(key.key) : key.key;
  const here = { ...around, ...key.systems };
  const spec: ParameterSpec = {
    name,
    type: key.type,
    required: key.required === true || path.endsWith("[]"),
    ...(SECRET_NAME.test(key.key) && (key.type === "string" || key.type === "data") ? { secret: true } : {}),
    ...(isFilled(key) ? { min: 1 } : {}),
    ...(key.values === undefined ? {} : { values: key.values }),
    ...(key.default === undefined ? {} : { default: key.default }),
    ...(key.systems === undefined ? {} : { systems: key.systems }),
    ...words,
    help: [words.help ?? "", availabilityOf(key.systems ?? {}, around)].filter((sentence) => sentence !== "").join(" "),
  };
  return { ...spec, ...insideOf(key, path, here, context) };
}

/** Texts, data and lists that hold nothing are mistakes, unless the words say otherwise. */
function isFilled(key: SchemaKey): boolean {
  return key.values === undefined && (key.type === "string" || key.type === "data" || key.type === "array");
}

function insideOf(key: SchemaKey, path: string, systems: Systems, context: Context): Partial<ParameterSpec> {
  const keys = key.keys ?? [];
  const [first] = keys;
  if (key.type === "array" && first !== undefined) {
    if (keys.length > 1) return { items: variantsOf(keys, path, systems, context) };
    return { items: parameterOf(first, `${path}[]`, systems, context) };
  }
  // DeviceInformation: what may be asked stands as keys below the item.
  if (key.type === "string" && keys.length > 0) return { values: keys.map((query) => query.key) };
  if (key.type !== "dictionary") return {};
  if (first === undefined || first.type === "any") return { freeForm: true };
  return { keys: keys.map((part) => parameterOf(part, `${path}.${part.key}`, systems, context)) };
}

/** Several dictionaries below one array: each item is one of them (Settings). */
function variantsOf(keys: readonly SchemaKey[], path: string, systems: Systems, context: Context): ParameterSpec {
  const variants = keys.map((key) => parameterOf(key, `${path}[${key.key}]`, systems, context));
  return { name: singular(path), type: "dictionary", required: true, help: "One of the settings.", variants };
}

/** "IdentifiersItem" and "Identifiers" are lists of an "Identifier". */
function singular(name: string): string {
  const base = name.replace(/Items?$/, "");
  if (base.endsWith("ies")) return `${base.slice(0, -3)}y`;
  return base.replace(/List$/, "").replace(/s$/, "");
}
