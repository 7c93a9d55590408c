import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deriveKey, keyFromFile } from "./master-key";

let folder = "";
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), "muster-key-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a key file is made once, readable by its owner alone", () => {
  const dataDir = path.join(folder, "data");
  const key = keyFromFile(dataDir);
  expect(key).toHaveLength(32);
  expect(statSync(path.join(dataDir, "master.key")).mode & 0o777).toBe(0o600);
  expect(keyFromFile(dataDir)).toEqual(key);
});

test("a damaged key file is never replaced", () => {
  writeFileSync(path.join(folder, "master.key"), "damaged");
  expect(() => keyFromFile(folder)).toThrow("does not hold a key");
});

test("keys for two purposes differ, and each stays the same", () => {
  expect(deriveKey("sessions")).toHaveLength(32);
  expect(deriveKey("sessions")).toEqual(deriveKey("sessions"));
  expect(deriveKey("sessions")).not.toEqual(deriveKey("links"));
});
