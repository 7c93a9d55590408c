"use client";

import { Popover as Radix } from "radix-ui";
import type { ReactNode } from "react";

/** Radix passes links over when it looks for what to focus. */
function focusFirst(event: Event): void {
  const first = event.currentTarget instanceof HTMLElement ? event.currentTarget.querySelector<HTMLElement>("a, button") : null;
  if (first === null) return;
  event.preventDefault();
  first.focus();
}

/** A button that opens a few lines with things to click; Escape and a click beside it close it. */
export function Popover({ trigger, label, children }: { trigger: ReactNode; label: string; children: ReactNode }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content aria-label={label} onOpenAutoFocus={focusFirst} sideOffset={6} collisionPadding={8} className="appear z-50 w-80 max-w-[calc(100vw-1rem)] rounded-xl border border-line bg-raised p-4 shadow-pop">
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
