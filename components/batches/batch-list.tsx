"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import Link from "next/link";
import { actorName, commandTitle } from "@/components/commands/command-title";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { PagedList } from "@/components/ui/paged-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { batchQueries } from "@/lib/client/queries/batches";
import type { CommandBatchDto } from "@/lib/contracts/batches";
import { BatchBar, endedWords } from "./batch-bar";
import { BatchTargetWords } from "./batch-target";

/** Every command that was sent to many devices at once. */
export function BatchList() {
  const list = useInfiniteQuery(batchQueries.list());
  return (
    <>
      <PageHeader title="Batches" intro="One command for many devices, with what has become of it on each. The devices are fixed when a batch is made." />
      <PagedList list={list} loading="Loading batches" empty={<NoBatches />}>
        {(batches) => <BatchTable batches={batches} />}
      </PagedList>
    </>
  );
}

function NoBatches() {
  return (
    <EmptyState
      icon={ListChecks}
      title="No batch yet"
      action={
        <Button asChild>
          <Link href="/devices">Choose devices</Link>
        </Button>
      }
    >
      Choose devices in their list, or open a group, and send them a command together.
    </EmptyState>
  );
}

const HEAD = (
  <>
    <HeadCell>Command</HeadCell>
    <HeadCell>Progress</HeadCell>
    <HeadCell className="hidden lg:table-cell">By</HeadCell>
    <HeadCell className="hidden sm:table-cell">Made</HeadCell>
  </>
);

function BatchTable({ batches }: { batches: readonly CommandBatchDto[] }) {
  return (
    <Table label="Batches" head={HEAD}>
      {batches.map((batch) => (
        <tr key={batch.id} className="relative hover:bg-hover">
          <Cell className="max-w-72 max-sm:max-w-40">
            <Link href={`/batches/${batch.id}`} className="roomy block truncate font-medium after:absolute after:inset-0">
              {commandTitle(batch.requestType)}
            </Link>
            <span className="block truncate text-xs text-ink-faint">
              for <BatchTargetWords target={batch.target} />
            </span>
          </Cell>
          <Cell className="w-64 max-sm:w-40">
            <BatchBar batch={batch} />
            <span className="mt-1 block text-xs text-ink-soft tabular-nums">{endedWords(batch)}</span>
          </Cell>
          <Cell className="hidden max-w-44 truncate text-ink-soft lg:table-cell">{actorName(batch.createdBy)}</Cell>
          <Cell className="hidden whitespace-nowrap sm:table-cell">
            <RelativeTime at={batch.createdAt} className="relative z-[1]" />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
