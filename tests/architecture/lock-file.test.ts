import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Locked {
  optionalDependencies?: Record<string, string>;
}
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Locked> };

/** Is `name` where Node would find it from the package at `from`? */
function isLocked(name: string, from: string): boolean {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf("/node_modules/")))) {
    if (packages[`${place}${place === "" ? "" : "/"}node_modules/${name}`]) return true;
    if (!place.includes("/node_modules/")) return packages[`node_modules/${name}`] !== undefined;
  }
}

test("the lock file holds the binaries of every platform: `npm ci` refuses to install from one that does not", () => {
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(name, place)).map((name) => `${name} of ${place}`),
  );
  expect(missing).toEqual([]);
});

test("each part of Radix is locked once: the browser would load every further copy", () => {
  const copies = Object.keys(packages).filter((place) => /\/node_modules\/@radix-ui\//.test(place));
  expect(packages["node_modules/@radix-ui/react-slot"]).toBeDefined();
  expect(copies).toEqual([]);
});
