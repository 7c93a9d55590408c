import { COMMAND_STATES, ENROLLMENT_STATES, PLATFORMS, PUSH_HEALTH, wordsOf } from "./words";

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/** The words that a set-like condition takes. */
export const CONDITION_WORDS = {
  state: [...wordsOf(ENROLLMENT_STATES), "none"],
  platform: wordsOf(PLATFORMS),
  push: wordsOf(PUSH_HEALTH),
  commands: ["open", ...wordsOf(COMMAND_STATES)],
  profiles: ["failed", "drifted", "waiting-for-a-value"],
} as const satisfies Record<string, readonly string[]>;

/** Several words, separated by commas; with "!" in front: none of them. */
function anyOf(words: readonly string[]): RegExp {
  const word = `(${words.join("|")})`;
  return new RegExp(`^!?${word}(,${word})*$`);
}

const VERSION = /^\d{1,6}([.]\d{1,6}){0,4}$/;
/** Instead of a version: the device has told none, or none that can be read. */
export const UNKNOWN_VERSION = "unknown";
const SPAN = /^[1-9]\d{0,3}[mhd]$/;
const FLAG = /^(yes|no)$/;
const REFERENCE = new RegExp(`^!?${UUID}$`, "i");

/** What each condition of a device filter looks like. `device-filter.ts` makes the schema of these; a browser needs no more than them. */
export const CONDITIONS = {
  query: /^[^]{0,200}$/,
  state: anyOf(CONDITION_WORDS.state),
  platform: anyOf(CONDITION_WORDS.platform),
  osVersion: new RegExp(`${VERSION.source}|^${UNKNOWN_VERSION}$`),
  osAtLeast: VERSION,
  osBelow: VERSION,
  supervised: FLAG,
  simulated: FLAG,
  awaitingConfiguration: FLAG,
  groupId: REFERENCE,
  linkId: REFERENCE,
  seenWithin: SPAN,
  silentFor: SPAN,
  push: anyOf(CONDITION_WORDS.push),
  commands: anyOf(CONDITION_WORDS.commands),
  profiles: anyOf(CONDITION_WORDS.profiles),
  identityEndsWithin: SPAN,
} as const satisfies Record<string, RegExp>;
export type FilterField = keyof typeof CONDITIONS;
export const FILTER_FIELDS = Object.keys(CONDITIONS) as FilterField[];

export const DEVICE_ORDERS = ["-added", "added", "-lastSeen", "lastSeen", "name", "-name", "serial", "-serial", "os", "-os"] as const;
export type DeviceOrder = (typeof DEVICE_ORDERS)[number];

/** The words of a condition, and whether they are ruled out. */
export function wordsOfCondition(condition: string): { not: boolean; words: string[] } {
  const not = condition.startsWith("!");
  return { not, words: condition.slice(not ? 1 : 0).split(",") };
}
