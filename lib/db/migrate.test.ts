import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/tests/support/database";
import { migrate } from "./migrate";

let folder = "";
let made: TestDatabase;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "muster-migrations-"));
  cpSync("prisma/migrations", folder, { recursive: true });
  made = await testDatabase();
});
afterEach(async () => {
  await made.drop();
  rmSync(folder, { recursive: true, force: true });
});

function plant(name: string, sql: string): void {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, "migration.sql"), sql);
}

async function ask(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: made.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test("a database that is up to date is left alone", async () => {
  expect(await migrate(made.url)).toEqual([]);
});

test("processes that start together apply a migration once", async () => {
  plant("99990101000000_more", `CREATE TABLE "More" ("id" int); INSERT INTO "More" VALUES (1);`);
  const applied = await Promise.all([1, 2, 3, 4, 5].map(() => migrate(made.url, folder)));
  expect(applied.flat()).toEqual(["99990101000000_more"]);
  expect(await ask(`SELECT * FROM "More"`)).toHaveLength(1);
});

test("a migration that fails leaves nothing behind and names itself", async () => {
  plant("99990101000000_broken", `CREATE TABLE "Half" ("id" int); SELECT 1 / 0;`);
  await expect(migrate(made.url, folder)).rejects.toThrow(/99990101000000_broken failed: division by zero/);
  expect(await ask(`SELECT to_regclass('"Half"') AS "half"`)).toEqual([{ half: null }]);
});

test("a migration edited after it was applied is refused", async () => {
  plant("99990101000000_more", `CREATE TABLE "More" ("id" int);`);
  await migrate(made.url, folder);
  plant("99990101000000_more", `CREATE TABLE "More" ("id" bigint);`);
  await expect(migrate(made.url, folder)).rejects.toThrow("was edited");
});

test("a database of a newer version is refused", async () => {
  plant("99990101000000_more", `CREATE TABLE "More" ("id" int);`);
  await migrate(made.url, folder);
  await expect(migrate(made.url)).rejects.toThrow("belongs to a newer one");
});
