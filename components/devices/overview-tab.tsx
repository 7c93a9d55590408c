"use client";

import { ClipboardList } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import type { DeviceDto } from "@/lib/contracts/devices";
import { asRecord, groupFacts, type FactGroup } from "./device-facts";
import { deviceName, systemOf } from "./device-name";
import { FactGroups } from "./fact-groups";
import { factOf, isLive } from "./newest-enrollment";
import { RefreshInventory } from "./refresh-inventory";

const QUERIES = ["DeviceInformation", "SecurityInfo"] as const;

/** What the device has told of itself, with the age of that knowledge. */
export function OverviewTab({ device }: { device: DeviceDto }) {
  const information = factOf(device, "DeviceInformation");
  const answers = asRecord(information?.value);
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-ink-soft">
          {information === null ? "Known from its enrollment" : <>Told by the device <RelativeTime at={information.learnedAt} /></>}
        </p>
        <RefreshInventory deviceId={device.id} queries={QUERIES} disabled={!isLive(device)} />
      </div>
      <FactGroups groups={answers === null ? knownAtEnrollment(device) : groupFacts(answers)} />
      {information === null && (
        <EmptyState icon={ClipboardList} title="No inventory yet">
          The device has not answered DeviceInformation. It is asked by itself after enrolling, and whenever you press “Ask again”.
        </EmptyState>
      )}
    </div>
  );
}

function knownAtEnrollment(device: DeviceDto): FactGroup[] {
  const rows: [string, string, unknown][] = [
    ["DeviceName", "Name", deviceName(device)],
    ["SerialNumber", "Serial number", device.serialNumber],
    ["UDID", "UDID", device.udid],
    ["ModelName", "Model", device.modelName ?? device.model],
    ["ProductName", "Product", device.productName],
    ["OSVersion", "System", systemOf(device)],
    ["BuildVersion", "Build", device.buildVersion],
    ["IMEI", "IMEI", device.imei],
    ["MEID", "MEID", device.meid],
  ];
  return [{ title: "Identity", facts: rows.filter(([, , value]) => value !== null).map(([key, label, value]) => ({ key, label, value })) }];
}
