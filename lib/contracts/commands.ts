import { z } from "zod";
import { instant, listOf, listQuery } from "./common";
import { COMMAND_STATES, wordsOf } from "./words";

export const commandState = z.enum(wordsOf(COMMAND_STATES));

export const errorChainItem = z.object({
  ErrorCode: z.number().nullable(),
  ErrorDomain: z.string().nullable(),
  LocalizedDescription: z.string().nullable(),
  USEnglishDescription: z.string().nullable(),
});
export type ErrorChainItem = z.infer<typeof errorChainItem>;

/** A row of the command list. */
export const commandSummary = z.object({
  id: z.uuid(),
  /** The CommandUUID on the wire: the same as `id`. */
  commandUuid: z.uuid(),
  deviceId: z.uuid(),
  enrollmentId: z.uuid(),
  requestType: z.string(),
  state: commandState,
  createdBy: z.string(),
  notBefore: instant.nullable(),
  expiresAt: instant.nullable(),
  queuedAt: instant,
  deliveredAt: instant.nullable(),
  deliveries: z.number().int(),
  deferrals: z.number().int(),
  deferredAt: instant.nullable(),
  endedAt: instant.nullable(),
  errorChain: z.array(errorChainItem).nullable(),
  cause: z.string().nullable(),
});
export type CommandSummary = z.infer<typeof commandSummary>;
export const commandList = listOf(commandSummary);
export type CommandList = z.infer<typeof commandList>;

/** `enrollmentId`: only those of one channel in one of its lives. */
export const commandListQuery = listQuery.extend({ state: commandState.optional(), enrollmentId: z.uuid().optional() });

/** One thing that happened to a command. */
export const commandStep = z.object({ at: instant, kind: z.string(), actor: z.string(), data: z.record(z.string(), z.unknown()) });

export const command = commandSummary.extend({
  /** The command as sent, secrets masked: JSON for reading and XML as on the wire. */
  request: z.unknown(),
  requestXml: z.string(),
  /** The device's answer in the same two shapes; null while there is none. */
  response: z.unknown().nullable(),
  responseXml: z.string().nullable(),
  steps: z.array(commandStep),
});
export type CommandDto = z.infer<typeof command>;

export const sendCommandBody = z
  .object({
    requestType: z.string().min(1).max(100),
    /** By Apple's key names. Data is base64, dates are ISO 8601. */
    parameters: z.record(z.string(), z.unknown()).optional(),
    /** A whole command dictionary as an XML property list; excludes `parameters`. */
    rawPlist: z.string().max(8_000_000).optional(),
    /** The user on whose channel it goes: UserID, short name or key of the channel. The device channel without. */
    userId: z.string().min(1).max(500).optional(),
    /** Sends it also where eligibility speaks against it but Apple lets one try. */
    override: z.boolean().default(false),
    notBefore: instant.optional(),
    expiresAt: instant.optional(),
    /** Held back by the server for so many seconds, in which `cancel` surely keeps it from the device. */
    holdSeconds: z.number().int().min(1).max(60).optional(),
    push: z.boolean().default(true),
    /** An equal query that still waits is answered instead of queued again. */
    deduplicate: z.boolean().default(true),
  })
  .refine((body) => body.parameters === undefined || body.rawPlist === undefined, {
    path: ["rawPlist"],
    message: "either parameters or rawPlist, not both",
  });
export type SendCommandBody = z.input<typeof sendCommandBody>;

export const commandQueued = z.object({ id: z.uuid(), commandUuid: z.uuid(), state: commandState });
export type CommandQueued = z.infer<typeof commandQueued>;

/** `mayStillRun` is true when the device already had it. */
export const commandCancelled = z.object({ id: z.uuid(), state: commandState, mayStillRun: z.boolean() });
