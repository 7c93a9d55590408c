import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { API, type Operation } from "@/lib/contracts/api";

const ROOT = path.resolve(import.meta.dirname, "../../app/api/v1");
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const operations: Operation[] = Object.values(API);

const fileOf = ({ path: address }: Operation) => path.join(ROOT, address.replaceAll("{", "[").replaceAll("}", "]"), "route.ts");
const named = (method: string, file: string) => `${method} ${path.relative(ROOT, path.dirname(file))}`;

test("no two operations share method and address", () => {
  const names = operations.map((operation) => `${operation.method} ${operation.path}`);
  expect(new Set(names).size).toBe(names.length);
});

test.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))("%s has its route", async (_, operation) => {
  const file = fileOf(operation);
  expect(existsSync(file), `${file} is missing`).toBe(true);
  const route = (await import(file)) as Record<string, unknown>;
  expect(route[operation.method]).toBeTypeOf("function");
});

test("every route of the API is an operation of the contract", async () => {
  const known = operations.map((operation) => named(operation.method, fileOf(operation)));
  const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("route.ts") && !file.startsWith("[...rest]"));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const route = (await import(path.join(ROOT, file))) as Record<string, unknown>;
    for (const method of METHODS.filter((name) => name in route)) expect(known).toContain(named(method, path.join(ROOT, file)));
  }
});
