"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Card } from "@/components/ui/card";
import { SkeletonRows } from "@/components/ui/skeleton";
import { eventQueries } from "@/lib/client/queries/events";
import { TimelineEntry } from "./event-line";

const SHOWN = 6;

/** The last few things that happened to a device, with the way to the rest. */
export function RecentEvents({ deviceId }: { deviceId: string }) {
  const { data } = useInfiniteQuery(eventQueries.ofDevice(deviceId));
  const events = data?.pages[0]?.items.slice(0, SHOWN);
  return (
    <Card
      flush
      title="Lately"
      aside={
        <Link href={`/devices/${deviceId}?tab=activity`} replace scroll={false} className="roomy inline-block rounded text-ink-soft underline-offset-2 hover:underline">
          All activity
        </Link>
      }
    >
      {events === undefined && <SkeletonRows rows={4} label="Loading what happened lately" />}
      {events?.length === 0 && <p className="p-6 text-center text-ink-faint">Nothing has happened yet.</p>}
      {events !== undefined && events.length > 0 && (
        <ol className="divide-y divide-line">
          {events.map((event) => (
            <TimelineEntry key={event.id} event={event} commandHref={event.commandId === null ? null : `/devices/${deviceId}?tab=commands&command=${event.commandId}`} />
          ))}
        </ol>
      )}
    </Card>
  );
}
