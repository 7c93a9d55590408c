"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useMemo } from "react";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { ProblemNote } from "@/components/ui/problem-note";
import { SkeletonRows } from "@/components/ui/skeleton";
import { eventQueries } from "@/lib/client/queries/events";
import { TimelineEntry } from "./event-line";
import { useEventSubject } from "./event-subject";

/** What happened to one device, newest first; which of it is kept in the address. */
export function DeviceTimeline({ deviceId }: { deviceId: string }) {
  const { subject, choice } = useEventSubject();
  const list = useInfiniteQuery({ ...eventQueries.ofDevice(deviceId, { kind: subject.kind }), placeholderData: keepPreviousData });
  const events = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  return (
    <Card flush title="Activity" aside={choice}>
      {list.isPending && <SkeletonRows rows={5} label="Loading activity" />}
      {list.error !== null && list.data === undefined && (
        <div className="p-4">
          <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
        </div>
      )}
      {list.data !== undefined && events.length === 0 && <EmptyState icon={History} title={subject.value === "" ? "Nothing has happened yet" : "Nothing of this kind has happened"} />}
      {events.length > 0 && (
        <>
          <ol className="divide-y divide-line">
            {events.map((event) => (
              <TimelineEntry key={event.id} event={event} commandHref={event.commandId === null ? null : `/devices/${deviceId}?tab=commands&command=${event.commandId}`} />
            ))}
          </ol>
          <LoadMore
            shown={events.length}
            total={list.data?.pages.at(-1)?.total ?? events.length}
            hasMore={list.hasNextPage}
            busy={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </>
      )}
    </Card>
  );
}
