import Link from "next/link";
import type { ReactNode } from "react";
import { Badge, Tag } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import type { DeviceCsvColumn, DeviceSummary } from "@/lib/contracts/devices";
import { PLATFORMS, PUSH_HEALTH } from "@/lib/contracts/words";
import { Issues } from "./device-issues";
import { deviceName, modelOf, systemOf } from "./device-name";
import { EnrollmentBadge } from "./enrollment-badge";
import { PlatformIcon } from "./platform-icon";

/** Name with model; the name is the link, stretched over its row. */
export function DeviceTitle({ device }: { device: DeviceSummary }) {
  return (
    <div className="flex min-w-0 items-center gap-3">
      <span className="grid size-9 shrink-0 place-items-center rounded-lg border border-line bg-sunken">
        <PlatformIcon platform={device.platform} className="size-4.5 text-ink-soft" />
      </span>
      <div className="min-w-0">
        <Link href={`/devices/${device.id}`} className="roomy block truncate font-medium after:absolute after:inset-0">
          {deviceName(device)}
        </Link>
        <p className="flex h-5 items-center gap-2 text-xs text-ink-faint">
          <span className="truncate">{modelOf(device) ?? PLATFORMS[device.platform]}</span>
          {device.simulated && <Tag title="A simulated device: it speaks the protocol, but is no hardware.">simulated</Tag>}
        </p>
      </div>
    </div>
  );
}

/** When the device last spoke to us. */
export function LastContact({ device }: { device: DeviceSummary }) {
  if (device.lastSeenAt === null) return <span className="text-ink-faint">never</span>;
  // Above the stretched link of the row, or the date would not show on hover.
  return <RelativeTime at={device.lastSeenAt} className="relative z-[1]" />;
}

interface ColumnSpec {
  label: string;
  cell: (device: DeviceSummary) => ReactNode;
  /** What the list can be ordered by. */
  order?: "name" | "serial" | "os" | "lastSeen" | "added";
  look?: string;
  /** What it is in a file. */
  csv: readonly DeviceCsvColumn[];
}

const nothing = <span className="text-ink-faint">–</span>;
const yesNo = (value: boolean | null): ReactNode => (value === null ? nothing : value ? "Yes" : "No");
const mono = (text: string | null): ReactNode => (text === null ? nothing : <span className="font-mono text-[13px]">{text}</span>);
const text = (words: string | null): ReactNode => (words === null || words === "" ? nothing : <span className="block max-w-36 truncate">{words}</span>);
const count = (number: number): ReactNode => <span className={number === 0 ? "text-ink-faint" : ""}>{number.toLocaleString()}</span>;
const NUMBER = "text-right tabular-nums";

/** Every column a person can choose, in the order of the picker. */
export const COLUMNS = {
  device: { label: "Device", order: "name", look: "min-w-48 max-w-60 2xl:max-w-80", csv: ["name", "modelName", "productName"], cell: (device) => <DeviceTitle device={device} /> },
  serialNumber: { label: "Serial number", order: "serial", csv: ["serialNumber"], cell: (device) => mono(device.serialNumber) },
  system: { label: "System", order: "os", look: "whitespace-nowrap", csv: ["platform", "osVersion"], cell: systemOf },
  state: { label: "State", csv: ["state", "endedCause"], cell: (device) => <EnrollmentBadge {...device} /> },
  contact: { label: "Last contact", order: "lastSeen", look: "whitespace-nowrap tabular-nums", csv: ["lastSeenAt"], cell: (device) => <LastContact device={device} /> },
  owner: { label: "Owner", csv: ["owner"], cell: (device) => text(device.owner) },
  issues: { label: "Issues", csv: ["failedCommands", "push"], cell: (device) => <Issues device={device} otherwise={nothing} /> },
  openCommands: { label: "Open commands", look: NUMBER, csv: ["openCommands"], cell: (device) => count(device.openCommands) },
  failedCommands: { label: "Failed, 7 days", look: NUMBER, csv: ["failedCommands"], cell: (device) => count(device.failedCommands) },
  push: { label: "Push", csv: ["push"], cell: (device) => (device.push === null ? nothing : <Badge tone={PUSH_HEALTH[device.push].tone} title={PUSH_HEALTH[device.push].meaning}>{PUSH_HEALTH[device.push].label}</Badge>) },
  users: { label: "Users", csv: ["users"], cell: (device) => text(device.users.join(", ")) },
  supervised: { label: "Supervised", csv: ["supervised"], cell: (device) => yesNo(device.supervised) },
  link: { label: "Enrollment link", csv: ["linkName"], cell: (device) => text(device.linkName) },
  udid: { label: "UDID", csv: ["udid"], cell: (device) => mono(device.udid) },
  added: { label: "Added", order: "added", look: "whitespace-nowrap tabular-nums", csv: ["createdAt"], cell: (device) => <RelativeTime at={device.createdAt} className="relative z-[1]" /> },
} as const satisfies Record<string, ColumnSpec>;
export type ColumnId = keyof typeof COLUMNS;
export const ALL_COLUMNS = Object.keys(COLUMNS) as ColumnId[];
export const DEFAULT_COLUMNS: readonly ColumnId[] = ["device", "serialNumber", "system", "state", "contact", "owner", "issues"];

export const specOf = (id: ColumnId): ColumnSpec => COLUMNS[id];
