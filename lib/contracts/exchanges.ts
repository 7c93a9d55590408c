import { z } from "zod";
import { instant, listOf, listQuery } from "./common";

/** One thing a device said, and what it was answered. */
export const exchange = z.object({
  id: z.uuid(),
  at: instant,
  /** Authenticate, TokenUpdate …, or the Status of a report: Idle, Acknowledged … */
  kind: z.string(),
  /** An idle poll with nothing waiting. Those that come within seconds are one entry: `count` of them, `at` the last. */
  idle: z.boolean(),
  count: z.number().int(),
  /** The user whose channel it was; null on the device channel. */
  userName: z.string().nullable(),
  status: z.number().int(),
  /** The code of a refusal, as unknown contacts carry it. */
  refusal: z.string().nullable(),
  bytesIn: z.number().int(),
  bytesOut: z.number().int(),
  durationMs: z.number().int(),
  /** The certificate that proved the sender. */
  certificate: z.object({ fingerprint: z.string(), subject: z.string().nullable(), notAfter: instant.nullable() }),
  /** Positive: the device is ahead. Null where it signs without a time. */
  clockSkewSeconds: z.number().int().nullable(),
  remoteAddress: z.string(),
  /** The command it reports on, and the one it was given; the type is null once the command is forgotten. */
  reported: z.object({ commandId: z.uuid(), requestType: z.string().nullable() }).nullable(),
  delivered: z.object({ commandId: z.uuid(), requestType: z.string().nullable() }).nullable(),
});
export type ExchangeDto = z.infer<typeof exchange>;
export const exchangeList = listOf(exchange);

/** `work` leaves out idle polls; `refused` holds what was answered with an error. */
export const exchangeListQuery = listQuery.extend({ show: z.enum(["all", "work", "refused"]).default("all") });
export type ExchangeSelection = z.infer<typeof exchangeListQuery>["show"];

export const exchangeDetail = exchange.extend({
  /** Property list as XML or JSON with secrets masked. Null when there was no body, it was too long, or it could not be read. */
  request: z.string().nullable(),
  answer: z.string().nullable(),
});
export type ExchangeDetail = z.infer<typeof exchangeDetail>;

export const exchangeParams = z.object({ id: z.uuid(), exchangeId: z.uuid() });
