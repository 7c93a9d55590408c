"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { PackageOpen, SearchX } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TextInput } from "@/components/ui/inputs";
import { LoadMore } from "@/components/ui/load-more";
import { ProblemNote } from "@/components/ui/problem-note";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { adeQueries } from "@/lib/client/queries/ade";
import { usePermission } from "@/lib/client/use-permission";
import type { AdeConfigurationDto, AdeDeviceFilter, AdeServerDto } from "@/lib/contracts/ade";
import { ADE_DEVICE_STATES } from "@/lib/contracts/ade-words";
import { wordsOf } from "@/lib/contracts/words";
import { AdeDeviceTable } from "./ade-device-table";
import { AssignBar } from "./assign-bar";

const STATE_OPTIONS = [{ value: "", label: "Any state" }, ...wordsOf(ADE_DEVICE_STATES).map((value) => ({ value, label: ADE_DEVICE_STATES[value].label }))];

/** Every device of the accounts, and why it is enrolled or not. */
export function AdeDeviceList({ servers, configurations }: { servers: readonly AdeServerDto[]; configurations: readonly AdeConfigurationDto[] }) {
  const [query, setQuery] = useState("");
  const [state, setState] = useState<AdeDeviceFilter["state"]>(undefined);
  const [serverId, setServerId] = useState("");
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const searched = useDeferredValue(query.trim());
  const filter = useMemo<AdeDeviceFilter>(
    () => ({ ...(searched === "" ? {} : { query: searched }), ...(state === undefined ? {} : { state }), ...(serverId === "" ? {} : { serverId }) }),
    [searched, state, serverId],
  );
  const list = useInfiniteQuery({ ...adeQueries.devices(filter), placeholderData: keepPreviousData });
  const devices = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const total = list.data?.pages.at(-1)?.total ?? 0;
  const mayAssign = usePermission("link:write");
  const filtered = Object.keys(filter).length > 0;
  const clear = (): void => {
    setQuery("");
    setState(undefined);
    setServerId("");
  };
  return (
    <>
      <div className="mb-4 flex flex-wrap gap-2">
        <div className="w-full sm:w-72">
          <TextInput type="search" aria-label="Search devices" placeholder="Serial number, model, asset tag" maxLength={200} value={query} onChange={(event) => setQuery(event.target.value)} />
        </div>
        <Select label="State" className="max-sm:flex-1 sm:w-48" value={state ?? ""} options={STATE_OPTIONS} onChange={(value) => setState(wordsOf(ADE_DEVICE_STATES).find((each) => each === value))} />
        {servers.length > 1 && (
          <Select label="Account" className="max-sm:flex-1 sm:w-48" value={serverId} options={[{ value: "", label: "Any account" }, ...servers.map(({ id, name }) => ({ value: id, label: name }))]} onChange={setServerId} />
        )}
        {filtered && (
          <Button look="quiet" onClick={clear}>
            Clear
          </Button>
        )}
      </div>
      {list.error !== null && list.data === undefined && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {(list.isPending || list.data !== undefined) && (
        <Card flush className={list.isPlaceholderData ? "opacity-60" : ""}>
          {list.isPending && <SkeletonRows rows={6} label="Loading devices" />}
          {devices.length > 0 && (
            <>
              <AdeDeviceTable devices={devices} ticked={mayAssign ? ticked : null} onTicked={setTicked} />
              <LoadMore shown={devices.length} total={total} hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
            </>
          )}
          {list.data !== undefined && devices.length === 0 && <Nothing filtered={filtered} onClear={clear} />}
        </Card>
      )}
      {mayAssign && ticked.size > 0 && <AssignBar ticked={ticked} total={total} filter={filter} configurations={configurations} onDone={() => setTicked(new Set())} />}
    </>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered) {
    return (
      <EmptyState icon={SearchX} title="No devices match" action={<Button onClick={onClear}>Clear the filters</Button>}>
        There may be others that do.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={PackageOpen} title="The account has given us no device yet">
      Assign devices to this MDM server in the portal. They appear here at the next sync, within a quarter of an hour.
    </EmptyState>
  );
}
