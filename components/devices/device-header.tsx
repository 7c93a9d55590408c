"use client";

import { Ellipsis, Radio, Trash2, Unplug, User } from "lucide-react";
import { useState, type ReactNode } from "react";
import { BackLink } from "@/components/ui/back-link";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Copyable } from "@/components/ui/copyable";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { usePermission } from "@/lib/client/use-permission";
import { useNow } from "@/lib/client/use-now";
import { absoluteTime } from "@/lib/client/format-time";
import type { DeviceDto } from "@/lib/contracts/devices";
import type { Tone } from "@/lib/contracts/words";
import { deviceName, modelOf, systemOf } from "./device-name";
import { EndManagementDialog } from "./end-management-dialog";
import { EnrollmentBadge } from "./enrollment-badge";
import { ForgetDeviceDialog } from "./forget-device-dialog";
import { isLive, newestEnrollment } from "./newest-enrollment";
import { PlatformIcon } from "./platform-icon";
import { useRequestPush } from "./push-now";
import { reachability } from "./reachability";

const TONES: Record<Tone, string> = { neutral: "text-ink-soft", info: "text-info", good: "text-good", warning: "text-warning", bad: "text-bad" };

/** Who this device is, how it stands, and what can be done with it. */
export function DeviceHeader({ device, sendCommand }: { device: DeviceDto; sendCommand: ReactNode }) {
  const model = modelOf(device);
  return (
    <header className="mb-5">
      <BackLink href="/devices">Devices</BackLink>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="flex min-w-0 items-start gap-4">
          <span className="grid size-12 shrink-0 place-items-center rounded-xl border border-line bg-surface">
            <PlatformIcon platform={device.platform} className="size-6 text-ink-soft" />
          </span>
          <div className="min-w-0">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h1 className="text-xl font-semibold tracking-tight break-words">{deviceName(device)}</h1>
              <EnrollmentBadge {...device} />
            </div>
            <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft">
              {model !== null && <span>{model}</span>}
              <span>{systemOf(device)}</span>
              {device.serialNumber !== null && <Copyable text={device.serialNumber} what="serial number" />}
              {device.owner !== null && (
                <span className="flex min-w-0 items-center gap-1" title="Owner">
                  <User aria-label="Owner" className="size-3.5 shrink-0" />
                  <span className="truncate">{device.owner}</span>
                </span>
              )}
              {device.supervised === true && <Tag>supervised</Tag>}
              {device.simulated && <Tag title="A simulated device: it speaks the protocol, but is no hardware.">simulated</Tag>}
            </div>
            <ReachabilityLine device={device} />
          </div>
        </div>
        <div className="flex gap-2">
          {sendCommand}
          <MoreActions device={device} />
        </div>
      </div>
    </header>
  );
}

function ReachabilityLine({ device }: { device: DeviceDto }) {
  const now = useNow();
  const enrollment = newestEnrollment(device);
  const { sentence, tone } = reachability(enrollment, now);
  const seen = enrollment?.lastSeenAt ?? null;
  return (
    <p className={classNames("mt-1", TONES[tone])} title={seen === null ? undefined : `Last contact ${absoluteTime(Date.parse(seen))}`}>
      {sentence.charAt(0).toUpperCase() + sentence.slice(1)}
    </p>
  );
}

function MoreActions({ device }: { device: DeviceDto }) {
  const [ending, setEnding] = useState(false);
  const [forgetting, setForgetting] = useState(false);
  const mayForget = usePermission("device:forget");
  const { request } = useRequestPush(device.id);
  const mayPush = usePermission("device:command");
  const mayEnd = usePermission("device:terminate");
  const unmanaged = isLive(device) ? null : "Not managed";
  const tokenless = newestEnrollment(device)?.push.hasToken === true ? null : "No push token";
  const operator = (allowed: boolean): string | null => (allowed ? null : "Needs the role Operator");
  return (
    <>
      <Menu
        trigger={
          <Button size="icon" aria-label="More actions">
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={request} disabled={operator(mayPush) ?? unmanaged ?? tokenless}>
          <Radio aria-hidden />
          Push now
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => setEnding(true)} disabled={operator(mayEnd) ?? unmanaged} danger>
          <Unplug aria-hidden />
          End management…
        </MenuItem>
        <MenuItem onSelect={() => setForgetting(true)} disabled={mayForget ? null : "Needs the role Owner"} danger>
          <Trash2 aria-hidden />
          Forget device…
        </MenuItem>
      </Menu>
      <ForgetDeviceDialog device={device} open={forgetting} onOpenChange={setForgetting} />
      <EndManagementDialog device={device} open={ending} onOpenChange={setEnding} />
    </>
  );
}
