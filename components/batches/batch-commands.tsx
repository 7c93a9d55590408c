"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { SquareTerminal } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { CommandBadge } from "@/components/commands/command-badge";
import { errorLine } from "@/components/commands/error-chain";
import { EmptyState } from "@/components/ui/empty-state";
import { PagedList } from "@/components/ui/paged-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { batchQueries } from "@/lib/client/queries/batches";
import type { BatchCommand } from "@/lib/contracts/batches";
import { COMMAND_STATES, wordsOf, type CommandState } from "@/lib/contracts/words";

const STATE_OPTIONS = [{ value: "", label: "Any state" }, ...wordsOf(COMMAND_STATES).map((value) => ({ value, label: COMMAND_STATES[value].label }))];

/** What has become of it on each device. */
export function BatchCommands({ batchId }: { batchId: string }) {
  const [state, setState] = useState<CommandState | undefined>(undefined);
  const list = useInfiniteQuery(batchQueries.commands(batchId, state));
  const filter = <Select label="Command state" className="w-40" value={state ?? ""} options={STATE_OPTIONS} onChange={(value) => setState(wordsOf(COMMAND_STATES).find((each) => each === value))} />;
  return (
    <PagedList
      list={list}
      loading="Loading the devices"
      title="Devices"
      aside={filter}
      empty={<EmptyState icon={SquareTerminal} title={state === undefined ? "No device was given the command" : "No command is in this state"} />}
    >
      {(commands) => (
        <Table label="Devices of this batch" head={HEAD}>
          {commands.map((command) => (
            <Row key={command.id} command={command} />
          ))}
        </Table>
      )}
    </PagedList>
  );
}

const HEAD = (
  <>
    <HeadCell>Device</HeadCell>
    <HeadCell>State</HeadCell>
    <HeadCell className="hidden sm:table-cell">Delivered</HeadCell>
    <HeadCell className="hidden md:table-cell">Ended</HeadCell>
  </>
);

function Row({ command }: { command: BatchCommand }) {
  const trouble = errorLine(command.errorChain) ?? command.cause;
  return (
    <tr className="relative hover:bg-hover">
      <Cell className="max-w-80 max-sm:max-w-44">
        <Link href={`/devices/${command.deviceId}?tab=commands&command=${command.id}`} className="block truncate font-medium after:absolute after:inset-0">
          {command.deviceName ?? command.deviceId}
        </Link>
        {trouble !== null && <span className="block truncate text-xs text-ink-faint">{trouble}</span>}
      </Cell>
      <Cell>
        <CommandBadge state={command.state} />
      </Cell>
      <Cell className="hidden whitespace-nowrap sm:table-cell">
        <When at={command.deliveredAt} />
      </Cell>
      <Cell className="hidden whitespace-nowrap md:table-cell">
        <When at={command.endedAt} />
      </Cell>
    </tr>
  );
}

function When({ at }: { at: string | null }) {
  if (at === null) return <span className="text-ink-faint">–</span>;
  return <RelativeTime at={at} className="relative z-[1]" />;
}
