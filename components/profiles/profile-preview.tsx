"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { JsonValue } from "@/components/ui/json-value";
import { KeyValues } from "@/components/ui/key-values";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { profileQueries } from "@/lib/client/queries/profiles";
import { wordsFromKey } from "@/lib/client/text";
import type { ProfileDto, ProfilePreview as Preview } from "@/lib/contracts/profiles";

/** The payloads as a device gets them, with secrets masked; with variables filled in for a device that has or should have the profile. */
export function ProfilePreview({ profile }: { profile: ProfileDto }) {
  const [deviceId, setDeviceId] = useState("");
  const { data, error, refetch } = useQuery(profileQueries.preview(profile.id, profile.current.number, deviceId === "" ? undefined : deviceId));
  return (
    <div className="grid gap-4">
      {profile.current.variables.length > 0 && <DeviceChoice profile={profile} value={deviceId} onChange={setDeviceId} />}
      {error !== null && data === undefined && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows rows={5} label="Loading the payloads" />}
      {data !== undefined && <Shown preview={data} />}
    </div>
  );
}

function DeviceChoice({ profile, value, onChange }: { profile: ProfileDto; value: string; onChange: (deviceId: string) => void }) {
  const list = useInfiniteQuery(profileQueries.devices(profile.id, undefined));
  const devices = list.data?.pages.flatMap((page) => page.items) ?? [];
  const options = [{ value: "", label: "No device: variables as they stand" }, ...devices.map((device) => ({ value: device.deviceId, label: device.deviceName ?? device.serialNumber ?? device.deviceId }))];
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="text-ink-soft">As it would be sent to</span>
      <Select label="Device" className="max-w-full min-w-56" value={value} options={options} onChange={onChange} />
      {devices.length === 0 && <span className="text-xs text-ink-faint">Devices of assigned groups can be chosen.</span>}
    </div>
  );
}

function Shown({ preview }: { preview: Preview }) {
  return (
    <>
      {preview.missing.length > 0 && <Note tone="warning">This device has no value for {preview.missing.map((name) => `$MUSTER_${name}`).join(", ")}: it is sent nothing.</Note>}
      {preview.payloads.map((payload, index) => (
        <Card key={index} flush title={payload.displayName === null || payload.displayName === payload.title ? payload.title : `${payload.title}: ${payload.displayName}`} aside={<code className="break-all">{payload.type}</code>}>
          <Values values={payload.values} />
        </Card>
      ))}
      <Card flush title="Around them">
        <Values values={preview.values} />
      </Card>
    </>
  );
}

function Values({ values }: { values: Record<string, unknown> }) {
  const entries = Object.entries(values);
  if (entries.length === 0) return <p className="p-4 text-ink-faint">Nothing is set.</p>;
  return <KeyValues items={entries.map(([key, value]) => ({ key: wordsFromKey(key), title: key, value: <JsonValue value={value} /> }))} />;
}
