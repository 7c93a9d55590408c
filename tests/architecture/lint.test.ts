import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const lines = (count: number): string => Array.from({ length: count }, (_, index) => `  console.log(${index});`).join("\n");

/** For each rule a file that breaks it. */
const PLANTED: Record<string, string> = {
  "node(no-process-env)": "lib/devices/planted-environment.ts",
  "typescript(no-floating-promises)": "lib/devices/planted-promise.ts",
  "typescript(no-misused-promises)": "lib/devices/planted-condition.ts",
  "typescript(no-explicit-any)": "lib/devices/planted-any.ts",
  "typescript(no-non-null-assertion)": "lib/devices/planted-bang.ts",
  "typescript(consistent-type-imports)": "lib/devices/planted-import.ts",
  "eslint(eqeqeq)": "lib/devices/planted-equality.ts",
  "eslint(max-lines)": "lib/devices/planted-long-file.ts",
  "eslint(max-lines-per-function)": "components/planted-long-component.tsx",
};

const FILES: Record<string, string> = {
  "lib/devices/planted-environment.ts": "export const port = process.env.PORT;\n",
  "lib/devices/planted-promise.ts": "async function work(): Promise<void> {}\nexport function start(): void {\n  work();\n}\n",
  "lib/devices/planted-condition.ts": 'async function isReady(): Promise<boolean> {\n  return false;\n}\nexport const state = (): string => (isReady() ? "ready" : "not");\n',
  "lib/devices/planted-any.ts": "export const anything = (value: any): unknown => value;\n",
  "lib/devices/planted-bang.ts": "export const first = (values: string[]): string => values[0]!;\n",
  "lib/devices/planted-import.ts": 'import { Stats } from "node:fs";\nexport const size = (stats: Stats): number => stats.size;\n',
  "lib/devices/planted-equality.ts": "export const isOne = (value: unknown): boolean => value == 1;\n",
  "lib/devices/planted-long-file.ts": `console.log(0);\n`.repeat(301),
  "components/planted-long-component.tsx": `export function Long() {\n${lines(90)}\n  return <p />;\n}\n`,
  // Where the same things are allowed.
  "lib/config/allowed.ts": "export const port = process.env.PORT;\n",
  "lib/devices/allowed.test.ts": `export function long(): void {\n${lines(90)}\n}\n`,
  "prisma/generated/allowed.ts": "export const anything = (value: any): unknown => value;\n",
};

let folder = "";
let found: { code: string; filename: string }[] = [];

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "muster-lint-"));
  for (const file of [".oxlintrc.json", "tsconfig.json", "package.json"]) cpSync(file, path.join(folder, file));
  symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const { stdout } = spawnSync(path.resolve("node_modules/.bin/oxlint"), ["--type-aware", "--format", "json", "components", "lib", "prisma"], { cwd: folder, encoding: "utf8" });
  found = (JSON.parse(stdout) as { diagnostics: typeof found }).diagnostics;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(Object.entries(PLANTED))("%s is enforced", (rule, file) => {
  expect(found.filter(({ filename }) => filename === file).map(({ code }) => code)).toContain(rule);
});

test("the exceptions hold where they are meant to", () => {
  expect(found.filter(({ filename }) => filename.includes("allowed"))).toEqual([]);
});
