"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { MonitorSmartphone, SearchX } from "lucide-react";
import Link from "next/link";
import { useMemo, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { SkeletonRows } from "@/components/ui/skeleton";
import { deviceQueries } from "@/lib/client/queries/devices";
import { counted } from "@/lib/client/text";
import { usePermission } from "@/lib/client/use-permission";
import { DeviceFilterBar } from "./device-filter-bar";
import { DeviceTable } from "./device-table";
import { SelectionBar } from "./selection-bar";
import { useDeviceFilters } from "./use-device-filters";
import { useDeviceSelection, type DeviceSelection } from "./use-device-selection";

interface Props {
  /** What other features do with the devices that are ticked. */
  actions: (selection: DeviceSelection) => ReactNode;
}

export function DeviceList({ actions }: Props) {
  const { filters, active, change, clear } = useDeviceFilters();
  const list = useInfiniteQuery({ ...deviceQueries.list(filters), placeholderData: keepPreviousData });
  const devices = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const total = list.data?.pages.at(-1)?.total ?? 0;
  const mayAct = usePermission("device:command");
  const selection = useDeviceSelection({ filters, devices, total });
  return (
    <>
      <PageHeader title="Devices" intro="Every device that has enrolled here, with the newest life of its management." />
      <DeviceFilterBar filters={filters} active={active} onChange={change} onClear={clear} />
      {list.error !== null && list.data === undefined && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {(list.isPending || list.data !== undefined) && (
        <Card flush className={list.isPlaceholderData ? "opacity-60" : ""}>
          {list.isPending && <SkeletonRows rows={8} label="Loading devices" />}
          {devices.length > 0 && (
            <>
              <DeviceTable devices={devices} selection={mayAct ? selection.rows : null} />
              <LoadMore
                shown={devices.length}
                total={total}
                hasMore={list.hasNextPage}
                busy={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
              />
            </>
          )}
          {list.data !== undefined && devices.length === 0 && (active > 0 ? <NothingFound active={active} onClear={clear} /> : <NoDevices />)}
        </Card>
      )}
      {mayAct && selection.count > 0 && <SelectionBar selection={selection}>{actions(selection)}</SelectionBar>}
    </>
  );
}

function NothingFound({ active, onClear }: { active: number; onClear: () => void }) {
  return (
    <EmptyState icon={SearchX} title="No devices match" action={<Button onClick={onClear}>Clear {counted(active, "filter")}</Button>}>
      There are devices, but none fits what you search for.
    </EmptyState>
  );
}

function NoDevices() {
  return (
    <EmptyState
      icon={MonitorSmartphone}
      title="No device has enrolled yet"
      action={
        <Button asChild look="primary">
          <Link href="/enrollment-links">Create an enrollment link</Link>
        </Button>
      }
    >
      Open a link on a device to enroll it. To see the product without hardware, run <code>npm run simulate -- --devices 50</code> on the server.
    </EmptyState>
  );
}
