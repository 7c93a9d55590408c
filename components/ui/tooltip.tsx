"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

/** A few words on hover and on keyboard focus. The child must take focus for the latter. */
export function Tooltip({ words, children }: { words: ReactNode; children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={250}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content sideOffset={6} collisionPadding={8} className="appear z-50 max-w-72 rounded-lg bg-solid px-2.5 py-1.5 text-xs text-on-solid shadow-pop">
            {words}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
