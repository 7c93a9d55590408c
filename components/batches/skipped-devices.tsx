import Link from "next/link";
import { counted } from "@/lib/client/text";
import type { CommandBatchDto } from "@/lib/contracts/batches";

const SHOWN = 50;

/** Devices of the target that were left out, gathered by reason. */
export function SkippedDevices({ batch }: { batch: Pick<CommandBatchDto, "skipped" | "skippedTotal"> }) {
  const byReason = new Map<string, string[]>();
  for (const { reason, deviceId } of batch.skipped) byReason.set(reason, [...(byReason.get(reason) ?? []), deviceId]);
  if (batch.skippedTotal === 0) return null;
  return (
    <details className="rounded-xl border border-line bg-surface">
      <summary className="rounded-xl px-4 py-3 font-medium">{counted(batch.skippedTotal, "device")} left out</summary>
      <ul className="grid gap-3 px-4 pb-4">
        {[...byReason].map(([reason, devices]) => (
          <li key={reason}>
            <p>
              {reason} <span className="text-ink-faint tabular-nums">({devices.length.toLocaleString()})</span>
            </p>
            <p className="mt-1 flex flex-wrap gap-x-3 text-xs">
              {devices.slice(0, SHOWN).map((deviceId) => (
                <Link key={deviceId} href={`/devices/${deviceId}`} className="inline-flex min-h-6 items-center rounded font-mono text-accent underline underline-offset-2">
                  {deviceId.slice(0, 8)}
                </Link>
              ))}
              {devices.length > SHOWN && <span className="text-ink-faint">and {(devices.length - SHOWN).toLocaleString()} more</span>}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
