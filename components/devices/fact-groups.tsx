"use client";

import { useState } from "react";
import { Card } from "@/components/ui/card";
import { JsonValue } from "@/components/ui/json-value";
import { KeyValues } from "@/components/ui/key-values";
import { SearchBox } from "@/components/ui/search-box";
import type { Fact, FactGroup } from "./device-facts";

const FILTER_FROM = 12;

/** Facts in cards, with a filter once there are many. */
export function FactGroups({ groups }: { groups: readonly FactGroup[] }) {
  const [filter, setFilter] = useState("");
  const many = groups.reduce((sum, group) => sum + group.facts.length, 0) >= FILTER_FROM;
  const wanted = groups
    .map((group) => ({ ...group, facts: group.facts.filter((fact) => matches(fact, filter)) }))
    .filter((group) => group.facts.length > 0);
  return (
    <div className="grid gap-4">
      {many && <SearchBox label="Filter facts" placeholder="Filter facts" value={filter} onChange={setFilter} />}
      <div className="gap-4 xl:columns-2">
        {wanted.map((group) => (
          <Card key={group.title} title={group.title} flush className="mb-4 break-inside-avoid">
            <KeyValues items={group.facts.map((fact) => ({ key: fact.label, title: fact.key, value: <JsonValue value={fact.value} /> }))} />
          </Card>
        ))}
      </div>
      {wanted.length === 0 && <p className="py-6 text-center text-ink-faint">Nothing matches “{filter}”.</p>}
    </div>
  );
}

function matches(fact: Fact, filter: string): boolean {
  const text = filter.trim().toLowerCase();
  return text === "" || `${fact.key} ${fact.label} ${JSON.stringify(fact.value)}`.toLowerCase().includes(text);
}
