import { COUNT_CAP } from "@/lib/contracts/device-filter";
import { MusterError } from "@/lib/contracts/errors";
import { EVENT_KINDS, type EventKind } from "@/lib/contracts/event-kinds";
import type { Executor } from "@/lib/db/database";
import { signal } from "@/lib/db/signals";
import { countEvents, countEventsSince, findEvents, findEventsOfCommand, insertEvents, type EventRow, type NewEvent } from "./event-store";

export type { EventRow, NewEvent };

const AUDIT_KINDS = (Object.keys(EVENT_KINDS) as EventKind[]).filter((kind) => EVENT_KINDS[kind].audit);

export interface EventListRequest {
  limit: number;
  cursor?: string | null;
  deviceId?: string | null;
  linkId?: string | null;
  kind?: string | null;
  /** Only what happened to devices. */
  ofDevices?: boolean;
  /** Only what people and scripts did. */
  auditOnly?: boolean;
}

export interface EventPage {
  items: EventRow[];
  nextCursor: string | null;
  total: number;
  /** There are more than `total`. */
  totalCapped: boolean;
}

/**
 * Appends to the log by the executor given, so that an event is durable with the change it tells of,
 * and wakes whoever watches the log.
 */
export async function recordEvents(executor: Executor, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await insertEvents(executor, events);
  signal("events");
}

/** One page of the log, newest first. Throws `invalid-input` for a cursor that is not ours. */
export async function listEvents(request: EventListRequest): Promise<EventPage> {
  const filter = { kinds: wantedKinds(request), deviceId: request.deviceId ?? null, linkId: request.linkId ?? null, ofDevices: request.ofDevices === true, byPeople: request.auditOnly === true };
  const [rows, counted] = await Promise.all([
    findEvents(filter, readCursor(request.cursor ?? null), request.limit + 1),
    countEvents(filter, COUNT_CAP + 1),
  ]);
  const items = rows.slice(0, request.limit);
  const last = items.at(-1);
  const nextCursor = rows.length > items.length && last !== undefined ? last.id.toString() : null;
  return { items, nextCursor, total: Math.min(counted, COUNT_CAP), totalCapped: counted > COUNT_CAP };
}

/** How often somebody did something since then. Others who count the same wait until this transaction ends. */
export async function countDeeds(tx: Executor, kind: EventKind, actor: string, since: Date): Promise<number> {
  return countEventsSince(tx, kind, actor, since);
}

/** Does it stand in the audit log? It does by the same rule as the list with `auditOnly`. */
export function isAudited({ kind, actor, data }: EventRow): boolean {
  return AUDIT_KINDS.some((known) => known === kind) && actor !== "system" && actor !== "device" && !("ofBatch" in data);
}

/** What happened to one command, oldest first. */
export async function listCommandEvents(commandId: string): Promise<EventRow[]> {
  return findEventsOfCommand(commandId);
}

function wantedKinds({ kind, auditOnly }: EventListRequest): string[] | null {
  const wanted = kind == null ? null : kind.split(",").flatMap(kindsNamed);
  if (auditOnly !== true) return wanted;
  return AUDIT_KINDS.filter((known) => wanted === null || wanted.includes(known));
}

/** The kinds that a name stands for: itself, or all that begin with it when it ends with a dot. */
function kindsNamed(name: string): string[] {
  return name.endsWith(".") ? Object.keys(EVENT_KINDS).filter((kind) => kind.startsWith(name)) : [name];
}

/** The cursor is the id of the last event shown. */
function readCursor(cursor: string | null): bigint | null {
  if (cursor === null) return null;
  if (!/^\d{1,18}$/.test(cursor)) {
    throw new MusterError("invalid-input", "The cursor is not one of ours", {
      errors: [{ pointer: "/cursor", detail: "not a cursor of this list" }],
    });
  }
  return BigInt(cursor);
}
