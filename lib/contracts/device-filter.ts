import { z } from "zod";
import { COMMAND_STATES, ENROLLMENT_STATES, PLATFORMS, PUSH_HEALTH, wordsOf } from "./words";

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const DEVICE_STATES = [...wordsOf(ENROLLMENT_STATES), "none"] as const;
const COMMAND_WORDS = ["open", ...wordsOf(COMMAND_STATES)] as const;

/** Several words of a table, separated by commas; with "!" in front: none of them. */
function anyOf(words: readonly string[], description: string) {
  const word = `(${words.join("|")})`;
  return z.string().regex(new RegExp(`^!?${word}(,${word})*$`), `one or more of ${words.join(", ")}, separated by commas`).describe(`${description}: ${words.join(", ")}; several with commas, "!" in front for none of them`).optional();
}

const reference = (description: string) => z.string().regex(new RegExp(`^!?${UUID}$`, "i"), "an id").describe(`${description}; "!" in front for all others`).optional();
const version = (description: string) => z.string().regex(/^\d{1,6}([.]\d{1,6}){0,4}$/, "a version such as 18.2").describe(description).optional();
const span = (description: string) => z.string().regex(/^[1-9]\d{0,3}[mhd]$/, "a time such as 30m, 24h or 7d").describe(description).optional();
const flag = (description: string) => z.enum(["yes", "no"]).describe(description).optional();

/** Which devices are meant: conditions, each a short text, that narrow together. The same in the address of the list, in the API, in saved views and in batches. */
export const deviceFilter = z.strictObject({
  query: z.string().max(200).describe("Words that all occur in name, serial number, UDID, IMEI, model, platform, OS version or an owner's or user's name").optional(),
  state: anyOf(DEVICE_STATES, "State of the newest life of management"),
  platform: anyOf(wordsOf(PLATFORMS), "Platform"),
  osVersion: version("OS version, exactly"),
  osAtLeast: version("OS version, this one or later"),
  osBelow: version("OS version, earlier than this one"),
  supervised: flag("Said to be supervised"),
  simulated: flag("Simulated, no hardware"),
  awaitingConfiguration: flag("Waits in Setup Assistant"),
  groupId: reference("Member of this group"),
  linkId: reference("Its newest life came through this enrollment link"),
  seenWithin: span("Spoke to us within this time"),
  silentFor: span("Managed, and has not spoken to us for this time"),
  push: anyOf(wordsOf(PUSH_HEALTH), "How a managed device can be woken"),
  commands: anyOf(COMMAND_WORDS, "Has a command in this state, open or ended within 7 days"),
  identityEndsWithin: span("Managed, and its identity certificate ends within this time"),
});
export type DeviceFilter = z.infer<typeof deviceFilter>;

export const DEVICE_ORDERS = ["-added", "added", "-lastSeen", "lastSeen", "name", "-name", "serial", "-serial", "os", "-os"] as const;
export type DeviceOrder = (typeof DEVICE_ORDERS)[number];
/** "-" in front: the greatest first. What was never seen comes last in either direction. */
export const deviceOrder = z.enum(DEVICE_ORDERS);

/** Days for which an ended command counts in `commands`. */
export const COMMANDS_COUNT_DAYS = 7;

/** The words of a condition, and whether they are ruled out. */
export function wordsOfCondition(condition: string): { not: boolean; words: string[] } {
  const not = condition.startsWith("!");
  return { not, words: condition.slice(not ? 1 : 0).split(",") };
}

const SPAN_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of "30m", "24h" or "7d". */
export function spanMs(text: string): number {
  return Number(text.slice(0, -1)) * SPAN_MS[text.slice(-1) as keyof typeof SPAN_MS];
}
