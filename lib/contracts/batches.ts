import { z } from "zod";
import { commandState, commandSummary } from "./commands";
import { instant, listOf, listQuery } from "./common";
import { deviceFilter } from "./device-filter";

/** Which devices a batch goes to; a group and a filter are frozen when the batch is made. */
export const batchTarget = z.union([
  z.strictObject({ deviceIds: z.array(z.uuid()).min(1).max(50_000) }),
  z.strictObject({ groupId: z.uuid() }),
  z.strictObject({ filter: deviceFilter }),
]);
export type BatchTarget = z.infer<typeof batchTarget>;

export const sendBatchBody = z
  .object({
    requestType: z.string().min(1).max(100),
    /** By Apple's key names. Data is base64, dates are ISO 8601. */
    parameters: z.record(z.string(), z.unknown()).optional(),
    /** A whole command dictionary as an XML property list; excludes `parameters`. */
    rawPlist: z.string().max(8_000_000).optional(),
    target: batchTarget,
    notBefore: instant.optional(),
    expiresAt: instant.optional(),
    /** Held back by the server for so many seconds, in which `cancel` surely keeps it from the device. */
    holdSeconds: z.number().int().min(1).max(60).optional(),
    push: z.boolean().default(true),
    /** Sends it also where eligibility speaks against it but Apple lets one try. */
    override: z.boolean().default(false),
    /** Refuse with `conflict` unless exactly so many devices can take it now. */
    expected: z.number().int().nonnegative().optional(),
  })
  .refine((body) => body.parameters === undefined || body.rawPlist === undefined, {
    path: ["rawPlist"],
    message: "either parameters or rawPlist, not both",
  });
export type SendBatchBody = z.input<typeof sendBatchBody>;

/** What a batch was made for: what was asked, or a part of an earlier batch. Of a list of ids the first 1 000. */
export const batchTargetShown = z.union([...batchTarget.options, z.strictObject({ batchId: z.uuid(), which: z.enum(["failed", "silent"]) })]);

export const commandBatch = z.object({
  id: z.uuid(),
  requestType: z.string(),
  target: batchTargetShown,
  /** Devices that were given the command. */
  total: z.number().int(),
  /** Devices of the target that were not, and why: the first 1 000. */
  skipped: z.array(z.object({ deviceId: z.uuid(), reason: z.string() })),
  skippedTotal: z.number().int(),
  byState: z.record(z.string(), z.number().int()),
  createdBy: z.string(),
  createdAt: instant,
});
export type CommandBatchDto = z.infer<typeof commandBatch>;
export const commandBatchList = listOf(commandBatch);

/** A row of the batch: the command, and what its device is called (the name it gave, else the serial number). */
export const batchCommand = commandSummary.extend({ deviceName: z.string().nullable() });
export type BatchCommand = z.infer<typeof batchCommand>;
export const batchCommandList = listOf(batchCommand);

export const fleetCommandListQuery = listQuery.extend({ state: commandState.optional() });
/** Beyond 10 000 nobody counts on. */
export const fleetCommandList = batchCommandList.extend({ totalCapped: z.boolean() });
export type FleetCommandList = z.infer<typeof fleetCommandList>;

export const batchCommandListQuery = listQuery.extend({ state: commandState.optional() });

/**
 * `failed`: the device answered that it failed. `silent`: no answer came; what was taken out or ran out of time is
 * queued again, what still waits stays as it is and its device is pushed once more.
 */
export const retryBatchBody = z.object({ which: z.enum(["failed", "silent"]) });
export type RetryBatchBody = z.input<typeof retryBatchBody>;

/** `cancelled` will not run. `mayStillRun` had been delivered: taken out as well, but the device may have done it. */
export const batchCancelled = z.object({ cancelled: z.number().int(), mayStillRun: z.number().int() });
export type BatchCancelled = z.infer<typeof batchCancelled>;
