import { encodeCursor } from "./cursor";

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total: number;
}

/** A page out of one row more than it holds: that row tells whether there is a next page. */
export function pageOf<T>(rows: readonly T[], limit: number, total: number, cursorOf: (last: T) => readonly [string, string]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null, total };
}
