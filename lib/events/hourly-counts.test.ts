import { expect, test } from "vitest";
import { withTestDatabase } from "@/tests/support/database";
import { addToHours, listHours } from "./hourly-count-store";
import { countInHour, flushHourlyCounts } from "./hourly-counts";

withTestDatabase();

test("what is counted is written into its hour, and added to what other processes have counted there", async () => {
  const noon = new Date("2026-03-01T12:00:00Z");
  for (let n = 0; n < 3; n++) countInHour("check-in", new Date("2026-03-01T12:34:56Z"));
  countInHour("push-failed", new Date("2026-03-01T13:00:00Z"), 4);
  await flushHourlyCounts();
  await addToHours([{ hour: noon, kind: "check-in", count: 5 }]);
  expect(await listHours(noon)).toEqual([
    { hour: noon, kind: "check-in", count: 8 },
    { hour: new Date("2026-03-01T13:00:00Z"), kind: "push-failed", count: 4 },
  ]);
});

test("processes that write at the same time lose no count", async () => {
  const hour = new Date("2026-03-02T00:00:00Z");
  await Promise.all(Array.from({ length: 20 }, () => addToHours([{ hour, kind: "push-accepted", count: 1 }, { hour, kind: "check-in", count: 2 }])));
  expect((await listHours(hour)).map(({ count }) => count).sort((a, b) => a - b)).toEqual([20, 40]);
});
