import { expect, test } from "vitest";
import { ACCESS_RIGHTS, accessRightsProblem, ALL_ACCESS_RIGHTS } from "./access-rights";

test("the rights are thirteen bits that add up to all of them", () => {
  expect(ACCESS_RIGHTS.map((right) => right.bit)).toEqual(Array.from({ length: 13 }, (_, index) => 2 ** index));
  expect(ACCESS_RIGHTS.reduce((sum, right) => sum + right.bit, 0)).toBe(ALL_ACCESS_RIGHTS);
});

test("rights that a device would refuse the profile for are named", () => {
  for (const good of [1, 3, 16, 64 + 128, ALL_ACCESS_RIGHTS]) expect(accessRightsProblem(good)).toBeNull();
  for (const bad of [0, -1, 1.5, ALL_ACCESS_RIGHTS + 1]) expect(accessRightsProblem(bad)).toContain("at least one");
  expect(accessRightsProblem(2)).toBe('"Install and remove configuration profiles" needs "See configuration profiles"');
  expect(accessRightsProblem(128 + 4)).toContain('needs "See provisioning profiles"');
});
