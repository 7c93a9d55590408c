import { expect, test } from "vitest";
import { accessRightsProblem, ALL_ACCESS_RIGHTS } from "@/lib/protocol/profile/access-rights";
import { toggleRight } from "./access-rights-field";

test("a right brings what it needs, and goes with it", () => {
  expect(toggleRight(16, 2)).toBe(16 + 2 + 1);
  expect(toggleRight(16 + 2 + 1, 1)).toBe(16);
  expect(toggleRight(ALL_ACCESS_RIGHTS, 64)).toBe(ALL_ACCESS_RIGHTS - 64 - 128);
});

test("whatever is ticked, but for nothing at all, a device takes", () => {
  let rights = ALL_ACCESS_RIGHTS;
  for (const bit of [1, 64, 2048, 128, 16, 2, 64, 4096, 1]) {
    rights = toggleRight(rights, bit);
    expect(accessRightsProblem(rights)).toBeNull();
  }
});
