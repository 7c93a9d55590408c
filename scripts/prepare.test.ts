import { expect, test } from "vitest";
import { checkNode } from "./prepare.mjs";

test.each(["20.19.0", "20.20.2", "22.12.0", "24.1.0", "26.0.0"])("Node.js %s is enough", (version) => {
  expect(() => checkNode(version)).not.toThrow();
});

test.each(["18.20.0", "20.18.9", "21.7.0", "22.11.0"])("Node.js %s is refused with a sentence", (version) => {
  expect(() => checkNode(version)).toThrow(`Muster needs Node.js 20.19 or newer (22.12 of the 22 line; 24 is recommended). This is ${version}.`);
});
