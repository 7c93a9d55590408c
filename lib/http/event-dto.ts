import type { EventDto, EventList } from "@/lib/contracts/events";
import { isAudited, type EventPage, type EventRow } from "@/lib/events/event-log";

export function toEventDto(event: EventRow): EventDto {
  return {
    id: event.id.toString(),
    at: event.at.toISOString(),
    kind: event.kind,
    audit: isAudited(event),
    actor: event.actor,
    deviceId: event.deviceId,
    enrollmentId: event.enrollmentId,
    commandId: event.commandId,
    linkId: event.linkId,
    data: event.data,
  };
}

export function toEventListDto({ items, ...page }: EventPage): EventList {
  return { ...page, items: items.map(toEventDto) };
}
