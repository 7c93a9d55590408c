"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { deviceName, modelOf, systemOf } from "@/components/devices/device-name";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useChangeMembers } from "@/lib/client/mutations/groups";
import { deviceQueries } from "@/lib/client/queries/devices";
import { counted } from "@/lib/client/text";
import type { DeviceGroupDto } from "@/lib/contracts/groups";

interface Props {
  group: DeviceGroupDto;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function AddMembersDialog({ group, open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Add devices to ${group.name}`}>
      <Picker group={group} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

/** Devices found by a search, ticked one by one; a search does not lose what was ticked before. */
function Picker({ group, onDone }: { group: DeviceGroupDto; onDone: () => void }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const query = useDeferredValue(text.trim());
  const list = useInfiniteQuery({ ...deviceQueries.list(query === "" ? {} : { query }), placeholderData: keepPreviousData });
  const devices = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const change = useChangeMembers(group.id);
  const toggle = (id: string): void => setChosen((now) => (now.has(id) ? new Set([...now].filter((each) => each !== id)) : new Set([...now, id])));
  return (
    <div className="grid gap-4">
      <div className="relative">
        <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-ink-faint" />
        <TextInput type="search" autoFocus aria-label="Search devices" placeholder="Name, serial number, UDID, model" maxLength={200} className="pl-9" value={text} onChange={(event) => setText(event.target.value)} />
      </div>
      {list.error !== null && list.data === undefined && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      <div className="max-h-80 overflow-y-auto rounded-lg border border-line">
        {list.isPending && <SkeletonRows rows={4} label="Loading devices" />}
        {list.data !== undefined && devices.length === 0 && <p className="p-4 text-center text-ink-faint">No device is called that.</p>}
        <ul className="divide-y divide-line">
          {devices.map((device) => (
            <li key={device.id}>
              <label className="flex items-center gap-3 px-3 py-2 hover:bg-hover">
                <input type="checkbox" className="size-4 shrink-0 accent-(--accent)" checked={chosen.has(device.id)} onChange={() => toggle(device.id)} />
                <span className="min-w-0">
                  <span className="block truncate font-medium">{deviceName(device)}</span>
                  <span className="block truncate text-xs text-ink-faint">{[modelOf(device), systemOf(device), device.serialNumber].filter((part) => part !== null).join(", ")}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
        {list.hasNextPage && (
          <div className="border-t border-line p-2 text-center">
            <Button size="small" look="quiet" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              Load more
            </Button>
          </div>
        )}
      </div>
      {change.error !== null && <ProblemNote error={change.error} />}
      <Button look="primary" className="justify-self-end" busy={change.isPending} disabled={chosen.size === 0} onClick={() => change.mutate({ add: [...chosen] }, { onSuccess: onDone })}>
        {chosen.size === 0 ? "Add devices" : `Add ${counted(chosen.size, "device")}`}
      </Button>
    </div>
  );
}
