import { expect, test } from "vitest";
import { knowsUnrecognized } from "./knows-unrecognized";

test("a system hears 403 unrecognized from the version on in which it learned it, as a number", () => {
  expect(knowsUnrecognized("ios", "17.0")).toBe(true);
  expect(knowsUnrecognized("ios", "16.7.10")).toBe(false);
  expect(knowsUnrecognized("ios", "9.3")).toBe(false);
  expect(knowsUnrecognized("macos", "14.1")).toBe(true);
  expect(knowsUnrecognized("macos", "13.6")).toBe(false);
  expect(knowsUnrecognized("visionos", "1.0")).toBe(false);
  expect(knowsUnrecognized("watchos", "10.1")).toBe(true);
});

test("what is not known hears 401, which every system understands", () => {
  expect(knowsUnrecognized("unknown", "18.0")).toBe(false);
  expect(knowsUnrecognized("ios", null)).toBe(false);
});
