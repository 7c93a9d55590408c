"use client";

import { useTable } from "@tanstack/react-table";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { DeviceSummary } from "@/lib/contracts/devices";
import { DeviceTitle, deviceColumns, deviceTableFeatures, LastContact } from "./device-columns";
import { systemOf } from "./device-name";
import { EnrollmentBadge } from "./enrollment-badge";

const LOOKS: Record<string, string> = {
  device: "min-w-56 max-w-80",
  openCommands: "text-right tabular-nums",
  contact: "whitespace-nowrap tabular-nums",
  system: "whitespace-nowrap",
};

/** The rows of the fleet: a table, and cards where a table would not fit. */
export function DeviceTable({ devices }: { devices: DeviceSummary[] }) {
  return (
    <>
      <div className="hidden md:block">
        <WideTable devices={devices} />
      </div>
      <ul className="divide-y divide-line md:hidden">
        {devices.map((device) => (
          <li key={device.id} className="relative grid gap-2.5 p-4 hover:bg-hover">
            <DeviceTitle device={device} />
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-xs text-ink-soft">
              <EnrollmentBadge {...device} />
              <span>{systemOf(device)}</span>
              <span>
                <span className="sr-only">Last contact </span>
                <LastContact device={device} />
              </span>
              {device.openCommands > 0 && <span>{device.openCommands} open</span>}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function WideTable({ devices }: { devices: DeviceSummary[] }) {
  const table = useTable({ features: deviceTableFeatures, columns: deviceColumns, data: devices, getRowId: (device) => device.id });
  return (
    <Table
      label="Devices"
      head={table.getHeaderGroups().flatMap((group) =>
        group.headers.map((header) => (
          <HeadCell key={header.id} className={LOOKS[header.column.id]}>
            <table.FlexRender header={header} />
          </HeadCell>
        )),
      )}
    >
      {table.getRowModel().rows.map((row) => (
        <tr key={row.id} className="relative hover:bg-hover">
          {row.getAllCells().map((cell) => (
            <Cell key={cell.id} className={LOOKS[cell.column.id]}>
              <table.FlexRender cell={cell} />
            </Cell>
          ))}
        </tr>
      ))}
    </Table>
  );
}
