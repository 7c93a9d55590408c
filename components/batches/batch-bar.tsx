import { classNames } from "@/components/ui/class-names";
import type { CommandBatchDto } from "@/lib/contracts/batches";
import type { Tone } from "@/lib/contracts/words";
import { endedOf, sharesOf } from "./batch-progress";

const BARS: Record<Tone, string> = { neutral: "bg-ink-faint", info: "bg-info", good: "bg-good", warning: "bg-warning", bad: "bg-bad" };

/** How far a batch has come, in colours; the words stand beside or below it. */
export function BatchBar({ batch, className }: { batch: Pick<CommandBatchDto, "byState" | "total">; className?: string }) {
  const { byState, total } = batch;
  return (
    <span aria-hidden className={classNames("flex h-2 gap-px overflow-hidden rounded-full bg-sunken", className)}>
      {sharesOf(byState).map(({ state, tone, count }) => (
        <span key={state} className={classNames("block h-full min-w-0.5", BARS[tone], (state === "queued" || state === "scheduled") && "opacity-40")} style={{ width: `${(count / Math.max(1, total)) * 100}%` }} />
      ))}
    </span>
  );
}

/** "38 of 40 ended". */
export function endedWords(batch: Pick<CommandBatchDto, "byState" | "total">): string {
  return `${endedOf(batch.byState).toLocaleString()} of ${batch.total.toLocaleString()} ended`;
}

interface LegendProps {
  batch: Pick<CommandBatchDto, "byState">;
}

/** The numbers behind the bar. */
export function BatchLegend({ batch }: LegendProps) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1.5">
      {sharesOf(batch.byState).map(({ state, tone, label, meaning, count }) => (
        <li key={state} title={meaning} className="flex items-center gap-2">
          <span aria-hidden className={classNames("size-2 rounded-full", BARS[tone], (state === "queued" || state === "scheduled") && "opacity-40")} />
          {label}
          <span className="font-medium tabular-nums">{count.toLocaleString()}</span>
        </li>
      ))}
    </ul>
  );
}
