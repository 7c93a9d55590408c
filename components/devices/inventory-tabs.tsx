import { Card } from "@/components/ui/card";
import { JsonValue } from "@/components/ui/json-value";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Tab } from "@/components/ui/tabs";
import { wordsFromKey } from "@/lib/client/text";
import type { DeviceDto } from "@/lib/contracts/devices";
import { COMMANDS } from "@/lib/protocol/commands/catalog";
import { asRecord, asRecords, groupNested } from "./device-facts";
import { FactGroups } from "./fact-groups";
import { INVENTORY_LISTS, InventoryTable } from "./inventory-tables";
import { factOf, isLive } from "./newest-enrollment";
import { RefreshInventory } from "./refresh-inventory";

/** A tab for each subject that the device has listed something of. */
export function inventoryTabs(device: DeviceDto): Tab[] {
  const kinds = Object.keys(INVENTORY_LISTS);
  const names = [...new Set(Object.values(INVENTORY_LISTS).map((list) => list.tab))];
  return names.flatMap((tab) => {
    const lists = kinds
      .filter((kind) => INVENTORY_LISTS[kind]?.tab === tab)
      .flatMap((kind) => {
        const fact = factOf(device, kind);
        return fact === null ? [] : [{ kind, learnedAt: fact.learnedAt, items: asRecords(fact.value, kind) }];
      });
    const [first] = lists;
    if (first === undefined) return [];
    const content = (
      <div className="grid gap-4">
        {lists.map((list) => (
          <InventoryTable key={list.kind} device={device} {...list} />
        ))}
      </div>
    );
    return [{ value: tab.toLowerCase(), label: tab, count: first.items.length, content }];
  });
}

/** What protects the device, and what it is not allowed. */
export function securityTab(device: DeviceDto): Tab[] {
  const sections = [
    { kind: "SecurityInfo", title: "Security" },
    { kind: "Restrictions", title: "Restrictions" },
  ].flatMap(({ kind, title }) => {
    const fact = factOf(device, kind);
    const answers = asRecord(asRecord(fact?.value)?.[kind] ?? fact?.value);
    return fact === null || answers === null ? [] : [{ kind, title, learnedAt: fact.learnedAt, answers }];
  });
  if (sections.length === 0) return [];
  const content = (
    <div className="grid gap-6">
      {sections.map(({ kind, title, learnedAt, answers }) => (
        <section key={kind} className="grid gap-4">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <p className="text-ink-soft">
              {title}, told by the device <RelativeTime at={learnedAt} />
            </p>
            <RefreshInventory deviceId={device.id} queries={[kind]} disabled={!isLive(device)} />
          </div>
          <FactGroups groups={groupNested(title, answers)} />
        </section>
      ))}
    </div>
  );
  return [{ value: "security", label: "Security", content }];
}

const ELSEWHERE = new Set([...Object.keys(INVENTORY_LISTS), "DeviceInformation", "SecurityInfo", "Restrictions"]);

/** Whatever else the device has answered, as it stands. */
export function furtherTab(device: DeviceDto): Tab[] {
  const facts = device.inventory.filter((fact) => !ELSEWHERE.has(fact.kind));
  if (facts.length === 0) return [];
  const content = (
    <div className="grid gap-4">
      {facts.map(({ kind, learnedAt, value }) => (
        <Card
          key={kind}
          title={COMMANDS[kind]?.title ?? wordsFromKey(kind)}
          aside={
            <>
              <span>
                as of <RelativeTime at={learnedAt} />
              </span>
              {canAskAgain(kind) && <RefreshInventory deviceId={device.id} queries={[kind]} disabled={!isLive(device)} />}
            </>
          }
        >
          <div className="overflow-x-auto break-words">
            <JsonValue value={value} />
          </div>
        </Card>
      ))}
    </div>
  );
  return [{ value: "further", label: "Further answers", count: facts.length, content }];
}

/** A question that needs no details can be asked by one button. */
function canAskAgain(kind: string): boolean {
  const spec = COMMANDS[kind];
  return spec !== undefined && spec.query && spec.parameters.every((parameter) => !parameter.required);
}
