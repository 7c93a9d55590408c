"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { SquareTerminal } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { PagedList } from "@/components/ui/paged-list";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { commandQueries } from "@/lib/client/queries/commands";
import { useAddress } from "@/lib/client/use-address";
import type { BatchCommand } from "@/lib/contracts/batches";
import { COMMAND_STATES, type CommandState } from "@/lib/contracts/words";
import { CommandBadge } from "./command-badge";
import { CommandCell, When } from "./command-of-device";
import { CommandStateSelect, commandStateOf } from "./command-state-select";
import { actorName, commandTitle } from "./command-title";

/** The commands of all devices, by the state that stands in the address. */
export function FleetCommands() {
  const { search, change } = useAddress();
  const state = commandStateOf(search.get("state"));
  const list = useInfiniteQuery(commandQueries.ofFleet(state));
  const filter = <CommandStateSelect value={state} onChange={(next) => change({ state: next ?? null })} />;
  return (
    <>
      <PageHeader title="Commands" intro="What the devices were asked to do: every command that is open, and those that ended within 7 days." />
      <PagedList list={list} loading="Loading commands" title={state === undefined ? "All commands" : COMMAND_STATES[state].label} aside={filter} empty={<NoCommands state={state} />}>
        {(commands) => (
          <Table label="Commands" head={HEAD}>
            {commands.map((command) => (
              <Row key={command.id} command={command} />
            ))}
          </Table>
        )}
      </PagedList>
    </>
  );
}

function NoCommands({ state }: { state: CommandState | undefined }) {
  const none = state === undefined;
  return (
    <EmptyState
      icon={SquareTerminal}
      title={none ? "No command is open" : `No command is ${COMMAND_STATES[state].label.toLowerCase()}`}
      action={
        <Button asChild>
          {none ? <Link href="/devices">Choose devices</Link> : <Link href="/commands">Commands in any state</Link>}
        </Button>
      }
    >
      {none ? "None ended within 7 days either. Commands are sent from the page of a device, or to devices that are ticked in the list." : COMMAND_STATES[state].meaning}
    </EmptyState>
  );
}

const HEAD = (
  <>
    <HeadCell>Command</HeadCell>
    <HeadCell>Device</HeadCell>
    <HeadCell className="hidden sm:table-cell">State</HeadCell>
    <HeadCell className="hidden md:table-cell">Queued</HeadCell>
    <HeadCell className="hidden lg:table-cell">Ended</HeadCell>
  </>
);

function Row({ command }: { command: BatchCommand }) {
  return (
    <tr className="relative hover:bg-hover">
      <CommandCell command={command} name={commandTitle(command.requestType)} otherwise={command.requestType}>
        <span className="mt-1 block sm:hidden">
          <CommandBadge state={command.state} />
        </span>
      </CommandCell>
      <Cell className="max-w-56 truncate max-sm:max-w-32">{command.deviceName ?? "unnamed"}</Cell>
      <Cell className="hidden sm:table-cell">
        <CommandBadge state={command.state} />
      </Cell>
      <Cell className="hidden whitespace-nowrap md:table-cell">
        <When at={command.queuedAt} /> <span className="text-ink-faint">by {actorName(command.createdBy)}</span>
      </Cell>
      <Cell className="hidden whitespace-nowrap lg:table-cell">
        <When at={command.endedAt} />
      </Cell>
    </tr>
  );
}
