"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { Plus, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ProblemNote } from "@/components/ui/problem-note";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { usePermission } from "@/lib/client/use-permission";
import type { AdeConfigurationDto } from "@/lib/contracts/ade";
import { ADE_ADMISSIONS, ADE_WEB_PAGES } from "@/lib/contracts/ade-words";
import { ConfigurationDialog } from "./configuration-dialog";

/** How devices enroll: who is let in, with which system, and what Setup Assistant shows. */
export function ConfigurationList({ query }: { query: UseQueryResult<{ items: AdeConfigurationDto[] }> }) {
  const [open, setOpen] = useState<AdeConfigurationDto | "new" | null>(null);
  const allowed = usePermission("link:write");
  const items = query.data?.items ?? [];
  const create = (
    <Button look="primary" disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={() => setOpen("new")}>
      <Plus aria-hidden />
      Create configuration
    </Button>
  );
  return (
    <>
      {query.error !== null && query.data === undefined && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {items.length > 0 && <div className="mb-4 flex justify-end">{create}</div>}
      <Card flush>
        {query.isPending && <SkeletonRows rows={3} label="Loading configurations" />}
        {query.data !== undefined && items.length === 0 && (
          <EmptyState icon={SlidersHorizontal} title="No configuration yet" action={create}>
            A configuration says who is let in, which system a device must have, and which panes Setup Assistant leaves out.
          </EmptyState>
        )}
        {items.length > 0 && <ConfigurationTable items={items} onOpen={setOpen} />}
      </Card>
      {open !== null && <ConfigurationDialog key={open === "new" ? "new" : open.id} open onOpenChange={(next) => !next && setOpen(null)} configuration={open === "new" ? null : open} />}
    </>
  );
}

const HEAD = (
  <>
    <HeadCell>Configuration</HeadCell>
    <HeadCell className="hidden sm:table-cell">Let in</HeadCell>
    <HeadCell className="hidden md:table-cell">Minimum system</HeadCell>
    <HeadCell className="hidden md:table-cell">Page</HeadCell>
    <HeadCell className="text-right">Devices</HeadCell>
  </>
);

function ConfigurationTable({ items, onOpen }: { items: readonly AdeConfigurationDto[]; onOpen: (configuration: AdeConfigurationDto) => void }) {
  return (
    <Table label="Configurations" head={HEAD}>
      {items.map((item) => (
        <tr key={item.id} className="relative hover:bg-hover">
          <Cell className="max-w-80 max-sm:max-w-52">
            <button type="button" className="roomy block max-w-full truncate text-left font-medium after:absolute after:inset-0" onClick={() => onOpen(item)}>
              {item.name}
            </button>
          </Cell>
          <Cell className="hidden text-ink-soft sm:table-cell">{ADE_ADMISSIONS[item.admission].label}</Cell>
          <Cell className="hidden text-ink-soft md:table-cell">{minimumOf(item)}</Cell>
          <Cell className="hidden text-ink-soft md:table-cell">{ADE_WEB_PAGES[item.webPage].label}</Cell>
          <Cell className="text-right tabular-nums">{item.devices.toLocaleString()}</Cell>
        </tr>
      ))}
    </Table>
  );
}

function minimumOf({ minimumOs }: AdeConfigurationDto): string {
  const parts = (["iOS", "iPadOS", "macOS"] as const).flatMap((platform) => (minimumOs[platform] === undefined ? [] : [`${platform} ${minimumOs[platform].osVersion}`]));
  return parts.length === 0 ? "Any" : parts.join(", ");
}
