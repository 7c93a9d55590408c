"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Card } from "@/components/ui/card";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { profileQueries } from "@/lib/client/queries/profiles";
import type { DeviceProfileDto } from "@/lib/contracts/profiles";
import { ProfileBadge, StandingReason } from "./profile-state";
import { RetryButton } from "./profile-devices";

/** The profiles of the library that this device has or should have. */
export function DeviceProfiles({ deviceId }: { deviceId: string }) {
  const { data, error, refetch } = useQuery(profileQueries.ofDevice(deviceId));
  if (error !== null && data === undefined) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  return (
    <Card flush title="From the library">
      {data === undefined && <SkeletonRows rows={2} label="Loading the profiles of the library" />}
      {data?.items.length === 0 && (
        <p className="p-6 text-center text-ink-faint">
          Nothing is assigned to a group of this device.{" "}
          <Link href="/profiles" className="rounded text-accent underline underline-offset-2">
            All profiles
          </Link>
        </p>
      )}
      {data !== undefined && data.items.length > 0 && (
        <Table label="Profiles of the library on this device" head={HEAD}>
          {data.items.map((item) => (
            <Row key={item.identifier} item={item} deviceId={deviceId} />
          ))}
        </Table>
      )}
    </Card>
  );
}

const HEAD = (
  <>
    <HeadCell>Profile</HeadCell>
    <HeadCell>State</HeadCell>
    <HeadCell className="hidden sm:table-cell">Version</HeadCell>
    <HeadCell className="hidden md:table-cell">Installed</HeadCell>
    <HeadCell>
      <span className="sr-only">Try again</span>
    </HeadCell>
  </>
);

function Row({ item, deviceId }: { item: DeviceProfileDto; deviceId: string }) {
  return (
    <tr>
      <Cell className="max-w-96 max-sm:max-w-44">
        {item.profileId === null ? (
          <span className="block truncate font-medium">Deleted profile</span>
        ) : (
          <Link href={`/profiles/${item.profileId}`} className="roomy block truncate rounded font-medium underline-offset-2 hover:underline">
            {item.name ?? item.identifier}
          </Link>
        )}
        <code className="block truncate text-xs text-ink-faint" title={item.identifier}>
          {item.identifier}
        </code>
        <span className="block text-xs text-ink-soft">
          <StandingReason standing={item} />
        </span>
      </Cell>
      <Cell>
        <ProfileBadge state={item.state} />
      </Cell>
      <Cell className="hidden tabular-nums sm:table-cell">{item.version ?? <span className="text-ink-faint">–</span>}</Cell>
      <Cell className="hidden whitespace-nowrap md:table-cell">{item.installedAt === null ? <span className="text-ink-faint">–</span> : <RelativeTime at={item.installedAt} />}</Cell>
      <Cell className="w-px">
        {item.profileId !== null && (item.state === "failed" || item.state === "drifted") && <RetryButton profileId={item.profileId} deviceId={deviceId} words="Try again" />}
      </Cell>
    </tr>
  );
}
