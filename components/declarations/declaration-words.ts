import { wordsFromKey } from "@/lib/client/text";
import { declarationKind } from "@/lib/protocol/declarations/validate-declaration";
import { DECLARATION_TYPES } from "@/lib/protocol/generated/declaration-schema";
import type { DeclarationKind } from "@/lib/protocol/declarations/declaration-spec";

export const KIND_WORDS: Record<DeclarationKind, { label: string; meaning: string }> = {
  configuration: { label: "Configuration", meaning: "A setting of the device. Where no activation names it, Muster makes one." },
  activation: { label: "Activation", meaning: "Lets configurations take effect, always or under a condition." },
  asset: { label: "Asset", meaning: "Data that configurations refer to." },
  management: { label: "Management", meaning: "Tells the device of this server and its organization." },
};

export const KIND_OPTIONS = Object.entries(KIND_WORDS).map(([value, { label }]) => ({ value, label }));

/** The types of one kind, for a choice. */
export function typeOptions(kind: DeclarationKind): { value: string; label: string }[] {
  return Object.keys(DECLARATION_TYPES)
    .filter((type) => declarationKind(type) === kind)
    .map((value) => ({ value, label: nameWords(value, kind) }));
}

/** "com.apple.configuration.passcode.settings" as "Passcode settings", other kinds with their kind; a type of nobody's as it stands. */
export function typeWords(type: string): string {
  const kind = declarationKind(type);
  if (kind === null) return type;
  return kind === "configuration" ? nameWords(type, kind) : `${KIND_WORDS[kind].label}: ${nameWords(type, kind).toLowerCase()}`;
}

function nameWords(type: string, kind: DeclarationKind): string {
  return wordsFromKey(type.slice(`com.apple.${kind}.`.length).replaceAll(/[.-]/g, " "));
}
