import { z } from "zod";
import { ADE_PROBLEMS } from "./ade-words";
import { pushAlarm } from "./device-push";
import { instant, listOf, listQuery } from "./common";
import { deviceCount } from "./devices";
import { wordsOf } from "./words";

/** One line of the log, as the timeline, the audit page and the event stream show it. */
export const event = z.object({
  /** A growing number, as text. */
  id: z.string(),
  at: instant,
  kind: z.string(),
  /** Is it what people or scripts did: does it stand in the audit log? */
  audit: z.boolean(),
  /** `device`, `system`, `user:<e-mail>` or `token:<name>`. */
  actor: z.string(),
  deviceId: z.uuid().nullable(),
  enrollmentId: z.uuid().nullable(),
  commandId: z.uuid().nullable(),
  linkId: z.uuid().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type EventDto = z.infer<typeof event>;
/** `totalCapped`: there are more than `total`. */
export const eventList = listOf(event).extend({ totalCapped: z.boolean() });
export type EventList = z.infer<typeof eventList>;

/** `kind`: one kind, or several separated by commas; one that ends with a dot stands for all that begin so ("command."). */
export const eventListQuery = listQuery.extend({ deviceId: z.uuid().optional(), kind: z.string().max(500).optional() });

/** `after`: the id after which the stream begins; the header Last-Event-ID, with what `id:` last said, also names those before it that had not come yet. */
export const eventStreamQuery = z.object({ after: z.string().regex(/^\d{1,18}$/, "an event id").optional() });

/** Numbers for the first page. */
export const overview = z.object({
  devices: z.object({
    total: z.number().int(),
    simulated: z.number().int(),
    byState: z.record(z.string(), z.number().int()),
    byPlatform: z.record(z.string(), z.number().int()),
    /** Devices of each platform and OS version, the most frequent first. */
    byVersion: z.array(z.object({ platform: z.string(), osVersion: z.string().nullable(), count: z.number().int() })),
    /** Managed devices by how they can be woken. */
    byPush: z.record(z.string(), z.number().int()),
    /** What somebody should look at, by the name of the view that shows it. */
    attention: z.record(z.string(), deviceCount),
  }),
  /** The last 48 hours, oldest first. */
  hours: z.array(z.object({ hour: instant, checkIns: z.number().int(), pushesAccepted: z.number().int(), pushesFailed: z.number().int() })),
  /** When the longest waiting command was queued; null when none waits. */
  oldestQueuedAt: instant.nullable(),
  commands: z.object({ byState: z.record(z.string(), z.number().int()) }),
  unknownContacts: z.number().int(),
  /** Decisions that somebody has to make. */
  admissionsWaiting: z.number().int(),
  restoresWaiting: z.number().int(),
  terminationsHeld: z.number().int(),
  push: z.object({ topic: z.string(), testTopic: z.boolean(), expiresAt: instant.nullable(), alarms: z.array(pushAlarm) }),
  /** Servers for Automated Device Enrollment that have a token, with its end and what Apple complains of. */
  adeServers: z.array(z.object({ id: z.uuid(), name: z.string(), tokenExpiresAt: instant, problem: z.enum(wordsOf(ADE_PROBLEMS)).nullable() })),
  links: z.number().int(),
});
export type Overview = z.infer<typeof overview>;
