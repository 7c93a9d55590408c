import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readDeclarationSchema, readStatusItems } from "@/tests/support/apple-declarations";
import { DECLARATION_TYPES } from "../generated/declaration-schema";
import { STATUS_ITEMS } from "../generated/status-items";

const FOLDER = path.resolve(import.meta.dirname, "../../../../shared/apple-schema/declarative");

test.skipIf(!existsSync(FOLDER))("the declaration types and status items are exactly those of Apple's schema (skipped where it is not at hand)", () => {
  const schema = readDeclarationSchema(path.join(FOLDER, "declarations"));
  expect(schema.length).toBeGreaterThan(30);
  expect(DECLARATION_TYPES).toEqual(Object.fromEntries(schema.map((type) => [type.type, type])));
  expect(Object.entries(STATUS_ITEMS)).toEqual(readStatusItems(path.join(FOLDER, "status")));
});

test("every type stands under its own name and is of one of the four kinds", () => {
  for (const [name, spec] of Object.entries(DECLARATION_TYPES)) {
    expect(spec.type).toBe(name);
    expect(name.startsWith(`com.apple.${spec.kind}.`)).toBe(true);
  }
});
