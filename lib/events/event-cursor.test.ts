import { expect, test } from "vitest";
import { EventCursor } from "./event-cursor";

const gaps = (cursor: EventCursor) => cursor.gaps.map(({ from, to }) => [from, to]);

test("ids that were jumped over are asked for until they come", () => {
  const cursor = new EventCursor(10n);
  for (const id of [11n, 15n, 16n, 18n]) cursor.advance(id, 0);
  expect(cursor.highest).toBe(18n);
  expect(gaps(cursor)).toEqual([[12n, 14n], [17n, 17n]]);
  cursor.fill(13n);
  cursor.fill(17n);
  expect(gaps(cursor)).toEqual([[12n, 12n], [14n, 14n]]);
});

test("ids that do not come within a minute are given up", () => {
  const cursor = new EventCursor(0n);
  cursor.advance(2n, 0);
  cursor.advance(4n, 50_000);
  cursor.forgetOldGaps(60_000);
  expect(gaps(cursor)).toEqual([[3n, 3n]]);
});
