import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, inject } from "vitest";
import { closeDatabase, openDatabase } from "@/lib/db/database";
import { dropDatabase, onServer, urlOfDatabase } from "./database-admin";

/** A database of its own, migrated and empty. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** Makes one more database on the server of this test run. */
export async function testDatabase(): Promise<TestDatabase> {
  const templateUrl = inject("templateUrl");
  const template = new URL(templateUrl).pathname.slice(1);
  const maintenanceUrl = urlOfDatabase(templateUrl, "postgres");
  const name = `muster_test_${randomBytes(8).toString("hex")}`;
  await onServer(maintenanceUrl, `CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  return {
    url: urlOfDatabase(templateUrl, name),
    drop: () => dropDatabase(maintenanceUrl, name),
  };
}

/** At the top of a test file: its tests work on a database of their own, open as database() and dropped at the end. */
export function withTestDatabase(): void {
  let made: TestDatabase | null = null;
  beforeAll(async () => {
    made = await testDatabase();
    openDatabase(made.url);
  });
  afterAll(async () => {
    await closeDatabase();
    await made?.drop();
  });
}
