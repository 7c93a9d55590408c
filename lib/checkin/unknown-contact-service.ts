import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import type { UnknownContactRow } from "./unknown-contact-store";
import { countUnknownContacts, listUnknownContactRows } from "./unknown-contact-store";

/** Strangers on device routes, latest first. */
export async function listUnknownContacts(query: { cursor?: string | undefined; limit: number }): Promise<{ items: UnknownContactRow[]; nextCursor: string | null; total: number }> {
  const before = query.cursor === undefined ? null : decodeCursor(query.cursor);
  const [rows, total] = await Promise.all([listUnknownContactRows(before === null ? null : { lastSeenAt: new Date(before[0]), id: before[1] }, query.limit + 1), countUnknownContacts()]);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > query.limit && last !== undefined ? encodeCursor([last.lastSeenAt.toISOString(), last.id]) : null, total };
}
