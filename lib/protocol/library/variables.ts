import { isDictionary, emptyDictionary, type PlistDictionary, type PlistValue } from "../plist/plist-value";

/** What may stand in the text of a profile as `$MUSTER_NAME` or `${MUSTER_NAME}`: filled in for each device as it is sent. */
export const PROFILE_VARIABLES = {
  SERIAL_NUMBER: "The serial number.",
  UDID: "The UDID; a User Enrollment has none.",
  DEVICE_NAME: "The name of the device.",
  MODEL_NAME: "The model, as iPad Pro.",
  PRODUCT_NAME: "The product, as iPad14,5.",
  OS_VERSION: "The version of the system.",
  OWNER: "The person it is for, as its enrollment link or work account says.",
  DEVICE_ID: "The id of the device in this server.",
} as const;
export type ProfileVariable = keyof typeof PROFILE_VARIABLES;

export type VariableValues = Readonly<Record<ProfileVariable, string | null>>;

/** `$MUSTER_` begins a variable and nothing else; the longest name counts, and braces end it where text follows. */
const VARIABLE = /\$\{MUSTER_([^}]{0,60})\}?|\$MUSTER_([A-Z0-9_]*)/g;

export interface FoundVariable {
  name: string;
  pointer: string;
  /** Null for a name that is none of ours. */
  variable: ProfileVariable | null;
}

/** Every variable in the texts of a value, with a JSON pointer (RFC 6901) to each. Names of keys are left alone. */
export function variablesIn(value: PlistValue, pointer = ""): FoundVariable[] {
  if (typeof value === "string") {
    return [...value.matchAll(VARIABLE)].map((match) => {
      const name = match[1] ?? match[2] ?? "";
      const closed = match[1] === undefined || match[0].endsWith("}");
      return { name, pointer, variable: closed && isVariable(name) ? name : null };
    });
  }
  if (Array.isArray(value)) return value.flatMap((part, index) => variablesIn(part, `${pointer}/${index}`));
  if (isDictionary(value)) return Object.entries(value).flatMap(([key, part]) => variablesIn(part, below(pointer, key)));
  return [];
}

/** A copy with the variables filled in: values and not text, so nothing can break out of the property list. One without a value stays as it stands. */
export function fillVariables(value: PlistValue, values: VariableValues): PlistValue {
  if (typeof value === "string") {
    return value.replace(VARIABLE, (whole, braced: string | undefined, bare: string | undefined) => {
      const name = braced ?? bare ?? "";
      return (isVariable(name) ? values[name] : null) ?? whole;
    });
  }
  if (Array.isArray(value)) return value.map((part) => fillVariables(part, values));
  return isDictionary(value) ? fillDictionary(value, values) : value;
}

export function fillDictionary(dictionary: PlistDictionary, values: VariableValues): PlistDictionary {
  const filled = emptyDictionary();
  for (const [key, part] of Object.entries(dictionary)) filled[key] = fillVariables(part, values);
  return filled;
}

/** One more step of a JSON pointer. */
export function below(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function isVariable(name: string): name is ProfileVariable {
  return Object.hasOwn(PROFILE_VARIABLES, name);
}
