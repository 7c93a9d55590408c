import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseEnvironment } from "@/lib/config/environment";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");
const DECISIONS = readdirSync(path.join(ROOT, "docs/decisions")).map((name) => `docs/decisions/${name}`);

test.each(["ARCHITECTURE.md", "CONTRIBUTING.md", ...DECISIONS])("every path that %s names exists", (document) => {
  const named = [...read(document).matchAll(/`((?:app|components|lib|server|prisma|tests|scripts|docs|public)\/[^`\s*{]*)`/g)].map((match) => match[1] ?? "");
  expect(named.filter((name) => !existsSync(path.join(ROOT, name)))).toEqual([]);
});

test.each(["README.md", "docs/operations.md"])("every file that %s links to exists", (document) => {
  const links = [...read(document).matchAll(/\]\((?!https?:)([^)#]+)|src(?:set)?="([^"]+)"/g)];
  const linked = links.map((match) => path.join(ROOT, path.dirname(document), match[1] ?? match[2] ?? ""));
  expect(linked.length).toBeGreaterThan(0);
  expect(linked.filter((file) => !existsSync(file))).toEqual([]);
});

test("the README's table names every setting, and no other", () => {
  const table = read("README.md").split("## Configuration")[1] ?? "";
  const named = new Set([...table.matchAll(/`([A-Z][A-Z_]+)`/g)].map((match) => match[1] ?? ""));
  const source = read("lib/config/environment.ts");
  const known = new Set([...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((match) => match[1] ?? ""));
  expect([...known].sort()).toEqual([...named].filter((name) => name.includes("_") || name === "HOST" || name === "PORT" || name === "ORGANIZATION" || name === "WORKER").sort());
  expect(parseEnvironment({}).publicUrl).toBe("http://localhost:3000");
});
