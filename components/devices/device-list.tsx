"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ArrowUp, Columns3, Download, Keyboard, MonitorSmartphone, SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useMemo, useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { SkeletonRows } from "@/components/ui/skeleton";
import { apiUrl } from "@/lib/client/call-api";
import { useLiveRows } from "@/lib/client/live/use-live-rows";
import { deviceQueries, type DeviceView } from "@/lib/client/queries/devices";
import { counted } from "@/lib/client/text";
import { usePermission } from "@/lib/client/use-permission";
import { API } from "@/lib/client/api";
import { specOf, type ColumnId } from "./device-columns";
import { DeviceTable } from "./device-table";
import { FilterBar } from "./filter-bar";
import { SavedViews } from "./saved-views";
import { SearchBox } from "./search-box";
import { SelectionBar } from "./selection-bar";
import { useDeviceColumns } from "./use-device-columns";
import { useDeviceSelection, type DeviceSelection } from "./use-device-selection";
import { useDeviceView } from "./use-device-view";
import { useListKeys } from "./use-list-keys";

const ColumnsDialog = dynamic(() => import("./columns-dialog").then((module) => module.ColumnsDialog), { ssr: false });
const KeysDialog = dynamic(() => import("./keys-dialog").then((module) => module.KeysDialog), { ssr: false });

interface Props {
  /** What other features do with the devices that are ticked. */
  actions: (selection: DeviceSelection) => ReactNode;
}

export function DeviceList({ actions }: Props) {
  const { filter, sort, active, change, order, clear } = useDeviceView();
  const view = useMemo(() => ({ filter, sort }), [filter, sort]);
  const list = useInfiniteQuery({ ...deviceQueries.table(view), placeholderData: keepPreviousData });
  const live = useLiveRows(view);
  const devices = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const lastPage = list.data?.pages.at(-1);
  const total = { total: lastPage?.total ?? 0, capped: lastPage?.totalCapped ?? false };
  const mayAct = usePermission("device:command");
  const selection = useDeviceSelection({ filter, devices, total });
  const { columns, choose } = useDeviceColumns();
  const [open, setOpen] = useState<"columns" | "keys" | null>(null);
  useListKeys({ toggle: mayAct ? selection.rows.toggle : null, help: () => setOpen("keys") });
  return (
    <>
      <PageHeader title="Devices" intro="Every device that has enrolled here, with the newest life of its management." actions={<Tools view={view} columns={columns} onOpen={setOpen} />} />
      <SavedViews view={view} />
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <SearchBox value={filter.query ?? ""} onChange={(query) => change({ query: query === "" ? undefined : query })} />
        <FilterBar filter={filter} onChange={change} onClear={clear} />
      </div>
      {list.error !== null && list.data === undefined && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {live.news > 0 && (
        <div role="status" className="sticky top-16 z-10 flex justify-center pb-2 lg:top-4">
          <Button size="small" look="primary" onClick={live.show}>
            <ArrowUp aria-hidden />
            {live.news} new
          </Button>
        </div>
      )}
      {(list.isPending || list.data !== undefined) && (
        <Card flush className={list.isPlaceholderData ? "opacity-60" : ""}>
          {list.isPending && <SkeletonRows rows={8} label="Loading devices" />}
          {devices.length > 0 && (
            <>
              <DeviceTable devices={devices} columns={columns} sort={sort} onSort={order} selection={mayAct ? selection.rows : null} />
              <LoadMore shown={devices.length} total={total.total} capped={total.capped} hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
            </>
          )}
          {list.data !== undefined && devices.length === 0 && (active > 0 ? <NothingFound active={active} onClear={clear} /> : <NoDevices />)}
        </Card>
      )}
      {mayAct && selection.count > 0 && <SelectionBar selection={selection}>{actions(selection)}</SelectionBar>}
      {open === "columns" && <ColumnsDialog columns={columns} onChange={choose} onClose={() => setOpen(null)} />}
      {open === "keys" && <KeysDialog onClose={() => setOpen(null)} />}
    </>
  );
}

function Tools({ view, columns, onOpen }: { view: DeviceView; columns: readonly ColumnId[]; onOpen: (dialog: "columns" | "keys") => void }) {
  const csv = apiUrl(API.exportDevices, {}, { ...view.filter, sort: view.sort, columns: [...new Set(columns.flatMap((id) => specOf(id).csv))].join(",") });
  return (
    <>
      <Button look="quiet" size="icon" aria-label="Keys" title="Keys (?)" className="max-md:hidden" onClick={() => onOpen("keys")}>
        <Keyboard aria-hidden />
      </Button>
      <Button className="max-md:hidden" onClick={() => onOpen("columns")}>
        <Columns3 aria-hidden />
        Columns
      </Button>
      <Button asChild>
        <a href={csv} download="devices.csv" title="These devices with these columns">
          <Download aria-hidden />
          CSV
        </a>
      </Button>
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
