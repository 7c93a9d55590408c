"use client";

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Card } from "./card";
import { LoadMore } from "./load-more";
import { ProblemNote } from "./problem-note";
import { SkeletonRows } from "./skeleton";

interface Page<T> {
  items: T[];
  total: number;
  /** There are more than `total`; nobody counted on. */
  totalCapped?: boolean;
}

interface Props<T> {
  list: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  /** What is loading: "Loading groups". */
  loading: string;
  /** Stands for the rows when there are none. */
  empty: ReactNode;
  title?: ReactNode;
  aside?: ReactNode;
  children: (items: readonly T[]) => ReactNode;
}

/** A list that is read page by page, in its frame: skeleton, problem, nothing, or rows with their foot. Title and aside stay whatever comes. */
export function PagedList<T>({ list, loading, empty, title, aside, children }: Props<T>) {
  const problem = list.data === undefined && list.error !== null ? <ProblemNote error={list.error} onRetry={() => void list.refetch()} /> : null;
  if (problem !== null && title === undefined) return problem;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const lastPage = list.data?.pages.at(-1);
  return (
    <Card flush title={title} aside={aside} className={list.isPlaceholderData ? "opacity-60" : ""}>
      {problem !== null && <div className="p-4">{problem}</div>}
      {list.isPending && <SkeletonRows rows={4} label={loading} />}
      {list.data !== undefined && items.length === 0 && empty}
      {items.length > 0 && (
        <>
          {children(items)}
          <LoadMore shown={items.length} total={lastPage?.total ?? items.length} capped={lastPage?.totalCapped === true} hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      )}
    </Card>
  );
}
