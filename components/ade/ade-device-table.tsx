"use client";

import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { AdeDeviceDto } from "@/lib/contracts/ade";
import { ADE_DEVICE_STATES } from "@/lib/contracts/ade-words";

interface Props {
  devices: readonly AdeDeviceDto[];
  /** Null for those who may not assign. */
  ticked: ReadonlySet<string> | null;
  onTicked: (ticked: ReadonlySet<string>) => void;
}

/** A table, and cards where a table would not fit. */
export function AdeDeviceTable({ devices, ticked, onTicked }: Props) {
  const shown = devices.filter((device) => ticked?.has(device.id)).length;
  const toggle = (id: string): void => onTicked(ticked?.has(id) ? new Set([...ticked].filter((each) => each !== id)) : new Set([...(ticked ?? []), id]));
  const toggleAll = (): void => onTicked(shown < devices.length ? new Set([...(ticked ?? []), ...devices.map((device) => device.id)]) : new Set());
  return (
    <>
      <div className="hidden md:block">
        <Table
          label="Devices of the accounts"
          head={
            <>
              {ticked !== null && (
                <HeadCell className="w-px !pr-0">
                  <Checkbox label="Select all in sight" checked={shown === devices.length} partly={shown > 0 && shown < devices.length} onChange={toggleAll} />
                </HeadCell>
              )}
              <HeadCell>Device</HeadCell>
              <HeadCell>Configuration</HeadCell>
              <HeadCell>Why</HeadCell>
            </>
          }
        >
          {devices.map((device) => (
            <tr key={device.id} className="hover:bg-hover">
              {ticked !== null && (
                <Cell className="w-px !pr-0">
                  <Checkbox label={`Select ${device.serialNumber}`} checked={ticked.has(device.id)} onChange={() => toggle(device.id)} />
                </Cell>
              )}
              <Cell className="min-w-44">
                <DeviceTitle device={device} />
              </Cell>
              <Cell className="max-w-48 text-ink-soft">
                <span className="block truncate">{device.configuration?.name ?? "None"}</span>
              </Cell>
              <Cell className="max-w-md">
                <Why device={device} />
              </Cell>
            </tr>
          ))}
        </Table>
      </div>
      <ul className="divide-y divide-line md:hidden">
        {devices.map((device) => (
          <li key={device.id} className="grid gap-2 p-4">
            <div className="flex items-start justify-between gap-3">
              <DeviceTitle device={device} />
              {ticked !== null && <Checkbox label={`Select ${device.serialNumber}`} checked={ticked.has(device.id)} onChange={() => toggle(device.id)} />}
            </div>
            <Why device={device} />
            <p className="text-xs text-ink-soft">{device.configuration?.name ?? "No configuration"}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

function DeviceTitle({ device }: { device: AdeDeviceDto }) {
  const { deviceId, serialNumber, model, assetTag } = device;
  return (
    <div className="min-w-0">
      {deviceId === null ? (
        <span className="font-mono text-[13px] font-medium">{serialNumber}</span>
      ) : (
        <Link href={`/devices/${deviceId}`} className="roomy inline-block font-mono text-[13px] font-medium underline decoration-line-strong underline-offset-2 hover:decoration-current">
          {serialNumber}
        </Link>
      )}
      <p className="truncate text-xs text-ink-soft">{[model, assetTag].filter((part) => part !== null && part !== "").join(" · ")}</p>
    </div>
  );
}

function Why({ device: { state, why, request } }: { device: AdeDeviceDto }) {
  const { label, tone } = ADE_DEVICE_STATES[state];
  return (
    <div className="grid justify-items-start gap-1">
      <Badge tone={tone}>{label}</Badge>
      <p className="text-xs text-ink-soft">
        {why}
        {request !== null && (
          <>
            {" "}
            Last came <RelativeTime at={request.at} />
            {request.count > 1 && `, ${request.count} times in all`}.
          </>
        )}
      </p>
    </div>
  );
}
