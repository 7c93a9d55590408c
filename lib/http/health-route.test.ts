import { expect, test } from "vitest";
import { GET as healthz } from "@/app/healthz/route";
import { GET as readyz } from "@/app/readyz/route";
import { closeDatabase, openDatabase } from "@/lib/db/database";
import { testDatabase } from "@/tests/support/database";

test("a process without its database lives but is not ready, and is ready again with it", async () => {
  expect([healthz().status, (await readyz()).status]).toEqual([200, 503]);
  const { url, drop } = await testDatabase();
  openDatabase(url);
  expect([healthz().status, (await readyz()).status]).toEqual([200, 200]);
  await closeDatabase();
  await drop();
  expect([healthz().status, (await readyz()).status]).toEqual([200, 503]);
});
