"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { Checkbox } from "@/components/ui/checkbox";
import { classNames } from "@/components/ui/class-names";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { DeviceOrder } from "@/lib/contracts/device-conditions";
import type { DeviceSummary } from "@/lib/contracts/devices";
import { Issues } from "./device-issues";
import { DeviceTitle, LastContact, specOf, type ColumnId } from "./device-columns";
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
  columns: readonly ColumnId[];
  sort: DeviceOrder;
  onSort: (sort: DeviceOrder) => void;
  selection: RowSelection | null;
}

/** The rows of the fleet: a table, and cards where a table would not fit. */
export function DeviceTable(props: Props) {
  const { devices, selection } = props;
  return (
    <>
      <div className="hidden md:block">
        <WideTable {...props} />
      </div>
      <ul className="divide-y divide-line md:hidden">
        {devices.map((device) => (
          <li key={device.id} data-device={device.id} className="relative grid gap-2.5 p-4 hover:bg-hover">
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
              {device.failedCommands > 0 && <span className="text-bad">{device.failedCommands} failed</span>}
              <Issues device={device} noun />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

/** So that the usual columns stand beside each other in a window 1280 wide. */
const NARROW = "sm:!px-2.5";

function RowCheckbox({ device, selection }: { device: DeviceSummary; selection: RowSelection }) {
  return <Checkbox label={`Select ${deviceName(device)}`} checked={selection.has(device.id)} onChange={() => selection.toggle(device.id)} />;
}

function WideTable({ devices, columns, sort, onSort, selection }: Props) {
  const ticked = selection === null ? 0 : devices.filter((device) => selection.has(device.id)).length;
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
          {columns.map((id) => (
            <SortableHead key={id} id={id} sort={sort} onSort={onSort} />
          ))}
        </>
      }
    >
      {devices.map((device) => (
        <tr key={device.id} data-device={device.id} className="relative focus-within:bg-hover hover:bg-hover">
          {selection !== null && (
            <Cell className="w-px !pr-0">
              <RowCheckbox device={device} selection={selection} />
            </Cell>
          )}
          {columns.map((id) => (
            <Cell key={id} className={classNames(NARROW, specOf(id).look)}>
              {specOf(id).cell(device)}
            </Cell>
          ))}
        </tr>
      ))}
    </Table>
  );
}

/** What was never seen or is newest comes to mind first: times begin with the greatest, words with the least. */
function SortableHead({ id, sort, onSort }: { id: ColumnId; sort: DeviceOrder; onSort: (sort: DeviceOrder) => void }) {
  const { label, order, look } = specOf(id);
  if (order === undefined) return <HeadCell className={classNames(NARROW, look)}>{label}</HeadCell>;
  const direction = sort === order ? "ascending" : sort === `-${order}` ? "descending" : undefined;
  const first: DeviceOrder = order === "lastSeen" || order === "added" ? `-${order}` : order;
  const next = direction === undefined ? first : sort.startsWith("-") ? order : (`-${order}` as const);
  const Arrow = direction === "ascending" ? ArrowUp : ArrowDown;
  return (
    <HeadCell className={classNames(NARROW, look)} aria-sort={direction}>
      <button type="button" className="-mx-1.5 inline-flex h-7 items-center gap-1 rounded px-1.5 hover:bg-hover hover:text-ink" onClick={() => onSort(next)}>
        {label}
        {direction !== undefined && <Arrow aria-hidden className="size-3.5" />}
      </button>
    </HeadCell>
  );
}
