import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

/** A table that scrolls sideways inside its frame rather than widening the page. */
export function Table({ label, head, children }: { label: string; head: ReactNode; children: ReactNode }) {
  return (
    // relative: what is there for screen readers alone must not reach beyond the frame either.
    <div className="relative overflow-x-auto" tabIndex={0} role="region" aria-label={label}>
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-b border-line">{head}</tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </div>
  );
}

export function HeadCell({ className, ...rest }: ComponentProps<"th">) {
  return <th scope="col" className={classNames("h-10 px-3 sm:px-4 text-xs font-medium whitespace-nowrap text-ink-faint", className)} {...rest} />;
}

export function Cell({ className, ...rest }: ComponentProps<"td">) {
  return <td className={classNames("px-3 py-3 align-middle sm:px-4", className)} {...rest} />;
}
