import type { ReactNode } from "react";

interface Props {
  title: string;
  /** One sentence: what this page is for. */
  intro?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, intro, actions }: Props) {
  return (
    <div className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="max-w-2xl">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {intro !== undefined && <p className="mt-1 text-ink-soft">{intro}</p>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
