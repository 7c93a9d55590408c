import type { ReactNode } from "react";

export interface KeyValue {
  key: string;
  value: ReactNode;
  /** On hover over the key: the name the protocol uses, say. */
  title?: string | undefined;
}

/** Facts, one a line. */
export function KeyValues({ items }: { items: readonly KeyValue[] }) {
  return (
    <dl className="divide-y divide-line">
      {items.map((item) => (
        <div key={item.key} className="grid grid-cols-1 items-baseline gap-x-4 px-4 py-2 sm:grid-cols-[minmax(9rem,14rem)_1fr]">
          <dt title={item.title} className="text-ink-soft">
            {item.key}
          </dt>
          <dd className="min-w-0 break-words">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
