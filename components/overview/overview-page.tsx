"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { Skeleton } from "@/components/ui/skeleton";
import { overviewQueries } from "@/lib/client/queries/overview";
import { counted } from "@/lib/client/text";
import type { Overview } from "@/lib/contracts/events";
import { AttentionRow } from "./attention-row";
import { Breakdown, COMMAND_ROWS, PUSH_ROWS, STATE_ROWS } from "./breakdown";
import { FirstSteps } from "./first-steps";
import { CHECK_INS, HoursCard, PUSHES } from "./hours-card";
import { PlatformCard } from "./platform-card";

export function OverviewPage() {
  const { data, error, refetch } = useQuery(overviewQueries.numbers());
  if (data === undefined && error !== null) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <OverviewSkeleton />;
  return data.devices.total === 0 ? <EmptyFleet overview={data} /> : <Fleet overview={data} />;
}

function EmptyFleet({ overview }: { overview: Overview }) {
  return (
    <>
      <PageHeader title="Welcome" intro="Three steps to the first managed device. Each one shows the true state of this server." />
      <FirstSteps overview={overview} />
    </>
  );
}

function Fleet({ overview }: { overview: Overview }) {
  const { devices, commands } = overview;
  return (
    <>
      <PageHeader
        title="Dashboard"
        intro={
          <>
            <Link href="/devices" className="rounded underline-offset-2 hover:underline">
              {counted(devices.total, "device")}
            </Link>
            {devices.simulated > 0 && (
              <>
                ,{" "}
                <Link href="/devices?simulated=yes" className="rounded underline-offset-2 hover:underline">
                  {devices.simulated === devices.total ? "all" : devices.simulated.toLocaleString()} simulated
                </Link>
              </>
            )}
          </>
        }
      />
      <AttentionRow overview={overview} />
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        <HoursCard title="Check-ins per hour" hours={overview.hours} series={CHECK_INS} behind={{ href: "/devices?seenWithin=48h&sort=-lastSeen", title: "Devices heard from within 48 hours" }} className="md:col-span-2" />
        <Breakdown title="Devices by state" counts={devices.byState} rows={STATE_ROWS} empty="No device is enrolled." />
        <PlatformCard devices={devices} className="md:row-span-2" />
        <Breakdown title="Commands, open and of the last 7 days" counts={commands.byState} rows={COMMAND_ROWS} empty="No command was sent yet." />
        <Breakdown title="Devices by push" counts={devices.byPush} rows={PUSH_ROWS} empty="No device is managed." />
        <HoursCard title="Pushes per hour" hours={overview.hours} series={PUSHES} behind={{ href: "/activity?about=pushes", title: "Pushes, one by one" }} className="md:col-span-2" />
      </div>
    </>
  );
}

function OverviewSkeleton() {
  return (
    <div role="status" aria-label="Loading the overview">
      <Skeleton className="mb-2 h-7 w-40" />
      <Skeleton className="mb-7 h-5 w-64" />
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        <Skeleton className="h-56 rounded-xl" />
        <Skeleton className="h-56 rounded-xl" />
        <Skeleton className="h-56 rounded-xl" />
      </div>
    </div>
  );
}
