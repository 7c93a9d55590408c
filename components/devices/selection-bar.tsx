import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { DeviceSelection } from "./use-device-selection";

/** Stands below the list while something is ticked: how much, and what to do with it. */
export function SelectionBar({ selection, children }: { selection: DeviceSelection; children: ReactNode }) {
  const { words, widen, clear } = selection;
  return (
    <div role="region" aria-label="Selected devices" className="appear sticky bottom-4 z-20 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center justify-center gap-x-3 gap-y-2 rounded-xl border border-line bg-raised px-4 py-2.5 shadow-pop">
      <span className="flex items-center gap-1">
        <span role="status" className="font-medium tabular-nums">
          {words}
        </span>
        <Button look="quiet" size="small-icon" aria-label="Clear the selection" title="Clear the selection" onClick={clear}>
          <X aria-hidden />
        </Button>
      </span>
      {widen !== null && (
        <Button look="quiet" size="small" onClick={widen.take}>
          {widen.words}
        </Button>
      )}
      <span className="flex flex-wrap gap-2">{children}</span>
    </div>
  );
}
