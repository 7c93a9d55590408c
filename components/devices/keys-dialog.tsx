"use client";

import { Dialog } from "@/components/ui/dialog";

const KEYS: readonly (readonly [string, string])[] = [["/", "Search"], ["j", "Next device"], ["k", "Device before"], ["x", "Tick or untick the device"], ["Enter", "Open the device"], ["?", "These keys"]];

/** What the keyboard does on the list. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Keys on this page">
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2.5">
        {KEYS.map(([key, words]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="inline-grid h-7 min-w-7 place-items-center rounded-md border border-line-strong px-2 font-mono text-xs">{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
