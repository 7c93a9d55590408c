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

/** A list that is read page by page, in its frame: skeleton, problem, nothing, or rows with their foot. */
export function PagedList<T>({ list, loading, empty, title, aside, children }: Props<T>) {
  if (list.data === undefined && list.error !== null) return <ProblemNote error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card flush title={title} aside={aside}>
      {list.data === undefined && <SkeletonRows rows={4} label={loading} />}
      {list.data !== undefined && items.length === 0 && empty}
      {items.length > 0 && (
        <>
          {children(items)}
          <LoadMore shown={items.length} total={list.data?.pages.at(-1)?.total ?? items.length} hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      )}
    </Card>
  );
}
