import { expect, test } from "vitest";
import { allows, PERMISSIONS } from "./permissions";

test("a viewer changes nothing", () => {
  expect(PERMISSIONS.viewer.filter((permission) => !permission.endsWith(":read"))).toEqual([]);
});

test("only an owner keeps certificates and tokens", () => {
  for (const permission of ["push:write", "token:manage", "authority:write"] as const) {
    expect([allows("viewer", permission), allows("operator", permission), allows("owner", permission)]).toEqual([false, false, true]);
  }
});

test("each role may do what the one below it may", () => {
  expect(PERMISSIONS.operator).toEqual(expect.arrayContaining([...PERMISSIONS.viewer]));
  expect(PERMISSIONS.owner).toEqual(expect.arrayContaining([...PERMISSIONS.operator]));
});
