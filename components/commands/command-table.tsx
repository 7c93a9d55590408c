"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ChevronRight, SquareTerminal } from "lucide-react";
import { Tag } from "@/components/ui/badge";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { PagedList } from "@/components/ui/paged-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { elapsed } from "@/lib/client/format-time";
import { commandQueries } from "@/lib/client/queries/commands";
import { deviceQueries } from "@/lib/client/queries/devices";
import { useAddress } from "@/lib/client/use-address";
import type { CommandSummary } from "@/lib/contracts/commands";
import { channelOptions } from "./channels";
import { CommandBadge } from "./command-badge";
import { CommandDetail } from "./command-detail";
import { CommandStateSelect, commandStateOf } from "./command-state-select";
import { actorName, commandTitle } from "./command-title";
import { errorLine } from "./error-chain";

/** The commands of one device, newest first, each openable in its place. */
export function CommandTable({ deviceId }: { deviceId: string }) {
  const { search, change } = useAddress();
  const state = commandStateOf(search.get("state"));
  const enrollmentId = search.get("channel") ?? undefined;
  const { data: device } = useQuery(deviceQueries.detail(deviceId));
  const channels = device === undefined ? [] : channelOptions(device);
  const list = useInfiniteQuery(commandQueries.ofDevice(deviceId, { state, enrollmentId }));
  const filter = (
    <div className="flex flex-wrap justify-end gap-2">
      {channels.length > 1 && <Select label="Channel" className="w-40" value={enrollmentId ?? ""} options={[{ value: "", label: "Any channel" }, ...channels]} onChange={(value) => change({ channel: value === "" ? null : value })} />}
      <CommandStateSelect value={state} onChange={(next) => change({ state: next ?? null })} />
    </div>
  );
  return (
    <PagedList list={list} loading="Loading commands" title="Commands" aside={filter} empty={<NoCommands filtered={state !== undefined || enrollmentId !== undefined} />}>
      {(commands) => <Rows commands={commands} channelNames={new Map(channels.filter((each) => each.user).map(({ value, label }) => [value, label]))} />}
    </PagedList>
  );
}

function NoCommands({ filtered }: { filtered: boolean }) {
  return (
    <EmptyState icon={SquareTerminal} title={filtered ? "No command fits" : "No commands yet"}>
      {filtered ? "Choose another state or channel to see the others." : "“Send command” at the top queues the first one."}
    </EmptyState>
  );
}

const HEAD = (
  <>
    <HeadCell>Command</HeadCell>
    <HeadCell>State</HeadCell>
    <HeadCell className="hidden lg:table-cell">By</HeadCell>
    <HeadCell className="hidden sm:table-cell">Queued</HeadCell>
    <HeadCell className="hidden md:table-cell">Delivered</HeadCell>
    <HeadCell className="hidden md:table-cell">Answered</HeadCell>
  </>
);

function Rows({ commands, channelNames }: { commands: readonly CommandSummary[]; channelNames: ReadonlyMap<string, string> }) {
  const { search, change } = useAddress();
  const open = search.get("command");
  const toggle = (id: string): void => change({ command: open === id ? null : id });
  return (
    <Table label="Commands" head={HEAD}>
      {commands.map((command) => (
        <CommandRow key={command.id} command={command} channel={channelNames.get(command.enrollmentId) ?? null} open={open === command.id} onToggle={() => toggle(command.id)} />
      ))}
    </Table>
  );
}

interface RowProps {
  command: CommandSummary;
  /** The user whose channel it goes to; null for the device's own. */
  channel: string | null;
  open: boolean;
  onToggle: () => void;
}

function CommandRow({ command, channel, open, onToggle }: RowProps) {
  return (
    <>
      <tr className="relative hover:bg-hover">
        <Cell className="max-w-72">
          <button type="button" aria-expanded={open} onClick={onToggle} className="flex max-w-full items-center gap-2 text-left after:absolute after:inset-0">
            <ChevronRight aria-hidden className={classNames("size-4 shrink-0 text-ink-faint transition-transform", open && "rotate-90")} />
            <span className="min-w-0">
              <span className="flex items-center gap-2">
                <span className="truncate font-medium">{commandTitle(command.requestType)}</span>
                {channel !== null && <Tag title="Sent on the channel of this user">{channel}</Tag>}
              </span>
              <span className="block truncate text-xs text-ink-faint">{errorLine(command.errorChain) ?? command.requestType}</span>
            </span>
          </button>
        </Cell>
        <Cell>
          <CommandBadge state={command.state} />
        </Cell>
        <Cell className="hidden max-w-44 truncate text-ink-soft lg:table-cell">{actorName(command.createdBy)}</Cell>
        <Cell className="hidden whitespace-nowrap sm:table-cell">
          <RelativeTime at={command.queuedAt} className="relative z-[1]" />
        </Cell>
        <Cell className="hidden whitespace-nowrap tabular-nums md:table-cell">
          <Took from={command.queuedAt} to={command.deliveredAt} />
        </Cell>
        <Cell className="hidden whitespace-nowrap tabular-nums md:table-cell">
          <Took from={command.deliveredAt} to={command.deliveredAt === null ? null : command.endedAt} />
        </Cell>
      </tr>
      {open && (
        <tr>
          <td colSpan={6} className="bg-canvas p-4 sm:p-5">
            <CommandDetail id={command.id} />
          </td>
        </tr>
      )}
    </>
  );
}

/** Less would be said as 0.0 s. */
const SHOWN_FROM_MS = 50;

/** How long a leg of the way took. */
function Took({ from, to }: { from: string | null; to: string | null }) {
  if (from === null || to === null) return <span className="text-ink-faint">–</span>;
  const took = Date.parse(to) - Date.parse(from);
  return took < SHOWN_FROM_MS ? "at once" : <>after {elapsed(took)}</>;
}
