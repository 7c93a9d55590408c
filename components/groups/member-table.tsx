"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { MonitorSmartphone, X } from "lucide-react";
import type { ReactNode } from "react";
import { toast } from "@/components/ui/toast";
import { DeviceTitle, LastContact } from "@/components/devices/device-columns";
import { deviceName, systemOf } from "@/components/devices/device-name";
import { EnrollmentBadge } from "@/components/devices/enrollment-badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PagedList } from "@/components/ui/paged-list";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { asProblem } from "@/lib/client/api-problem";
import { useChangeMembers } from "@/lib/client/mutations/groups";
import { groupQueries } from "@/lib/client/queries/groups";
import { usePermission } from "@/lib/client/use-permission";
import type { DeviceSummary } from "@/lib/contracts/devices";
import type { DeviceGroupDto } from "@/lib/contracts/groups";

/** The devices of a group, each removable. */
export function MemberTable({ group, add }: { group: DeviceGroupDto; add: ReactNode }) {
  const list = useInfiniteQuery(groupQueries.members(group.id));
  return (
    <PagedList list={list} loading="Loading the devices" title="Devices" empty={<EmptyState icon={MonitorSmartphone} title="No device in this group" action={add} />}>
      {(devices) => (
        <Table label={`Devices of ${group.name}`} head={HEAD}>
          {devices.map((device) => (
            <Row key={device.id} device={device} groupId={group.id} />
          ))}
        </Table>
      )}
    </PagedList>
  );
}

const HEAD = (
  <>
    <HeadCell>Device</HeadCell>
    <HeadCell className="hidden md:table-cell">System</HeadCell>
    <HeadCell className="hidden sm:table-cell">State</HeadCell>
    <HeadCell className="hidden lg:table-cell">Last contact</HeadCell>
    <HeadCell>
      <span className="sr-only">Remove</span>
    </HeadCell>
  </>
);

function Row({ device, groupId }: { device: DeviceSummary; groupId: string }) {
  const change = useChangeMembers(groupId);
  const allowed = usePermission("group:write");
  const name = deviceName(device);
  const remove = (): void =>
    change.mutate(
      { remove: [device.id] },
      {
        onSuccess: () => toast(`Removed ${name} from the group`, { action: { label: "Undo", onClick: () => change.mutate({ add: [device.id] }) } }),
        onError: (error) => {
          const problem = asProblem(error);
          toast.error(problem.title, { description: `${problem.message} (${problem.code})` });
        },
      },
    );
  return (
    <tr className="relative hover:bg-hover">
      <Cell className="max-w-80 max-sm:max-w-60">
        <DeviceTitle device={device} />
      </Cell>
      <Cell className="hidden whitespace-nowrap md:table-cell">{systemOf(device)}</Cell>
      <Cell className="hidden sm:table-cell">
        <EnrollmentBadge {...device} />
      </Cell>
      <Cell className="hidden whitespace-nowrap lg:table-cell">
        <LastContact device={device} />
      </Cell>
      <Cell className="w-px">
        <Button look="quiet" size="small-icon" className="relative z-[1]" busy={change.isPending} disabled={!allowed} aria-label={`Remove ${name} from the group`} title={allowed ? "Remove from the group" : "Needs the role Operator"} onClick={remove}>
          {!change.isPending && <X aria-hidden />}
        </Button>
      </Cell>
    </tr>
  );
}
