"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { SquareTerminal } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { PagedList } from "@/components/ui/paged-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { commandQueries } from "@/lib/client/queries/commands";
import type { BatchCommand } from "@/lib/contracts/batches";
import { COMMAND_STATES, wordsOf, type CommandState } from "@/lib/contracts/words";
import { CommandBadge } from "./command-badge";
import { actorName, commandTitle } from "./command-title";
import { errorLine } from "./error-chain";

const STATE_OPTIONS = [{ value: "", label: "Any state" }, ...wordsOf(COMMAND_STATES).map((value) => ({ value, label: COMMAND_STATES[value].label }))];

/** The commands of all devices, by the state that stands in the address. */
export function FleetCommands() {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams();
  const state = wordsOf(COMMAND_STATES).find((each) => each === search.get("state"));
  const list = useInfiniteQuery(commandQueries.ofFleet(state));
  const filter = <Select label="Command state" className="w-40" value={state ?? ""} options={STATE_OPTIONS} onChange={(value) => router.replace(value === "" ? pathname : `${pathname}?state=${value}`, { scroll: false })} />;
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
  const trouble = errorLine(command.errorChain) ?? command.cause;
  return (
    <tr className="relative hover:bg-hover">
      <Cell className="max-w-80 max-sm:max-w-44">
        <Link href={`/devices/${command.deviceId}?tab=commands&command=${command.id}`} className="block truncate font-medium after:absolute after:inset-0">
          {commandTitle(command.requestType)}
        </Link>
        <span className="block truncate text-xs text-ink-faint">{trouble ?? command.requestType}</span>
        <span className="mt-1 block sm:hidden">
          <CommandBadge state={command.state} />
        </span>
      </Cell>
      <Cell className="max-w-56 truncate max-sm:max-w-32">{command.deviceName ?? "unnamed"}</Cell>
      <Cell className="hidden sm:table-cell">
        <CommandBadge state={command.state} />
      </Cell>
      <Cell className="hidden whitespace-nowrap md:table-cell">
        <RelativeTime at={command.queuedAt} className="relative z-[1]" /> <span className="text-ink-faint">by {actorName(command.createdBy)}</span>
      </Cell>
      <Cell className="hidden whitespace-nowrap lg:table-cell">{command.endedAt === null ? <span className="text-ink-faint">–</span> : <RelativeTime at={command.endedAt} className="relative z-[1]" />}</Cell>
    </tr>
  );
}
