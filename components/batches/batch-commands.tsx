"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { SquareTerminal } from "lucide-react";
import { useState } from "react";
import { CommandBadge } from "@/components/commands/command-badge";
import { CommandCell, When } from "@/components/commands/command-of-device";
import { CommandStateSelect } from "@/components/commands/command-state-select";
import { EmptyState } from "@/components/ui/empty-state";
import { PagedList } from "@/components/ui/paged-list";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { batchQueries } from "@/lib/client/queries/batches";
import type { BatchCommand } from "@/lib/contracts/batches";
import type { CommandState } from "@/lib/contracts/words";

/** What has become of it on each device. */
export function BatchCommands({ batchId }: { batchId: string }) {
  const [state, setState] = useState<CommandState | undefined>(undefined);
  const list = useInfiniteQuery(batchQueries.commands(batchId, state));
  const filter = <CommandStateSelect value={state} onChange={setState} />;
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
  return (
    <tr className="relative hover:bg-hover">
      <CommandCell command={command} name={command.deviceName ?? command.deviceId} />
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
