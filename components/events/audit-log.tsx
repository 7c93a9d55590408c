"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { FileClock } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { PagedList } from "@/components/ui/paged-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { deviceName } from "@/components/devices/device-name";
import { deviceQueries } from "@/lib/client/queries/devices";
import { eventQueries } from "@/lib/client/queries/events";
import type { DeviceSummary } from "@/lib/contracts/devices";
import type { EventDto } from "@/lib/contracts/events";
import { EVENT_KINDS } from "@/lib/contracts/event-kinds";
import { actorWords, EventData, EventDot, eventTitle } from "./event-line";

const KIND_OPTIONS = [
  { value: "", label: "Everything" },
  ...Object.entries(EVENT_KINDS)
    .filter(([, kind]) => kind.audit)
    .map(([value, kind]) => ({ value, label: kind.title })),
];

/** What people and scripts did on this server. */
export function AuditLog() {
  const [kind, setKind] = useState("");
  const list = useInfiniteQuery({ ...eventQueries.audit(kind === "" ? {} : { kind }), placeholderData: keepPreviousData });
  return (
    <>
      <PageHeader title="Audit log" intro="What people and scripts did here. Entries are only ever added." />
      <div className="mb-4">
        <Select label="Kind of entry" className="w-64" value={kind} options={KIND_OPTIONS} onChange={setKind} />
      </div>
      <PagedList list={list} loading="Loading the audit log" empty={<EmptyState icon={FileClock} title={kind === "" ? "Nothing was done yet" : "No entry of this kind"} />}>
        {() => <AuditTable pages={list.data?.pages.map((page) => page.items) ?? []} />}
      </PagedList>
    </>
  );
}

const HEAD = (
  <>
    <HeadCell>What</HeadCell>
    <HeadCell className="hidden sm:table-cell">Who</HeadCell>
    <HeadCell className="hidden lg:table-cell">Device</HeadCell>
    <HeadCell className="hidden md:table-cell">Details</HeadCell>
    <HeadCell>When</HeadCell>
  </>
);

function AuditTable({ pages }: { pages: readonly (readonly EventDto[])[] }) {
  return (
    <Table label="Audit log" head={HEAD}>
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
        <tr key={event.id} className="hover:bg-hover">
          <Cell>
            <span className="flex items-center gap-2.5 font-medium">
              <EventDot kind={event.kind} />
              {event.deviceId === null ? (
                eventTitle(event.kind)
              ) : (
                <Link href={hrefOf(event, event.deviceId)} className="rounded underline-offset-2 hover:underline">
                  {eventTitle(event.kind)}
                </Link>
              )}
            </span>
            <span className="ml-[18px] block text-xs text-ink-faint sm:hidden">{actorWords(event.actor)}</span>
          </Cell>
          <Cell className="hidden max-w-56 truncate sm:table-cell">{actorWords(event.actor)}</Cell>
          <Cell className="hidden max-w-48 truncate lg:table-cell">
            <DeviceLink id={event.deviceId} device={data?.items.find(({ id }) => id === event.deviceId)} />
          </Cell>
          <Cell className="hidden md:table-cell">
            <EventData kind={event.kind} data={event.data} />
          </Cell>
          <Cell className="whitespace-nowrap text-ink-soft">
            <RelativeTime at={event.at} />
          </Cell>
        </tr>
      ))}
    </>
  );
}

/** The record may be gone: the log outlives it. */
function DeviceLink({ id, device }: { id: string | null; device: DeviceSummary | undefined }) {
  if (id === null) return <span className="text-ink-faint">–</span>;
  if (device === undefined) return <code className="text-xs text-ink-faint">{id}</code>;
  return (
    <Link href={`/devices/${id}`} className="rounded underline-offset-2 hover:underline">
      {deviceName(device)}
    </Link>
  );
}

function hrefOf(event: EventDto, deviceId: string): string {
  return event.commandId === null ? `/devices/${deviceId}?tab=activity` : `/devices/${deviceId}?tab=commands&command=${event.commandId}`;
}
