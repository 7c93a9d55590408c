import type { CommandSpec, ParameterSpec } from "@/lib/protocol/commands/command-spec";
import { emptyDictionary, isDictionary, type PlistDictionary, type PlistValue } from "@/lib/protocol/plist/plist-value";
import { writePlist } from "@/lib/protocol/plist/write-plist";

const MASK = "••••";
/** Base64 characters of data that are shown. */
const DATA_SHOWN = 64;

/** The command as it will travel, for looking at: what is typed as a secret is masked, long data is cut. */
export function previewOf(spec: CommandSpec, command: PlistDictionary): string {
  return writePlist(maskedKeys(spec.parameters, command)).replaceAll(/<data>([^<]{65,})<\/data>/g, (_, base64: string) => {
    const bytes = Math.floor((base64.replace(/=+$/, "").length * 3) / 4);
    return `<data>${base64.slice(0, DATA_SHOWN)}… (${bytes.toLocaleString()} bytes)</data>`;
  });
}

function maskedKeys(specs: readonly ParameterSpec[], dictionary: PlistDictionary): PlistDictionary {
  const shown = emptyDictionary();
  for (const [key, value] of Object.entries(dictionary)) {
    const spec = specs.find((each) => each.name === key);
    shown[key] = spec === undefined ? value : masked(spec, value);
  }
  return shown;
}

function masked(spec: ParameterSpec, value: PlistValue): PlistValue {
  if (spec.secret === true) return value instanceof Uint8Array ? `${MASK} (${value.length.toLocaleString()} bytes)` : MASK;
  const { items } = spec;
  if (Array.isArray(value)) return items === undefined ? value : value.map((item) => masked(items, item));
  if (!isDictionary(value)) return value;
  const variant = spec.variants?.find((each) => each.name === value.Item);
  return maskedKeys(variant?.keys ?? spec.keys ?? [], value);
}
