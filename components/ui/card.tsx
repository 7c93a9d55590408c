import type { ReactNode } from "react";
import { classNames } from "./class-names";

interface Props {
  title?: ReactNode;
  /** Beside the title: age of the data, a button. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  /** The content brings its own padding: tables and lists. */
  flush?: boolean;
}

export function Card({ title, aside, children, className, flush = false }: Props) {
  return (
    <section className={classNames("overflow-hidden rounded-xl border border-line bg-surface", className)}>
      {title !== undefined && (
        <header className="flex min-h-12 flex-wrap items-center justify-between gap-x-3 gap-y-2 border-b border-line px-4 py-2">
          <h2 className="text-sm font-semibold">{title}</h2>
          {aside !== undefined && <div className="flex min-w-0 flex-wrap items-center gap-2 text-xs text-ink-faint">{aside}</div>}
        </header>
      )}
      <div className={flush ? "" : "p-4"}>{children}</div>
    </section>
  );
}
