"use client";

import { ClipboardList } from "lucide-react";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { JsonValue } from "@/components/ui/json-value";
import { RelativeTime } from "@/components/ui/relative-time";
import { wordsFromKey } from "@/lib/client/text";
import type { DeviceDto } from "@/lib/contracts/devices";
import { COMMANDS } from "@/lib/protocol/commands/catalog";
import { asRecord, groupFacts } from "./device-facts";
import { FactGroups } from "./fact-groups";
import { APP_LISTS, FURTHER_LISTS, PROFILE_LISTS } from "./inventory-lists";
import { Age, InventoryTable } from "./inventory-table";
import { canAnswer } from "./lists-tab";
import { factOf } from "./newest-enrollment";
import { RefreshInventory } from "./refresh-inventory";

/** What is asked by one button; each kind of device knows some of it. */
const ALL_QUERIES = ["DeviceInformation", "SecurityInfo", "ProfileList", "CertificateList", "InstalledApplicationList", "ManagedApplicationList", "UserList", "Restrictions"];
const ELSEWHERE = new Set<string>([...PROFILE_LISTS, ...APP_LISTS, ...FURTHER_LISTS, "CertificateList", "DeviceInformation", "SecurityInfo", "Restrictions"]);

/** Everything the device has told of itself that has no tab of its own, each answer with its age. */
export function InventoryTab({ device }: { device: DeviceDto }) {
  const information = factOf(device, "DeviceInformation");
  const answers = asRecord(information?.value);
  const further = device.inventory.filter((fact) => !ELSEWHERE.has(fact.kind));
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-ink-soft">{information === null ? "The device has not told anything of itself yet" : <>Device information of <RelativeTime at={information.learnedAt} /></>}</p>
        <RefreshInventory device={device} queries={ALL_QUERIES.filter((kind) => canAnswer(device, kind))} words="Ask for everything" />
      </div>
      {answers !== null && <FactGroups groups={groupFacts(answers)} />}
      {answers === null && (
        <EmptyState icon={ClipboardList} title="No inventory yet">
          The device has not answered DeviceInformation. It is asked by itself after enrolling, and whenever you press “Ask for everything”.
        </EmptyState>
      )}
      {FURTHER_LISTS.filter((kind) => factOf(device, kind) !== null).map((kind) => (
        <InventoryTable key={kind} device={device} kind={kind} />
      ))}
      {further.map(({ kind, learnedAt, value }) => (
        <Card key={kind} title={COMMANDS[kind]?.title ?? wordsFromKey(kind)} aside={isPlainQuery(kind) ? <Age device={device} kind={kind} learnedAt={learnedAt} /> : <span>as of <RelativeTime at={learnedAt} /></span>}>
          <div className="overflow-x-auto break-words">
            <JsonValue value={value} />
          </div>
        </Card>
      ))}
    </div>
  );
}

/** A question that needs no details can be asked by one button. */
function isPlainQuery(kind: string): boolean {
  const spec = COMMANDS[kind];
  return spec !== undefined && spec.query && spec.parameters.every((parameter) => !parameter.required);
}
