import { Check, Minus, X } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

export interface Step {
  key: string;
  title: string;
  state: "done" | "now" | "waiting" | "failed" | "skipped";
  detail?: ReactNode;
  aside?: ReactNode;
}

const WORDS: Record<Step["state"], string> = { done: "done", now: "under way", waiting: "still to come", failed: "failed", skipped: "left out" };
const DOTS: Record<Step["state"], string> = {
  done: "border-good bg-good-soft text-good",
  now: "border-info text-info",
  waiting: "border-line-strong text-ink-faint",
  failed: "border-bad bg-bad-soft text-bad",
  skipped: "border-line-strong bg-sunken text-ink-faint",
};

/** Steps of one undertaking, top to bottom, each with its truth. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol>
      {steps.map((step, index) => (
        <li key={step.key} className="relative flex gap-3 pb-5 last:pb-0">
          {index < steps.length - 1 && <span aria-hidden className="absolute top-6 bottom-0 left-[11px] w-px bg-line" />}
          <span aria-hidden className={classNames("z-10 grid size-6 shrink-0 place-items-center rounded-full border [&_svg]:size-3.5", DOTS[step.state])}>
            <StepMark state={step.state} number={index + 1} />
          </span>
          <div className="min-w-0 flex-1 pt-0.5">
            <div className="flex flex-wrap items-baseline justify-between gap-x-3">
              <p className={classNames("font-medium", (step.state === "waiting" || step.state === "skipped") && "text-ink-soft")}>
                {step.title}
                <span className="sr-only">: {WORDS[step.state]}</span>
              </p>
              {step.aside !== undefined && <span className="text-xs text-ink-faint">{step.aside}</span>}
            </div>
            {step.detail !== undefined && step.detail !== null && <div className="mt-0.5 text-ink-soft">{step.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}

function StepMark({ state, number }: { state: Step["state"]; number: number }) {
  if (state === "done") return <Check />;
  if (state === "failed") return <X />;
  if (state === "skipped") return <Minus />;
  if (state === "now") return <span className="pulse-soft size-2 rounded-full bg-current" />;
  return <span className="text-[11px] font-medium">{number}</span>;
}
