"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import { useMemo } from "react";
import { DeviceTitle, LastContact } from "@/components/devices/device-columns";
import { systemOf } from "@/components/devices/device-name";
import { EnrollmentBadge } from "@/components/devices/enrollment-badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { ProblemNote } from "@/components/ui/problem-note";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { linkQueries } from "@/lib/client/queries/enrollment-links";

const HEAD = (
  <>
    <HeadCell>Device</HeadCell>
    <HeadCell className="hidden md:table-cell">System</HeadCell>
    <HeadCell>State</HeadCell>
    <HeadCell className="hidden lg:table-cell">Last contact</HeadCell>
  </>
);

/** The devices whose newest life came by a link, or by the configuration behind it. */
export function LinkDevices({ linkId, children }: { linkId: string; children: string }) {
  const list = useInfiniteQuery(linkQueries.devices(linkId));
  const devices = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  return (
    <Card flush title="Devices">
      {list.isPending && <SkeletonRows rows={3} label="Loading the devices" />}
      {list.error !== null && list.data === undefined && (
        <div className="p-4">
          <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
        </div>
      )}
      {list.data !== undefined && devices.length === 0 && (
        <EmptyState icon={MonitorSmartphone} title="No device yet">
          {children}
        </EmptyState>
      )}
      {devices.length > 0 && (
        <>
          <Table label="Devices" head={HEAD}>
            {devices.map((device) => (
              <tr key={device.id} className="relative hover:bg-hover">
                <Cell className="max-w-80 max-sm:max-w-52">
                  <DeviceTitle device={device} />
                </Cell>
                <Cell className="hidden whitespace-nowrap md:table-cell">{systemOf(device)}</Cell>
                <Cell>
                  <EnrollmentBadge {...device} />
                </Cell>
                <Cell className="hidden whitespace-nowrap lg:table-cell">
                  <LastContact device={device} />
                </Cell>
              </tr>
            ))}
          </Table>
          <LoadMore shown={devices.length} total={list.data?.pages.at(-1)?.total ?? devices.length} hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      )}
    </Card>
  );
}
