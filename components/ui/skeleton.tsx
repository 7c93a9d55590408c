import { classNames } from "./class-names";

/** The place of something that is still loading. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classNames("pulse-soft block rounded-md bg-sunken", className)} />;
}

/** Rows of a list that is still loading, as high as the real ones. */
export function SkeletonRows({ rows = 6, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-14 items-center gap-6 px-4">
          <Skeleton className="h-4 w-1/3" />
          <Skeleton className="h-4 w-1/6" />
          <Skeleton className="ml-auto h-4 w-20" />
        </div>
      ))}
    </div>
  );
}
