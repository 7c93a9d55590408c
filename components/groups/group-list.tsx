"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Boxes, Plus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { PagedList } from "@/components/ui/paged-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { groupQueries } from "@/lib/client/queries/groups";
import { usePermission } from "@/lib/client/use-permission";
import type { DeviceGroupDto } from "@/lib/contracts/groups";
import { CreateGroupDialog } from "./create-group-dialog";

/** The named sets of devices. */
export function GroupList() {
  const [creating, setCreating] = useState(false);
  const router = useRouter();
  const allowed = usePermission("group:write");
  const list = useInfiniteQuery(groupQueries.list());
  const create = (
    <Button look="primary" disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      Create group
    </Button>
  );
  return (
    <>
      <PageHeader title="Groups" intro="Named sets of devices: send them a command together, or give them profiles and declarations." actions={create} />
      <PagedList
        list={list}
        loading="Loading groups"
        empty={
          <EmptyState icon={Boxes} title="No group yet" action={create}>
            A group holds the devices you put into it. A device may be in any number of groups.
          </EmptyState>
        }
      >
        {(groups) => <GroupTable groups={groups} />}
      </PagedList>
      <CreateGroupDialog open={creating} onOpenChange={setCreating} onCreated={(group) => router.push(`/groups/${group.id}`)} />
    </>
  );
}

const HEAD = (
  <>
    <HeadCell>Group</HeadCell>
    <HeadCell className="text-right">Devices</HeadCell>
    <HeadCell className="hidden sm:table-cell">Created</HeadCell>
  </>
);

function GroupTable({ groups }: { groups: readonly DeviceGroupDto[] }) {
  return (
    <Table label="Groups" head={HEAD}>
      {groups.map((group) => (
        <tr key={group.id} className="relative hover:bg-hover">
          <Cell className="max-w-80 max-sm:max-w-48">
            <Link href={`/groups/${group.id}`} className="roomy block truncate font-medium after:absolute after:inset-0">
              {group.name}
            </Link>
          </Cell>
          <Cell className="text-right tabular-nums">{group.members.toLocaleString()}</Cell>
          <Cell className="hidden whitespace-nowrap text-ink-soft sm:table-cell">
            <RelativeTime at={group.createdAt} className="relative z-[1]" /> by {group.createdBy.replace(/^\w+:/, "")}
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
