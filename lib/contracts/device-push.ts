import { z } from "zod";
import { instant } from "./common";
import { PUSH_CAUSES, PUSH_OUTCOMES, PUSH_REASONS, wordsOf } from "./words";

/** A push that was sent, and what APNs said. */
export const pushAttempt = z.object({
  at: instant,
  /** What to quote to Apple; null for an old entry without one. */
  apnsId: z.string().nullable(),
  /** Null when no answer came. */
  status: z.number().int().nullable(),
  reason: z.string().nullable(),
  outcome: z.enum(wordsOf(PUSH_OUTCOMES)),
  sentence: z.string(),
  /** What the server does about it. */
  action: z.string(),
});
export type PushAttemptDto = z.infer<typeof pushAttempt>;

/** What fails for every device of a topic. */
export const pushAlarm = z.object({ topic: z.string(), since: instant, status: z.number().int().nullable(), reason: z.string().nullable(), sentence: z.string() });

/** What stands between this server and waking a device. Tokens and magic never leave. */
export const devicePush = z.object({
  /** The newest life on the device channel; null for a device that never enrolled. */
  enrollmentId: z.uuid().nullable(),
  /** May a push be asked for now? */
  pushable: z.boolean(),
  finding: z.object({
    cause: z.enum(wordsOf(PUSH_CAUSES)),
    /** The likely cause. */
    sentence: z.string(),
    /** What to do about it, first things first. */
    advice: z.array(z.string()),
  }),
  /** The topic the device says it listens to. */
  topic: z.string().nullable(),
  /** The topic of the profile its identity was issued for. */
  profileTopic: z.string().nullable(),
  testTopic: z.boolean(),
  /** The push certificate of the topic. */
  certificate: z.object({ id: z.uuid(), expiresAt: instant }).nullable(),
  alarm: pushAlarm.nullable(),
  hasToken: z.boolean(),
  /** When the device told its push token and push magic, always both together. */
  tokenUpdatedAt: instant.nullable(),
  tokenDeadAt: instant.nullable(),
  lastContactAt: instant.nullable(),
  firstContactAt: instant.nullable(),
  /** Commands that it has not answered. */
  openCommands: z.number().int(),
  /** Pushes that were accepted since it last connected. */
  pushesUnanswered: z.number().int(),
  nextPush: z.object({ at: instant, reason: z.enum(wordsOf(PUSH_REASONS)) }).nullable(),
  /** The last ones, newest first. */
  attempts: z.array(pushAttempt),
});
export type DevicePushDto = z.infer<typeof devicePush>;
