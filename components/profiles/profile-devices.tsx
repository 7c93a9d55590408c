"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { MonitorSmartphone, RotateCw } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PagedList } from "@/components/ui/paged-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { asProblem } from "@/lib/client/api-problem";
import { useRetryProfile } from "@/lib/client/mutations/profiles";
import { profileQueries } from "@/lib/client/queries/profiles";
import { usePermission } from "@/lib/client/use-permission";
import { profileState, type ProfileDevice, type ProfileDto } from "@/lib/contracts/profiles";
import { PROFILE_STATES, wordsOf, type ProfileState } from "@/lib/contracts/words";
import { ProfileBadge, StandingReason } from "./profile-state";

const STATE_OPTIONS = [{ value: "", label: "Any state" }, ...wordsOf(PROFILE_STATES).map((value) => ({ value, label: PROFILE_STATES[value].label }))];

/** Where the profile stands on each device. */
export function ProfileDevices({ profile }: { profile: ProfileDto }) {
  const [state, setState] = useState<ProfileState | undefined>(undefined);
  const list = useInfiniteQuery(profileQueries.devices(profile.id, state));
  const trouble = (profile.states.failed ?? 0) + (profile.states.drifted ?? 0) > 0;
  return (
    <PagedList
      list={list}
      loading="Loading the devices"
      title="Devices"
      aside={
        <>
          {trouble && <RetryButton profileId={profile.id} words="Try all" />}
          <Select label="State of the profile" className="w-28 sm:w-44" value={state ?? ""} options={STATE_OPTIONS} onChange={(value) => setState(profileState.safeParse(value).data)} />
        </>
      }
      empty={
        <EmptyState icon={MonitorSmartphone} title={state === undefined ? "No device should have it" : "On no device it is in this state"}>
          {state === undefined && "Assign it to a group, and its devices stand here."}
        </EmptyState>
      }
    >
      {(devices) => (
        <Table label={`Devices of ${profile.name}`} head={HEAD}>
          {devices.map((device) => (
            <Row key={device.deviceId} device={device} profileId={profile.id} current={profile.current.number} />
          ))}
        </Table>
      )}
    </PagedList>
  );
}

const HEAD = (
  <>
    <HeadCell>Device</HeadCell>
    <HeadCell>State</HeadCell>
    <HeadCell className="hidden sm:table-cell">Version</HeadCell>
    <HeadCell className="hidden lg:table-cell">Seen in its list</HeadCell>
    <HeadCell>
      <span className="sr-only">Try again</span>
    </HeadCell>
  </>
);

function Row({ device, profileId, current }: { device: ProfileDevice; profileId: string; current: number }) {
  return (
    <tr className="relative hover:bg-hover">
      <Cell className="max-w-96 max-sm:max-w-44">
        <Link href={`/devices/${device.deviceId}?tab=profiles`} className="roomy block truncate font-medium after:absolute after:inset-0">
          {device.deviceName ?? device.serialNumber ?? device.deviceId}
        </Link>
        <span className="block text-xs text-ink-soft">
          <StandingReason standing={device} />
        </span>
      </Cell>
      <Cell>
        <ProfileBadge state={device.state} />
      </Cell>
      <Cell className="hidden whitespace-nowrap tabular-nums sm:table-cell">
        {device.version === null ? <span className="text-ink-faint">–</span> : device.version === current ? device.version : `${device.version} of ${current}`}
      </Cell>
      <Cell className="hidden whitespace-nowrap lg:table-cell">
        {device.seenAt === null ? <span className="text-ink-faint">not yet</span> : <RelativeTime at={device.seenAt} className="relative z-[1]" />}
      </Cell>
      <Cell className="w-px">{(device.state === "failed" || device.state === "drifted") && <RetryButton profileId={profileId} deviceId={device.deviceId} words="Try again" />}</Cell>
    </tr>
  );
}

/** Has it tried again at once; without a device wherever it failed or drifted. */
export function RetryButton({ profileId, deviceId, words }: { profileId: string; deviceId?: string; words: string }) {
  const retry = useRetryProfile(profileId);
  const allowed = usePermission("profile:write");
  const again = (): void =>
    retry.mutate(deviceId === undefined ? {} : { deviceIds: [deviceId] }, {
      onSuccess: () => toast("Tried again", { description: "The device gets it when it connects." }),
      onError: (error) => {
        const problem = asProblem(error);
        toast.error(problem.title, { description: `${problem.message} (${problem.code})` });
      },
    });
  return (
    <Button size="small" className="relative z-[1]" busy={retry.isPending} disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={again}>
      {!retry.isPending && <RotateCw aria-hidden />}
      {words}
    </Button>
  );
}
