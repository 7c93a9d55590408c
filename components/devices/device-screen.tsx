"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldQuestion } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ProblemNote } from "@/components/ui/problem-note";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs, type Tab } from "@/components/ui/tabs";
import { asProblem } from "@/lib/client/api-problem";
import { deviceQueries } from "@/lib/client/queries/devices";
import type { DeviceDto } from "@/lib/contracts/devices";
import { AttentionStrip } from "./attention-strip";
import { DeviceHeader } from "./device-header";
import { furtherTab, inventoryTabs, securityTab } from "./inventory-tabs";
import { LivesPanel } from "./lives-panel";
import { OverviewTab } from "./overview-tab";
import { PushPanel } from "./push-panel";

/** What other features bring to the page of a device. */
export interface DeviceSlots {
  sendCommand: ReactNode;
  commands: ReactNode;
  activity: ReactNode;
  channels: ReactNode;
  declarations: ReactNode;
}

export function DeviceScreen({ id, ...slots }: DeviceSlots & { id: string }) {
  const { data: device, error, refetch } = useQuery(deviceQueries.detail(id));
  if (device !== undefined) return <LoadedDevice device={device} slots={slots} />;
  if (error === null) return <DeviceSkeleton />;
  if (["not-found", "invalid-input"].includes(asProblem(error).code)) return <NoSuchDevice />;
  return <ProblemNote error={error} onRetry={() => void refetch()} />;
}

function LoadedDevice({ device, slots }: { device: DeviceDto; slots: DeviceSlots }) {
  const search = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const tabs = tabsOf(device, slots);
  const open = tabs.find((tab) => tab.value === search.get("tab")) ?? tabs[0];
  return (
    <>
      <DeviceHeader device={device} sendCommand={slots.sendCommand} />
      <AttentionStrip device={device} />
      <Tabs
        label="About this device"
        tabs={tabs}
        value={open?.value ?? "overview"}
        onChange={(value) => router.replace(value === "overview" ? pathname : `${pathname}?tab=${value}`, { scroll: false })}
      />
    </>
  );
}

function tabsOf(device: DeviceDto, slots: DeviceSlots): Tab[] {
  const users = device.enrollments.filter((enrollment) => enrollment.channel === "user" && enrollment.endedAt === null).length;
  return [
    { value: "overview", label: "Overview", content: <OverviewTab device={device} /> },
    { value: "commands", label: "Commands", count: device.openCommands, content: slots.commands },
    { value: "activity", label: "Activity", content: slots.activity },
    { value: "declarations", label: "Declarations", content: slots.declarations },
    ...inventoryTabs(device),
    ...securityTab(device),
    ...furtherTab(device),
    { value: "channels", label: "Channels", count: users === 0 ? null : users + 1, content: slots.channels },
    { value: "push", label: "Push", content: <PushPanel device={device} /> },
    { value: "lives", label: "Lives", count: device.enrollments.length, content: <LivesPanel enrollments={device.enrollments} /> },
  ];
}

function NoSuchDevice() {
  return (
    <EmptyState
      icon={ShieldQuestion}
      title="There is no such device"
      action={
        <Button asChild>
          <Link href="/devices">All devices</Link>
        </Button>
      }
    >
      The address may be mistyped, or the record was removed.
    </EmptyState>
  );
}

function DeviceSkeleton() {
  return (
    <div role="status" aria-label="Loading the device">
      <div className="mt-7 mb-8 flex items-center gap-4">
        <Skeleton className="size-12 rounded-xl" />
        <div className="grid gap-2">
          <Skeleton className="h-6 w-52" />
          <Skeleton className="h-4 w-72" />
        </div>
      </div>
      <Skeleton className="mb-5 h-10 w-full" />
      <div className="grid gap-4 xl:grid-cols-2">
        <Skeleton className="h-64 rounded-xl" />
        <Skeleton className="h-64 rounded-xl" />
      </div>
    </div>
  );
}
