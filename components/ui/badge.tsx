import type { Tone } from "@/lib/contracts/words";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

const LOOKS: Record<Tone, string> = {
  neutral: "bg-sunken text-ink-soft",
  info: "bg-info-soft text-info",
  good: "bg-good-soft text-good",
  warning: "bg-warning-soft text-warning",
  bad: "bg-bad-soft text-bad",
};

interface Props {
  tone: Tone;
  children: ReactNode;
  /** The sentence behind the word, on hover. */
  title?: string;
  /** Something is under way: the dot breathes. */
  pulsing?: boolean;
}

/** A state: a dot and its word. */
export function Badge({ tone, children, title, pulsing = false }: Props) {
  return (
    <span
      title={title}
      className={classNames("inline-flex h-6 items-center gap-1.5 rounded-full px-2.5 text-xs font-medium whitespace-nowrap", LOOKS[tone])}
    >
      <span aria-hidden className={classNames("size-1.5 rounded-full bg-current", pulsing && "pulse-soft")} />
      {children}
    </span>
  );
}

/** A property that is not a state: a word in a thin frame. */
export function Tag({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <span title={title} className="inline-flex h-5 items-center rounded-md border border-line-strong px-1.5 text-[11px] font-medium whitespace-nowrap text-ink-soft">
      {children}
    </span>
  );
}
