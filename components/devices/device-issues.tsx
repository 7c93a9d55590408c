import { counted } from "@/lib/client/text";
import { useNow } from "@/lib/client/use-now";
import type { DeviceSummary } from "@/lib/contracts/devices";
import { PUSH_HEALTH } from "@/lib/contracts/words";

const SILENT_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

/** What is wrong with a managed device as far as its row tells, in words. */
export function issuesOf({ state, push, failedCommands, lastSeenAt }: DeviceSummary, now: number): string[] {
  if (state === null || state === "ended") return [];
  return [
    ...(state === "quarantined" ? ["Quarantined: it gets no commands until an admin decides"] : []),
    ...(push === "failing" || push === "dead" || push === "missing" ? [`Cannot be woken: ${PUSH_HEALTH[push].meaning}`] : []),
    ...(failedCommands > 0 ? [`${counted(failedCommands, "command")} failed within 7 days`] : []),
    ...(lastSeenAt !== null && now - Date.parse(lastSeenAt) > SILENT_AFTER_MS ? ["Silent for more than 7 days"] : []),
  ];
}

/** How many there are; which they are stands on hover and is read out. */
export function Issues({ device }: { device: DeviceSummary }) {
  const issues = issuesOf(device, useNow());
  if (issues.length === 0) return <span className="text-ink-faint">–</span>;
  return (
    // Above the stretched link of the row, or the words would not show on hover.
    <span title={issues.join("\n")} className="relative z-[1] inline-block min-w-6 rounded-full bg-warning-soft px-2 text-center text-xs font-medium text-warning">
      {issues.length}
      <span className="sr-only">: {issues.join("; ")}</span>
    </span>
  );
}
