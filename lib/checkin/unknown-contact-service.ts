import { decodeTimeCursor } from "@/lib/db/cursor";
import { pageOf, type Page } from "@/lib/db/page";
import type { UnknownContactRow } from "./unknown-contact-store";
import { countUnknownContacts, listUnknownContactRows } from "./unknown-contact-store";

/** Strangers on device routes, latest first. */
export async function listUnknownContacts(query: { cursor?: string | undefined; limit: number }): Promise<Page<UnknownContactRow>> {
  const before = query.cursor === undefined ? null : decodeTimeCursor(query.cursor);
  const [rows, total] = await Promise.all([listUnknownContactRows(before, query.limit + 1), countUnknownContacts()]);
  return pageOf(rows, query.limit, total, (last) => [last.lastSeenAt.toISOString(), last.id]);
}
