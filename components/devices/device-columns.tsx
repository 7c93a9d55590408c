import { createColumnHelper, tableFeatures } from "@tanstack/react-table";
import Link from "next/link";
import { Tag } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import type { DeviceSummary } from "@/lib/contracts/devices";
import { PLATFORMS } from "@/lib/contracts/words";
import { deviceName, modelOf, systemOf } from "./device-name";
import { EnrollmentBadge } from "./enrollment-badge";
import { PlatformIcon } from "./platform-icon";

export const deviceTableFeatures = tableFeatures({});
const column = createColumnHelper<typeof deviceTableFeatures, DeviceSummary>();

/** Name with model; the name is the link, stretched over its row. */
export function DeviceTitle({ device }: { device: DeviceSummary }) {
  return (
    <div className="flex min-w-0 items-center gap-3">
      <span className="grid size-9 shrink-0 place-items-center rounded-lg border border-line bg-sunken">
        <PlatformIcon platform={device.platform} className="size-4.5 text-ink-soft" />
      </span>
      <div className="min-w-0">
        <p className="flex items-center gap-2">
          <Link href={`/devices/${device.id}`} className="truncate font-medium after:absolute after:inset-0">
            {deviceName(device)}
          </Link>
          {device.simulated && <Tag title="A simulated device: it speaks the protocol, but is no hardware.">simulated</Tag>}
        </p>
        <p className="truncate text-xs text-ink-faint">{modelOf(device) ?? PLATFORMS[device.platform]}</p>
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

export const deviceColumns = column.columns([
  column.display({ id: "device", header: "Device", cell: ({ row }) => <DeviceTitle device={row.original} /> }),
  column.accessor("serialNumber", {
    header: "Serial number",
    cell: ({ row }) => <span className="font-mono text-[13px]">{row.original.serialNumber ?? "–"}</span>,
  }),
  column.display({ id: "system", header: "System", cell: ({ row }) => systemOf(row.original) }),
  column.display({ id: "state", header: "State", cell: ({ row }) => <EnrollmentBadge {...row.original} /> }),
  column.display({ id: "contact", header: "Last contact", cell: ({ row }) => <LastContact device={row.original} /> }),
  column.accessor("openCommands", {
    header: "Open commands",
    cell: ({ row }) => <span className={row.original.openCommands === 0 ? "text-ink-faint" : ""}>{row.original.openCommands}</span>,
  }),
]);
