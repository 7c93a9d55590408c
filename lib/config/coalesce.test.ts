import { expect, test } from "vitest";
import { coalesced } from "./coalesce";

test("many who ask at once cost two answers, and each gets one that began after it had asked", async () => {
  let began = 0;
  const gates: (() => void)[] = [];
  const ask = coalesced(async () => {
    began += 1;
    const mine = began;
    await new Promise<void>((resolve) => gates.push(resolve));
    return mine;
  });
  const first = ask();
  const later = Promise.all([ask(), ask(), ask()]);
  gates.shift()?.();
  expect(await first).toBe(1);
  await expect.poll(() => gates.length).toBe(1);
  gates.shift()?.();
  expect(await later).toEqual([2, 2, 2]);
  expect(began).toBe(2);
});

test("an answer that failed is told to those who waited for it, and the next one is made anew", async () => {
  let fail = true;
  const ask = coalesced(() => (fail ? Promise.reject(new Error("away")) : Promise.resolve("there")));
  await expect(ask()).rejects.toThrow("away");
  fail = false;
  expect(await ask()).toBe("there");
});
