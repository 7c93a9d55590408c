import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recurringWork } from "./recurring-work";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Work that counts its beginnings and lasts until it is let go. */
function heldWork() {
  const ends: (() => void)[] = [];
  let begun = 0;
  return { work: () => new Promise<void>((resolve) => { begun += 1; ends.push(resolve); }), begun: () => begun, end: () => ends.shift()?.() };
}

test("it comes after each interval, and a failure does not end it", async () => {
  let begun = 0;
  const recurring = recurringWork(1_000, () => Promise.reject(new Error(`failure ${++begun}`)), "it failed");
  expect(begun).toBe(0);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(begun).toBe(3);
  await recurring.stop();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(begun).toBe(3);
});

test("it is never done twice at once, and what was asked for meanwhile is done once more", async () => {
  const held = heldWork();
  const recurring = recurringWork(1_000, held.work, "it failed");
  recurring.wake();
  recurring.wake();
  await vi.advanceTimersByTimeAsync(500);
  expect(held.begun()).toBe(1);
  held.end();
  await vi.advanceTimersByTimeAsync(100);
  expect(held.begun()).toBe(2);
  held.end();
  await vi.advanceTimersByTimeAsync(100);
  expect(held.begun()).toBe(2);
  await recurring.stop();
});

test("stopping waits for what is under way and begins nothing more", async () => {
  const held = heldWork();
  const recurring = recurringWork(1_000, held.work, "it failed");
  recurring.wake();
  recurring.wake();
  let stopped = false;
  const stopping = recurring.stop().then(() => (stopped = true));
  recurring.wake();
  await vi.advanceTimersByTimeAsync(2_000);
  expect([stopped, held.begun()]).toEqual([false, 1]);
  held.end();
  await stopping;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(held.begun()).toBe(1);
});
