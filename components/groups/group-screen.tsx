"use client";

import { useQuery } from "@tanstack/react-query";
import { Boxes, Plus, Send, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { SendCommandDialog } from "@/components/commands/send-command-dialog";
import { BackLink } from "@/components/ui/back-link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { asProblem } from "@/lib/client/api-problem";
import { groupQueries } from "@/lib/client/queries/groups";
import { counted } from "@/lib/client/text";
import { usePermission } from "@/lib/client/use-permission";
import type { DeviceGroupDto } from "@/lib/contracts/groups";
import { AddMembersDialog } from "./add-members-dialog";
import { GroupAssignments } from "./group-assignments";
import { DeleteGroupDialog } from "./delete-group-dialog";
import { MemberTable } from "./member-table";

/** One group: its devices, and what can be done with all of them. */
export function GroupScreen({ id }: { id: string }) {
  const { data: group, error, refetch } = useQuery(groupQueries.detail(id));
  if (group !== undefined) return <LoadedGroup group={group} />;
  if (error === null) return <GroupSkeleton />;
  return ["not-found", "invalid-input"].includes(asProblem(error).code) ? <NoSuchGroup /> : <ProblemNote error={error} onRetry={() => void refetch()} />;
}

function LoadedGroup({ group }: { group: DeviceGroupDto }) {
  const [open, setOpen] = useState<"add" | "send" | "delete" | null>(null);
  const mayWrite = usePermission("group:write");
  const maySend = usePermission("device:command");
  const close = (): void => setOpen(null);
  const operator = (allowed: boolean): string | undefined => (allowed ? undefined : "Needs the role Operator");
  const sendReason = group.members === 0 ? "The group has no devices yet" : operator(maySend);
  const add = (
    <Button disabled={!mayWrite} title={operator(mayWrite)} onClick={() => setOpen("add")}>
      <Plus aria-hidden />
      Add devices
    </Button>
  );
  return (
    <>
      <BackLink href="/groups">Groups</BackLink>
      <PageHeader
        title={group.name}
        intro={
          <>
            {counted(group.members, "device")}, created <RelativeTime at={group.createdAt} /> by {group.createdBy.replace(/^\w+:/, "")}
          </>
        }
        actions={
          <>
            <Button look="primary" disabled={sendReason !== undefined} title={sendReason} onClick={() => setOpen("send")}>
              <Send aria-hidden />
              Send command
            </Button>
            {add}
            <Button size="icon" aria-label="Delete group" disabled={!mayWrite} title={operator(mayWrite) ?? "Delete group"} onClick={() => setOpen("delete")}>
              <Trash2 aria-hidden />
            </Button>
          </>
        }
      />
      <div className="grid gap-4">
        <GroupAssignments groupId={group.id} />
        <MemberTable group={group} add={add} />
      </div>
      <AddMembersDialog group={group} open={open === "add"} onOpenChange={(next) => !next && close()} />
      <SendCommandDialog
        target={{ kind: "many", target: { groupId: group.id }, words: `the group ${group.name}: ${counted(group.members, "device")}` }}
        open={open === "send"}
        onOpenChange={(next) => !next && close()}
      />
      <DeleteGroupDialog group={group} open={open === "delete"} onOpenChange={(next) => !next && close()} />
    </>
  );
}

function NoSuchGroup() {
  return (
    <EmptyState
      icon={Boxes}
      title="There is no such group"
      action={
        <Button asChild>
          <Link href="/groups">All groups</Link>
        </Button>
      }
    >
      It may have been deleted. Its devices stay.
    </EmptyState>
  );
}

function GroupSkeleton() {
  return (
    <div>
      <Skeleton className="mt-7 mb-2 h-7 w-48" />
      <Skeleton className="mb-6 h-5 w-64" />
      <SkeletonRows rows={4} label="Loading the group" />
    </div>
  );
}
