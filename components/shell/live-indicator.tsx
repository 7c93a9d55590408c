"use client";

import { useStreamStatus } from "@/lib/client/live/use-live-queries";
import { classNames } from "@/components/ui/class-names";

const WORDS = {
  live: { label: "Live", title: "Changes appear here as they happen.", look: "text-good" },
  connecting: { label: "Connecting", title: "Opening the stream of live changes.", look: "text-ink-faint" },
  interrupted: { label: "Offline", title: "The stream of live changes is interrupted; it is being reopened.", look: "text-warning" },
} as const;

/** Whether the page shows the present. */
export function LiveIndicator() {
  const status = useStreamStatus();
  const { label, title, look } = WORDS[status];
  return (
    <span role="status" title={title} className={classNames("flex items-center gap-1.5 text-xs font-medium", look)}>
      <span aria-hidden className={classNames("size-1.5 rounded-full bg-current", status !== "live" && "pulse-soft")} />
      {label}
    </span>
  );
}
