"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { TimelineEntry } from "@/components/events/event-line";
import { Card } from "@/components/ui/card";
import { LoadMore } from "@/components/ui/load-more";
import { ProblemNote } from "@/components/ui/problem-note";
import { SkeletonRows } from "@/components/ui/skeleton";
import { linkQueries } from "@/lib/client/queries/enrollment-links";

/** All that happened by one link, newest first: refusals too, with their reasons. */
export function LinkTimeline({ linkId }: { linkId: string }) {
  const list = useInfiniteQuery(linkQueries.events(linkId));
  const events = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  return (
    <Card flush title="Activity">
      {list.isPending && <SkeletonRows rows={3} label="Loading activity" />}
      {list.error !== null && list.data === undefined && (
        <div className="p-4">
          <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
        </div>
      )}
      {events.length > 0 && (
        <>
          <ol className="divide-y divide-line">
            {events.map((event) => (
              <TimelineEntry key={event.id} event={event} commandHref={null} />
            ))}
          </ol>
          <LoadMore shown={events.length} total={list.data?.pages.at(-1)?.total ?? events.length} hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      )}
    </Card>
  );
}
