import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { deviceName } from "@/components/devices/device-name";
import { deviceQueries } from "@/lib/client/queries/devices";
import type { DeviceSummary } from "@/lib/contracts/devices";
import type { EventDto } from "@/lib/contracts/events";
import { actorWords, EventData, EventDot, eventTitle } from "./event-line";

const HEAD = (
  <>
    <HeadCell>What</HeadCell>
    <HeadCell className="hidden sm:table-cell">Who</HeadCell>
    <HeadCell className="hidden lg:table-cell">Device</HeadCell>
    <HeadCell className="hidden md:table-cell">Details</HeadCell>
    <HeadCell>When</HeadCell>
  </>
);

/** Events of all devices and people, page by page: what, who, which device, details, when. */
export function EventTable({ label, pages }: { label: string; pages: readonly (readonly EventDto[])[] }) {
  return (
    <Table label={label} head={HEAD}>
      {pages.map((events, index) => (
        <Rows key={events[0]?.id ?? index} events={events} />
      ))}
    </Table>
  );
}

/** One page of entries, with the names of its devices. */
function Rows({ events }: { events: readonly EventDto[] }) {
  const ids = [...new Set(events.flatMap(({ deviceId }) => (deviceId === null ? [] : [deviceId])))].toSorted();
  const { data } = useQuery(deviceQueries.named(ids));
  return (
    <>
      {events.map((event) => (
        <EventRow key={event.id} event={event} device={data?.items.find(({ id }) => id === event.deviceId)} />
      ))}
    </>
  );
}

function EventRow({ event, device }: { event: EventDto; device: DeviceSummary | undefined }) {
  return (
    <tr className="hover:bg-hover">
      <Cell className="sm:min-w-48">
        <span className="flex items-center gap-2.5 font-medium">
          <EventDot kind={event.kind} />
          {event.deviceId === null ? (
            eventTitle(event.kind)
          ) : (
            <Link href={hrefOf(event, event.deviceId)} className="roomy inline-block rounded underline-offset-2 hover:underline">
              {eventTitle(event.kind)}
            </Link>
          )}
        </span>
        <span className="ml-[18px] block text-xs text-ink-faint sm:hidden">{actorWords(event.actor)}</span>
        {device !== undefined && <span className="ml-[18px] block text-xs text-ink-soft lg:hidden">{deviceName(device)}</span>}
      </Cell>
      <Cell className="hidden max-w-56 truncate sm:table-cell">{actorWords(event.actor)}</Cell>
      <Cell className="hidden max-w-48 truncate lg:table-cell">
        <DeviceLink id={event.deviceId} device={device} />
      </Cell>
      <Cell className="hidden md:table-cell">
        <EventData kind={event.kind} data={event.data} />
      </Cell>
      <Cell className="whitespace-nowrap text-ink-soft">
        <RelativeTime at={event.at} />
      </Cell>
    </tr>
  );
}

/** The record may be gone: the log outlives it. */
function DeviceLink({ id, device }: { id: string | null; device: DeviceSummary | undefined }) {
  if (id === null) return <span className="text-ink-faint">–</span>;
  if (device === undefined) return <code className="text-xs text-ink-faint">{id}</code>;
  return (
    <Link href={`/devices/${id}`} className="roomy inline-block rounded underline-offset-2 hover:underline">
      {deviceName(device)}
    </Link>
  );
}

function hrefOf(event: EventDto, deviceId: string): string {
  return event.commandId === null ? `/devices/${deviceId}?tab=activity` : `/devices/${deviceId}?tab=commands&command=${event.commandId}`;
}
