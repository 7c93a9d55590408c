import { expect, test } from "vitest";
import { coalesced } from "./coalesce";

/** Parts that end when they are told to, each worth the number of its beginning. */
function gatedParts() {
  const begun: string[] = [];
  const gates: (() => void)[] = [];
  const part = (name: string) => async () => {
    const number = begun.push(name);
    await new Promise<void>((resolve) => gates.push(resolve));
    return number;
  };
  const endOne = async () => {
    await expect.poll(() => gates.length).toBe(1);
    gates.shift()?.();
  };
  return { begun, endOne, ask: coalesced({ a: part("a"), b: part("b"), c: part("c") }) };
}

test("many who ask at once share one round, and who comes in the middle takes the parts that begin after that", async () => {
  const { begun, endOne, ask } = gatedParts();
  const first = ask();
  await endOne();
  await expect.poll(() => begun).toEqual(["a", "b"]);
  const later = Promise.all([ask(), ask(), ask()]);
  await endOne();
  await endOne();
  expect(await first).toEqual({ a: 1, b: 2, c: 3 });
  await endOne();
  await endOne();
  const answer = { a: 4, b: 5, c: 3 };
  expect(await later).toEqual([answer, answer, answer]);
  expect(begun).toEqual(["a", "b", "c", "a", "b"]);
});

test("nothing is made while nobody waits, and a later question gets an answer of its own", async () => {
  let made = 0;
  const ask = coalesced({ only: () => Promise.resolve(++made) });
  expect(await ask()).toEqual({ only: 1 });
  expect(await ask()).toEqual({ only: 2 });
  expect(made).toBe(2);
});

test("a part that failed is told to those who waited for it, and to nobody who came later", async () => {
  let away = true;
  const ask = coalesced({ sound: () => Promise.resolve("sound"), failing: () => (away ? Promise.reject(new Error("away")) : Promise.resolve("there")) });
  const [first, other] = [ask(), ask()];
  await expect(first).rejects.toThrow("away");
  await expect(other).rejects.toThrow("away");
  away = false;
  expect(await ask()).toEqual({ sound: "sound", failing: "there" });
});
