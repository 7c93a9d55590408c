import { expect, test } from "vitest";
import { COMMAND_STATES, wordsOf } from "@/lib/contracts/words";
import { choicesOf, endedOf, sharesOf } from "./batch-progress";

test("every state has its place in the bar", () => {
  const all = Object.fromEntries(wordsOf(COMMAND_STATES).map((state) => [state, 1]));
  expect(sharesOf(all).map((share) => share.state).toSorted()).toEqual(wordsOf(COMMAND_STATES).toSorted());
});

test("states that do not occur are left out", () => {
  expect(sharesOf({ acknowledged: 2, failed: 0 }).map((share) => [share.state, share.count])).toEqual([["acknowledged", 2]]);
});

test("only what has ended counts as done", () => {
  expect(endedOf({ acknowledged: 2, failed: 1, queued: 5, delivered: 1, cancelled: 1 })).toBe(4);
});

test("the failed, the silent and the open are told apart", () => {
  expect(choicesOf({ acknowledged: 9, failed: 1, malformed: 1, expired: 2, queued: 3, scheduled: 4 })).toEqual({ failed: 2, silent: 5, open: 7 });
});
