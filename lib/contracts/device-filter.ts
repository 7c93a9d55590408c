import { z } from "zod";
import { CONDITION_WORDS, CONDITIONS, DEVICE_ORDERS, type FilterField } from "./device-conditions";

/** Several words of a table, separated by commas; with "!" in front: none of them. */
function anyOf(field: keyof typeof CONDITION_WORDS, description: string) {
  const words = CONDITION_WORDS[field].join(", ");
  return z.string().regex(CONDITIONS[field], `one or more of ${words}, separated by commas`).describe(`${description}: ${words}; several with commas, "!" in front for none of them`).optional();
}

const reference = (description: string) => z.string().regex(CONDITIONS.groupId, "an id").describe(`${description}; "!" in front for all others`).optional();
const version = (description: string) => z.string().regex(CONDITIONS.osAtLeast, "a version such as 18.2").describe(description).optional();
const span = (description: string) => z.string().regex(CONDITIONS.silentFor, "a time such as 30m, 24h or 7d").describe(description).optional();
const flag = (description: string) => z.enum(["yes", "no"]).describe(description).optional();

/** Which devices are meant: conditions, each a short text, that narrow together. The same in the address of the list, in the API, in saved views and in batches. */
export const deviceFilter = z.strictObject({
  query: z.string().max(200).describe("Words that all occur in name, serial number, UDID, IMEI, model, platform, OS version or an owner's or user's name").optional(),
  state: anyOf("state", "State of the newest life of management"),
  platform: anyOf("platform", "Platform"),
  osVersion: z.string().regex(CONDITIONS.osVersion, "a version such as 18.2, or unknown").describe("OS version, exactly; or unknown").optional(),
  osAtLeast: version("OS version, this one or later"),
  osBelow: version("OS version, earlier than this one"),
  supervised: flag("Said to be supervised"),
  simulated: flag("Simulated, no hardware"),
  awaitingConfiguration: flag("Waits in Setup Assistant"),
  groupId: reference("Member of this group"),
  linkId: reference("Its newest life came through this enrollment link"),
  seenWithin: span("Spoke to us within this time"),
  silentFor: span("Managed, and has not spoken to us for this time"),
  push: anyOf("push", "How a managed device can be woken"),
  commands: anyOf("commands", "Has a command in this state, open or ended within 7 days"),
  profiles: anyOf("profiles", "Managed, and a profile of the library is in this state on it"),
  identityEndsWithin: span("Managed, and its identity certificate ends within this time"),
} satisfies Record<FilterField, z.ZodType>);
export type DeviceFilter = z.infer<typeof deviceFilter>;

/** "-" in front: the greatest first. What was never seen comes last in either direction. */
export const deviceOrder = z.enum(DEVICE_ORDERS);

/** Nobody reads a number beyond it, and counting on would cost as much as all the rest of a page. */
export const COUNT_CAP = 10_000;
/** Days for which an ended command counts in `commands`. */
export const COMMANDS_COUNT_DAYS = 7;

const SPAN_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of "30m", "24h" or "7d". */
export function spanMs(text: string): number {
  return Number(text.slice(0, -1)) * SPAN_MS[text.slice(-1) as keyof typeof SPAN_MS];
}
