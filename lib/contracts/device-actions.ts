import { z } from "zod";
import { batchTarget } from "./batches";
import { terminationMethod } from "./devices";

/** Whom: fixed at the moment the request is carried out. */
const target = batchTarget;
/** How many devices it was meant to reach; when there are more or fewer by now nothing is done. */
const expected = z.number().int().nonnegative().optional().describe("Refuse with `conflict` unless exactly so many devices can take it now");

/** What is to be done with the devices. */
export const deviceAction = z.union([
  z.strictObject({ kind: z.literal("command"), requestType: z.string().min(1).max(100), parameters: z.record(z.string(), z.unknown()).optional(), rawPlist: z.string().max(8_000_000).optional(), override: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal("push") }),
  z.strictObject({ kind: z.literal("termination") }),
  z.strictObject({ kind: z.literal("group"), groupId: z.uuid() }),
]);
export type DeviceAction = z.input<typeof deviceAction>;

export const reviewBody = z.object({ target, action: deviceAction });
export type ReviewBody = z.input<typeof reviewBody>;

/** `left` says why devices are left out, the most frequent reason first, each with some of them by name. */
export const review = z.object({
  total: z.number().int(),
  eligible: z.number().int(),
  left: z.array(z.object({ reason: z.string(), count: z.number().int(), devices: z.array(z.object({ id: z.uuid(), name: z.string().nullable() })) })),
});
export type Review = z.infer<typeof review>;

export const pushManyBody = z.object({ target, expected });
export type PushManyBody = z.input<typeof pushManyBody>;

/** So many at a time: each is a transaction of its own, with a command where one is needed. */
export const MOST_TERMINATIONS = 1_000;
export const terminateManyBody = z.object({ target, method: terminationMethod, expected });
export type TerminateManyBody = z.input<typeof terminateManyBody>;

/** Devices it was done to, and those that were left out. */
export const acted = z.object({ done: z.number().int(), left: z.number().int() });
