import { CONDITION_WORDS, UNKNOWN_VERSION, wordsOfCondition, type FilterField } from "./device-conditions";
import type { DeviceFilter } from "./device-filter";
import { COMMAND_STATES, ENROLLMENT_STATES, PLATFORMS, PROFILE_STATES, PUSH_HEALTH } from "./words";

/** Names that stand behind ids; what is not known yet is shown as an ellipsis. */
export type NameOf = (kind: "group" | "link", id: string) => string;

/** A condition as people read it: field, operator, value. */
export interface ConditionWords {
  field: string;
  operator: string;
  value: string;
}

const STATE_LABELS: Record<string, string> = { ...labels(ENROLLMENT_STATES), none: "Not enrolled" };
const PUSH_LABELS = labels(PUSH_HEALTH);
const COMMAND_LABELS: Record<string, string> = { open: "Open", ...labels(COMMAND_STATES) };
const PROFILE_LABELS = Object.fromEntries(CONDITION_WORDS.profiles.map((word) => [word, PROFILE_STATES[word].label]));
const SPAN_UNITS = { m: "minute", h: "hour", d: "day" } as const;

function labels(table: Record<string, { label: string }>): Record<string, string> {
  return Object.fromEntries(Object.entries(table).map(([word, { label }]) => [word, label]));
}

/** What the words of a set-like condition are called; null where any text is allowed. */
export const FIELD_LABELS: { readonly [field in FilterField]?: Readonly<Record<string, string>> } = { state: STATE_LABELS, platform: PLATFORMS, push: PUSH_LABELS, commands: COMMAND_LABELS, profiles: PROFILE_LABELS };

export function spanWords(span: string): string {
  const amount = Number(span.slice(0, -1));
  const unit = SPAN_UNITS[span.slice(-1) as keyof typeof SPAN_UNITS];
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

/** One condition of a filter in words; null when the filter does not have it. */
export function conditionWords(filter: DeviceFilter, field: FilterField, nameOf: NameOf): ConditionWords | null {
  const value = filter[field];
  if (value === undefined) return null;
  const { not, words } = wordsOfCondition(value);
  const among = (name: string, operators: [string, string] = ["is", "is not"]): ConditionWords => ({
    field: name, operator: operators[not ? 1 : 0], value: words.map((word) => FIELD_LABELS[field]?.[word] ?? word).join(" or "),
  });
  const named = (name: string, kind: "group" | "link"): ConditionWords => ({ field: name, operator: not ? "is not" : "is", value: nameOf(kind, words[0] ?? "") });
  const yes = (name: string): ConditionWords => ({ field: name, operator: "is", value: value === "yes" ? "yes" : "no" });
  switch (field) {
    case "query": return { field: "Search", operator: "has", value: `“${value}”` };
    case "state": return among("State");
    case "platform": return among("Platform");
    case "push": return among("Push");
    case "commands": return among("Commands", ["has", "has no"]);
    case "profiles": return among("Profiles", ["has", "has no"]);
    case "osVersion": return { field: "OS version", operator: "is", value: value === UNKNOWN_VERSION ? "not known" : value };
    case "osAtLeast": return { field: "OS version", operator: "is at least", value };
    case "osBelow": return { field: "OS version", operator: "is below", value };
    case "supervised": return yes("Supervised");
    case "simulated": return yes("Simulated");
    case "awaitingConfiguration": return yes("Awaiting configuration");
    case "groupId": return named("Group", "group");
    case "linkId": return named("Enrollment link", "link");
    case "seenWithin": return { field: "Last contact", operator: "within", value: spanWords(value) };
    case "silentFor": return { field: "Last contact", operator: "more than", value: `${spanWords(value)} ago` };
    case "identityEndsWithin": return { field: "Identity", operator: "ends within", value: spanWords(value) };
  }
}
