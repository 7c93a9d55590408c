"use client";

import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { SearchBox } from "@/components/ui/search-box";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { DeviceDto } from "@/lib/contracts/devices";
import { INVENTORY_LISTS, type InventoryList, type Item } from "./inventory-lists";
import { asRecords } from "./device-facts";
import { factOf } from "./newest-enrollment";
import { RefreshInventory } from "./refresh-inventory";

const SEARCH_FROM = 6;
/** Rows put on the page before one asks for the rest. */
const SHOWN = 100;

/** One list a device gives, with its age; where it was never given, the way to ask for it. */
export function InventoryTable({ device, kind }: { device: DeviceDto; kind: string }) {
  const list = INVENTORY_LISTS[kind];
  const fact = factOf(device, kind);
  if (list === undefined) return null;
  const items = fact === null ? [] : asRecords(fact.value, kind);
  return (
    <Card flush title={fact === null ? list.title : `${list.title} (${items.length.toLocaleString()})`} aside={<Age device={device} kind={kind} learnedAt={fact?.learnedAt ?? null} />}>
      {fact === null && <p className="p-6 text-center text-ink-faint">The device was not asked yet.</p>}
      {fact !== null && items.length === 0 && <p className="p-6 text-center text-ink-faint">The device answered that it has none.</p>}
      {items.length > 0 && <Searchable items={items} list={list} />}
    </Card>
  );
}

/** How old an answer is, and the button that asks again. */
export function Age({ device, kind, learnedAt }: { device: DeviceDto; kind: string; learnedAt: string | null }) {
  return (
    <>
      {learnedAt !== null && (
        <span className="max-sm:hidden">
          as of <RelativeTime at={learnedAt} />
        </span>
      )}
      <RefreshInventory device={device} queries={[kind]} words={learnedAt === null ? "Ask the device" : "Ask again"} />
    </>
  );
}

function Searchable({ items, list }: { items: Item[]; list: InventoryList }) {
  const [text, setText] = useState("");
  const found = items.filter((item) => matches(item, text));
  const row = (item: Item): ReactNode[] =>
    list.columns.map((column) => (
      <Cell key={column.head} className={column.wide === true ? "hidden md:table-cell" : ""}>
        {column.cell(item)}
      </Cell>
    ));
  return (
    <FoundRows total={items.length} found={found} one={list.one} text={text} onText={setText} label={list.title} row={row} head={list.columns.map((column) => (
      <HeadCell key={column.head} className={column.wide === true ? "hidden md:table-cell" : ""}>
        {column.head}
      </HeadCell>
    ))} />
  );
}

interface FoundProps<T> {
  total: number;
  found: readonly T[];
  one: string;
  text: string;
  onText: (text: string) => void;
  label: string;
  head: ReactNode;
  row: (item: T) => ReactNode;
}

/** A table with a search above it once it is long; of very many rows the first hundred until asked for all. */
export function FoundRows<T>({ total, found, one, text, onText, label, head, row }: FoundProps<T>) {
  const [all, setAll] = useState(false);
  const shown = all ? found : found.slice(0, SHOWN);
  return (
    <>
      {total >= SEARCH_FROM && (
        <div className="border-b border-line p-3">
          <SearchBox label={`Search ${label.toLowerCase()}`} placeholder={`Search ${total.toLocaleString()} ${one}s`} value={text} onChange={onText} />
        </div>
      )}
      {found.length === 0 ? (
        <p className="p-6 text-center text-ink-faint">Nothing matches “{text}”.</p>
      ) : (
        <Table label={label} head={head}>
          {shown.map((item, index) => (
            <tr key={index}>{row(item)}</tr>
          ))}
        </Table>
      )}
      {shown.length < found.length && (
        <div className="border-t border-line p-2 text-center">
          <Button look="quiet" size="small" onClick={() => setAll(true)}>
            Show all {found.length.toLocaleString()}
          </Button>
        </div>
      )}
    </>
  );
}

/** Does any value of it hold the text? */
export function matches(item: unknown, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted === "" || JSON.stringify(item).toLowerCase().includes(wanted);
}
