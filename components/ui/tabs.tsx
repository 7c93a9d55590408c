"use client";

import { Tabs as Radix } from "radix-ui";
import { useEffect, useRef, type ReactNode } from "react";

export interface Tab {
  value: string;
  label: string;
  count?: number | null;
  content: ReactNode;
}

/** Tabs over panels; the caller owns which is open, usually in the URL. */
export function Tabs({ tabs, value, onChange, label }: { tabs: Tab[]; value: string; onChange: (value: string) => void; label: string }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector("[data-state=active]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [value]);
  return (
    <Radix.Root value={value} onValueChange={onChange} activationMode="manual">
      <Radix.List ref={list} aria-label={label} className="-mx-4 flex overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="relative -mb-px flex h-10 shrink-0 items-center gap-1.5 rounded-t-md border-b-2 border-transparent px-2 text-[13px] font-medium text-ink-soft outline-offset-[-2px] hover:text-ink data-[state=active]:border-ink data-[state=active]:text-ink"
          >
            {tab.label}
            {tab.count !== undefined && tab.count !== null && tab.count > 0 && (
              <span className="rounded-full bg-sunken px-1.5 text-xs font-normal text-ink-soft tabular-nums">{tab.count}</span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-5">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
