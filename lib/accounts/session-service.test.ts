import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { database } from "@/lib/db/database";
import { withTestDatabase } from "@/tests/support/database";
import { authOptions } from "./auth-options";
import { actorOfSession, sessionSecret } from "./session-service";
import { insertUser } from "./user-store";

withTestDatabase();

async function person(): Promise<string> {
  const id = randomUUID();
  await insertUser(database().pool, { id, email: `${id}@example.com`, name: "Ada", role: "operator", passwordHash: "-" });
  return id;
}
const cookie = (claims: Record<string, unknown>, secret = sessionSecret(), maxAge = 60) => encode({ token: claims, secret, maxAge });

test("a session stands for its person", async () => {
  const id = await person();
  expect(await actorOfSession(await cookie({ sub: id, sessionVersion: 1 }))).toMatchObject({ kind: "user", id, role: "operator" });
});

test("a session that was forged, has run out or is garbage stands for nobody", async () => {
  const id = await person();
  const claims = { sub: id, sessionVersion: 1 };
  expect(await actorOfSession(await cookie(claims, "another secret"))).toBeNull();
  expect(await actorOfSession(await cookie(claims, sessionSecret(), -60))).toBeNull();
  expect(await actorOfSession(await cookie({ sub: randomUUID(), sessionVersion: 1 }))).toBeNull();
  expect(await actorOfSession(await cookie({ sub: id }))).toBeNull();
  for (const text of [null, "", "x", "a.b.c.d.e"]) expect(await actorOfSession(text)).toBeNull();
});

test("a raised session version and a disabled person end the session", async () => {
  const [ended, disabled] = [await person(), await person()];
  await database().pool.query(`UPDATE "User" SET "sessionVersion" = 2 WHERE "id" = $1`, [ended]);
  await database().pool.query(`UPDATE "User" SET "disabledAt" = now() WHERE "id" = $1`, [disabled]);
  expect(await actorOfSession(await cookie({ sub: ended, sessionVersion: 1 }))).toBeNull();
  expect(await actorOfSession(await cookie({ sub: ended, sessionVersion: 2 }))).not.toBeNull();
  expect(await actorOfSession(await cookie({ sub: disabled, sessionVersion: 1 }))).toBeNull();
});

test("next-auth's token carries the session version it is checked against", async () => {
  const jwt = authOptions("192.0.2.1").callbacks?.jwt;
  const user = { id: "u", sessionVersion: 7 };
  expect(await jwt?.({ token: { sub: "u" }, user, account: null })).toEqual({ sub: "u", sessionVersion: 7 });
});
