import { expect, test } from "vitest";
import { withTestDatabase } from "@/tests/support/database";
import { database } from "./database";
import { isStorageUnavailable, isUniqueViolation } from "./storage-errors";
import { transaction } from "./transaction";

withTestDatabase();

const count = async (): Promise<number> => database().prisma.setting.count();
const insert = `INSERT INTO "Setting" ("key", "value", "updatedAt") VALUES ($1, '1', now())`;

test("raw SQL and Prisma see one database", async () => {
  await database().pool.query(insert, ["one"]);
  expect(await database().prisma.setting.findUnique({ where: { key: "one" } })).toMatchObject({ value: 1 });
});

test("a transaction that throws leaves nothing behind", async () => {
  const before = await count();
  const failing = transaction(async (tx) => {
    await tx.query(insert, ["two"]);
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect(await count()).toBe(before);
});

test("a unique violation is told from an unreachable database, in raw SQL and in Prisma", async () => {
  await database().pool.query(insert, ["three"]);
  const raw: unknown = await database().pool.query(insert, ["three"]).catch((error: unknown) => error);
  const prisma: unknown = await database().prisma.setting.create({ data: { key: "three", value: 1 } }).catch((error: unknown) => error);
  for (const error of [raw, prisma]) {
    expect(isUniqueViolation(error)).toBe(true);
    expect(isStorageUnavailable(error)).toBe(false);
  }
});

test("a connection that the server ends costs one statement, not the process and not the pool", async () => {
  const killed: unknown = await database().pool.query("SELECT pg_terminate_backend(pg_backend_pid())").catch((error: unknown) => error);
  expect(isStorageUnavailable(killed)).toBe(true);
  expect(await count()).toBeGreaterThan(0);
});

test("a connection that is lost inside a transaction fails that transaction alone", async () => {
  const failing: unknown = await transaction(async (tx) => {
    await tx.query(insert, ["four"]);
    await tx.query("SELECT pg_terminate_backend(pg_backend_pid())");
  }).catch((error: unknown) => error);
  expect(isStorageUnavailable(failing)).toBe(true);
  expect(await database().prisma.setting.findUnique({ where: { key: "four" } })).toBeNull();
});
