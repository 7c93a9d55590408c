"use client";

import { useEffect, useRef } from "react";

interface Keys {
  /** Ticks or unticks the row that has the focus; null where nothing can be ticked. */
  toggle: ((id: string) => void) | null;
  help: () => void;
}

const visible = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => element.offsetParent !== null || element.getClientRects().length > 0);

/** The list by keyboard: "/" to the search, j and k from row to row, x to tick, ? for help. Enter opens, as on every link. */
export function useListKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const inside = event.target instanceof HTMLElement ? event.target : document.body;
      const typing = inside.closest("input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]") !== null;
      if (typing || event.metaKey || event.ctrlKey || event.altKey) return;
      const act = ACTIONS[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act(inside, latest.current);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

const ACTIONS: Record<string, (inside: HTMLElement, keys: Keys) => void> = {
  "/": () => {
    const [box] = visible("#device-search");
    box?.focus();
    if (box instanceof HTMLInputElement) box.select();
  },
  j: (inside) => step(inside, 1),
  k: (inside) => step(inside, -1),
  x: (inside, { toggle }) => {
    const id = inside.closest<HTMLElement>("[data-device]")?.dataset["device"];
    if (id !== undefined) toggle?.(id);
  },
  "?": (_, { help }) => help(),
};

function step(inside: HTMLElement, by: 1 | -1): void {
  const rows = visible("[data-device]");
  const current = rows.findIndex((row) => row.contains(inside));
  const next = rows[current === -1 ? (by === 1 ? 0 : rows.length - 1) : current + by];
  next?.querySelector("a")?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
