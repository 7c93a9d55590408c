"use client";

import { useTable } from "@tanstack/react-table";
import { Checkbox } from "@/components/ui/checkbox";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { DeviceSummary } from "@/lib/contracts/devices";
import { DeviceTitle, deviceColumns, deviceTableFeatures, LastContact } from "./device-columns";
import { deviceName, systemOf } from "./device-name";
import { EnrollmentBadge } from "./enrollment-badge";

/** Which rows are ticked; null for those who may not do anything with them. */
export interface RowSelection {
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  /** Ticks all rows in sight, or none. */
  setShown: (ticked: boolean) => void;
}

interface Props {
  devices: DeviceSummary[];
  selection: RowSelection | null;
}

const LOOKS: Record<string, string> = {
  device: "min-w-56 max-w-80",
  openCommands: "text-right tabular-nums",
  contact: "whitespace-nowrap tabular-nums",
  system: "whitespace-nowrap",
};

/** The rows of the fleet: a table, and cards where a table would not fit. */
export function DeviceTable({ devices, selection }: Props) {
  return (
    <>
      <div className="hidden md:block">
        <WideTable devices={devices} selection={selection} />
      </div>
      <ul className="divide-y divide-line md:hidden">
        {devices.map((device) => (
          <li key={device.id} className="relative grid gap-2.5 p-4 hover:bg-hover">
            <div className="flex items-center justify-between gap-3">
              <DeviceTitle device={device} />
              {selection !== null && <RowCheckbox device={device} selection={selection} />}
            </div>
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

function RowCheckbox({ device, selection }: { device: DeviceSummary; selection: RowSelection }) {
  return <Checkbox label={`Select ${deviceName(device)}`} checked={selection.has(device.id)} onChange={() => selection.toggle(device.id)} />;
}

function WideTable({ devices, selection }: Props) {
  const ticked = selection === null ? 0 : devices.filter((device) => selection.has(device.id)).length;
  const table = useTable({ features: deviceTableFeatures, columns: deviceColumns, data: devices, getRowId: (device) => device.id });
  return (
    <Table
      label="Devices"
      head={
        <>
          {selection !== null && (
            <HeadCell className="w-px !pr-0">
              <Checkbox label="Select all in sight" checked={ticked === devices.length} partly={ticked > 0 && ticked < devices.length} onChange={() => selection.setShown(ticked < devices.length)} />
            </HeadCell>
          )}
          {table.getHeaderGroups().flatMap((group) =>
            group.headers.map((header) => (
              <HeadCell key={header.id} className={LOOKS[header.column.id]}>
                <table.FlexRender header={header} />
              </HeadCell>
            )),
          )}
        </>
      }
    >
      {table.getRowModel().rows.map((row) => (
        <tr key={row.id} className="relative hover:bg-hover">
          {selection !== null && (
            <Cell className="w-px !pr-0">
              <RowCheckbox device={row.original} selection={selection} />
            </Cell>
          )}
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
