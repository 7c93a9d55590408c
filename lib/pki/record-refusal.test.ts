import { expect, test } from "vitest";
import { database } from "@/lib/db/database";
import { withTestDatabase } from "@/tests/support/database";
import { recordRefusal } from "./record-refusal";

withTestDatabase();

async function recorded(): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM "Event" WHERE "kind" = 'identity.refused'`);
  return rows[0]?.total ?? 0;
}

test("strangers cannot fill the log of events: a minute has a bound, the next minute begins anew", async () => {
  const start = Date.now();
  const refusal = { reason: "challenge-unknown", link: null, requestedSubject: "x".repeat(5_000) };
  for (let i = 0; i < 80; i++) await recordRefusal(refusal, start + i);
  expect(await recorded()).toBe(60);
  await recordRefusal(refusal, start + 60_001);
  expect(await recorded()).toBe(61);
});
