"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { EnrollmentBadge } from "@/components/devices/enrollment-badge";
import { Tag } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { commandQueries } from "@/lib/client/queries/commands";
import { deviceQueries } from "@/lib/client/queries/devices";
import type { EnrollmentDto } from "@/lib/contracts/devices";
import { channelUsers, userIdOf, userName } from "./channels";
import { CommandBadge } from "./command-badge";
import { commandTitle } from "./command-title";

const SHOWN = 5;

/** The device and each of its users: channels with a token, a queue and a life of their own. */
export function ChannelsTab({ deviceId }: { deviceId: string }) {
  const { data: device } = useQuery(deviceQueries.detail(deviceId));
  if (device === undefined) return <Skeleton className="h-64 rounded-xl" />;
  const own = device.enrollments.find((enrollment) => enrollment.channel === "device");
  const users = channelUsers(device);
  return (
    <div className="grid gap-4">
      {own !== undefined && <ChannelCard deviceId={deviceId} enrollment={own} />}
      {users.map(({ enrollment }) => (
        <ChannelCard key={enrollment.id} deviceId={deviceId} enrollment={enrollment} />
      ))}
      {users.length === 0 && <p className="text-ink-faint">No user of this device is managed. Macs and Shared iPads open a channel for a user who signs in.</p>}
    </div>
  );
}

function ChannelCard({ deviceId, enrollment }: { deviceId: string; enrollment: EnrollmentDto }) {
  const user = enrollment.channel === "user";
  const title = (
    <span className="flex items-center gap-2">
      {user ? userName(enrollment, userIdOf(enrollment)) : "The device"}
      {user && <Tag>user channel</Tag>}
    </span>
  );
  return (
    <Card flush title={title} aside={<EnrollmentBadge {...enrollment} />}>
      <div className="grid lg:grid-cols-2 lg:divide-x lg:divide-line">
        <KeyValues items={channelFacts(enrollment)} />
        <RecentCommands deviceId={deviceId} enrollmentId={enrollment.id} />
      </div>
    </Card>
  );
}

function channelFacts(enrollment: EnrollmentDto): KeyValue[] {
  const { push } = enrollment;
  const facts: (KeyValue | null)[] = [
    enrollment.userShortName === null ? null : { key: "Account", title: "UserShortName", value: enrollment.userShortName },
    enrollment.channel === "device" ? null : { key: "User ID", title: "UserID", value: <Copyable text={userIdOf(enrollment)} what="user ID" /> },
    enrollment.notOnConsole === null ? null : { key: "At the screen", title: "NotOnConsole", value: enrollment.notOnConsole ? "No, somebody else is" : "Yes" },
    { key: "Enrolled", value: enrollment.enrolledAt === null ? "not completed" : <RelativeTime at={enrollment.enrolledAt} /> },
    { key: "Last contact", value: enrollment.lastSeenAt === null ? "never" : <RelativeTime at={enrollment.lastSeenAt} /> },
    { key: "Push token", value: push.tokenDeadAt !== null ? <>dead since <RelativeTime at={push.tokenDeadAt} /></> : push.hasToken ? "held" : "none yet" },
    { key: "Last push", value: push.lastPushAt === null ? "never" : <RelativeTime at={push.lastPushAt} /> },
  ];
  return facts.filter((fact) => fact !== null);
}

/** The newest commands of one channel. */
function RecentCommands({ deviceId, enrollmentId }: { deviceId: string; enrollmentId: string }) {
  const { data } = useInfiniteQuery(commandQueries.ofDevice(deviceId, { enrollmentId }));
  const [first] = data?.pages ?? [];
  if (first === undefined) return <Skeleton className="m-4 h-32" />;
  if (first.items.length === 0) return <p className="p-4 text-ink-faint max-lg:border-t max-lg:border-line">No command was sent on this channel.</p>;
  return (
    <div className="max-lg:border-t max-lg:border-line">
      <ul className="divide-y divide-line">
        {first.items.slice(0, SHOWN).map((command) => (
          <li key={command.id} className="relative flex items-center justify-between gap-3 px-4 py-2 hover:bg-hover">
            <span className="min-w-0">
              <Link href={`/devices/${deviceId}?tab=commands&command=${command.id}`} className="roomy block truncate font-medium after:absolute after:inset-0">
                {commandTitle(command.requestType)}
              </Link>
              <span className="text-xs text-ink-faint">
                <RelativeTime at={command.queuedAt} />
              </span>
            </span>
            <CommandBadge state={command.state} />
          </li>
        ))}
      </ul>
      {first.total > SHOWN && (
        <Link href={`/devices/${deviceId}?tab=commands`} className="block border-t border-line px-4 py-2 text-xs text-ink-soft hover:bg-hover hover:text-ink">
          All {first.total.toLocaleString()} commands
        </Link>
      )}
    </div>
  );
}
