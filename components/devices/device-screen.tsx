"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldQuestion } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { PushPanel } from "@/components/push/push-panel";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ProblemNote } from "@/components/ui/problem-note";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs, type Tab } from "@/components/ui/tabs";
import { asProblem } from "@/lib/client/api-problem";
import { deviceQueries } from "@/lib/client/queries/devices";
import type { DeviceDto } from "@/lib/contracts/devices";
import { AttentionStrip } from "./attention-strip";
import { CertificatesTab } from "./certificates-tab";
import { DeviceHeader } from "./device-header";
import { InventoryTab } from "./inventory-tab";
import { APP_LISTS, PROFILE_LISTS } from "./inventory-lists";
import { ListsTab } from "./lists-tab";
import { factOf, terminationUnderWay } from "./newest-enrollment";
import { OverviewTab } from "./overview-tab";
import { SecurityTab } from "./security-tab";
import { TerminationUnderWay } from "./termination-state";

/** What other features bring to the page of a device. A tab that is not open is not made. */
export interface DeviceSlots {
  sendCommand: ReactNode;
  commands: ReactNode;
  activity: ReactNode;
  /** The last few things that happened. */
  recent: ReactNode;
  channels: ReactNode;
  declarations: ReactNode;
  /** Profiles of the library, above what the device lists. */
  profiles: ReactNode;
  protocol: ReactNode;
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
  const termination = terminationUnderWay(device);
  const open = tabs.find((tab) => tab.value === search.get("tab")) ?? tabs[0];
  return (
    <>
      <DeviceHeader device={device} sendCommand={slots.sendCommand} />
      <AttentionStrip device={device}>{termination !== null && <TerminationUnderWay deviceId={device.id} termination={termination} />}</AttentionStrip>
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
  const channels: Tab[] = users === 0 ? [] : [{ value: "channels", label: "Channels", count: users + 1, content: slots.channels }];
  return [
    { value: "overview", label: "Overview", content: <OverviewTab device={device} recent={slots.recent} /> },
    { value: "commands", label: "Commands", count: device.openCommands, content: slots.commands },
    { value: "activity", label: "Activity", content: slots.activity },
    { value: "profiles", label: "Profiles", count: lengthOf(device, "ProfileList"), content: <ProfilesTab device={device} library={slots.profiles} /> },
    { value: "declarations", label: "Declarations", content: slots.declarations },
    { value: "apps", label: "Apps", count: lengthOf(device, "InstalledApplicationList"), content: <ListsTab device={device} lists={APP_LISTS} /> },
    { value: "certificates", label: "Certificates", count: lengthOf(device, "CertificateList"), content: <CertificatesTab device={device} /> },
    { value: "security", label: "Security", content: <SecurityTab device={device} /> },
    { value: "inventory", label: "Inventory", content: <InventoryTab device={device} /> },
    { value: "push", label: "Push", content: <PushPanel deviceId={device.id} /> },
    { value: "protocol", label: "Protocol", content: slots.protocol },
    ...channels,
  ];
}

function ProfilesTab({ device, library }: { device: DeviceDto; library: ReactNode }) {
  return (
    <div className="grid gap-4">
      {library}
      <ListsTab device={device} lists={PROFILE_LISTS} />
    </div>
  );
}

function lengthOf(device: DeviceDto, kind: string): number | null {
  const value = factOf(device, kind)?.value;
  return Array.isArray(value) ? value.length : null;
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
