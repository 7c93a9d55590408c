"use client";

import { Button } from "./button";

interface Props {
  shown: number;
  total: number;
  /** There are more than `total`; nobody counted on. */
  capped?: boolean;
  hasMore: boolean;
  busy: boolean;
  onMore: () => void;
}

/** The foot of a paged list: how much of it is in sight, and the way to the rest. */
export function LoadMore({ shown, total, capped = false, hasMore, busy, onMore }: Props) {
  return (
    <div className="flex min-h-12 items-center justify-between gap-3 border-t border-line px-4 py-2 text-xs text-ink-faint">
      <span className="tabular-nums" role="status">
        {shown.toLocaleString()} of {total.toLocaleString()}
        {capped && "+"}
      </span>
      {hasMore && (
        <Button size="small" busy={busy} onClick={onMore}>
          Load more
        </Button>
      )}
    </div>
  );
}
