import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { withTestDatabase } from "@/tests/support/database";
import { arrayLiteral } from "./array-literal";
import { database } from "./database";

withTestDatabase();

test("PostgreSQL reads what was written, nulls too", async () => {
  const [id, at] = [randomUUID(), new Date("2026-01-02T03:04:05.678Z")];
  const { rows } = await database().pool.query(`SELECT $1::uuid[] AS "ids", $2::timestamptz[] AS "times", $3::int[] AS "numbers", $4::boolean[] AS "flags", $5::text[] AS "words"`, [
    arrayLiteral([id, null]), arrayLiteral([at, null]), arrayLiteral([-7, null]), arrayLiteral([true, false, null]), arrayLiteral(["push.sent", null]),
  ]);
  expect(rows).toEqual([{ ids: [id, null], times: [at, null], numbers: [-7, null], flags: [true, false, null], words: ["push.sent", null] }]);
});

test.each(["", "two words", "a,b", "{}", 'say "x"', "back\\slash"])("%j, which needs quotes, is refused", (text) => {
  expect(() => arrayLiteral([text])).toThrow("quotes");
});

test("the word NULL would become a null", () => {
  expect(() => arrayLiteral(["null"])).toThrow("quotes");
});
