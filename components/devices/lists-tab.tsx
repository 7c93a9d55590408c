"use client";

import type { DeviceDto } from "@/lib/contracts/devices";
import { COMMANDS } from "@/lib/protocol/commands/catalog";
import { factsOf, verdictOf } from "@/components/commands/verdict";
import { InventoryTable } from "./inventory-table";
import { factOf } from "./newest-enrollment";

/** Lists of one subject, one below the other; a list that this kind of device does not have is not shown. */
export function ListsTab({ device, lists }: { device: DeviceDto; lists: readonly string[] }) {
  const shown = lists.filter((kind) => factOf(device, kind) !== null || canAnswer(device, kind));
  return (
    <div className="grid gap-4">
      {shown.map((kind) => (
        <InventoryTable key={kind} device={device} kind={kind} />
      ))}
      {shown.length === 0 && <p className="py-8 text-center text-ink-faint">Devices of this kind cannot be asked for that.</p>}
    </div>
  );
}

/** May this device be asked, as far as is known here? */
export function canAnswer(device: DeviceDto, kind: string): boolean {
  const spec = COMMANDS[kind];
  return spec !== undefined && verdictOf(spec, factsOf(device, "device")).sendable === "yes";
}
