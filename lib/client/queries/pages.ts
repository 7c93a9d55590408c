/** How many rows a list asks for at a time. */
export const PAGE_SIZE = 50;

/** Cursor paging as every list of /api/v1 does it. */
export const nextPage = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor ?? undefined,
};
