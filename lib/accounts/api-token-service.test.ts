import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { database } from "@/lib/db/database";
import { listEvents } from "@/lib/events/event-log";
import { withTestDatabase } from "@/tests/support/database";
import { userActor } from "./actor";
import { actorOfApiToken, createApiToken, listApiTokens, revokeApiToken } from "./api-token-service";
import { insertUser } from "./user-store";

withTestDatabase();

const SCRIPT = { name: "script", role: "operator" as const, expiresAt: null };

test("a token stands for its name and role, and is kept only as a hash", async () => {
  const { token, id, prefix } = await createApiToken(SCRIPT, null);
  expect(token.startsWith(prefix)).toBe(true);
  expect(await actorOfApiToken(token)).toEqual({ kind: "token", id, name: "script", email: null, role: "operator", personId: null, label: "token:script" });
  const { rows } = await database().pool.query(`SELECT "ApiToken"::text AS "text" FROM "ApiToken" UNION ALL SELECT "Event"::text FROM "Event"`);
  expect(JSON.stringify(rows)).not.toContain(token.slice(prefix.length));
});

test("a revoked token is refused at once; revoking again changes nothing", async () => {
  const { token, id } = await createApiToken(SCRIPT, null);
  const { revokedAt } = await revokeApiToken(id, null);
  expect(await actorOfApiToken(token)).toBeNull();
  expect((await revokeApiToken(id, null)).revokedAt).toEqual(revokedAt);
  const { items } = await listEvents({ limit: 10, kind: "api-token.revoked" });
  expect(items.filter(({ data }) => data.id === id)).toHaveLength(1);
  await expect(revokeApiToken(randomUUID(), null)).rejects.toMatchObject({ code: "not-found" });
});

test("an expired token is refused, and none is made that has expired", async () => {
  const { token, id } = await createApiToken({ ...SCRIPT, expiresAt: new Date(Date.now() + 60_000) }, null);
  expect(await actorOfApiToken(token)).not.toBeNull();
  await database().pool.query(`UPDATE "ApiToken" SET "expiresAt" = now() - interval '1 second' WHERE "id" = $1`, [id]);
  expect(await actorOfApiToken(token)).toBeNull();
  await expect(createApiToken({ ...SCRIPT, expiresAt: new Date(0) }, null)).rejects.toMatchObject({ code: "invalid-input" });
});

test("what is no token is refused", async () => {
  for (const text of ["", "x", "muster_", `muster_${"A".repeat(43)}`, "muster_' OR 1=1 --"]) expect(await actorOfApiToken(text)).toBeNull();
});

test("the tokens of a disabled person no longer count", async () => {
  const user = { id: randomUUID(), email: "ada@example.com", name: "Ada", role: "owner" as const };
  await insertUser(database().pool, { ...user, passwordHash: "-" });
  const { token, createdBy } = await createApiToken(SCRIPT, userActor(user));
  expect(createdBy).toBe("ada@example.com");
  expect(await actorOfApiToken(token)).not.toBeNull();
  await database().pool.query(`UPDATE "User" SET "disabledAt" = now() WHERE "id" = $1`, [user.id]);
  expect(await actorOfApiToken(token)).toBeNull();
});

test("use is noted, at most once a minute", async () => {
  const { token, id } = await createApiToken(SCRIPT, null);
  const lastUsed = async () => (await listApiTokens()).find((row) => row.id === id)?.lastUsedAt ?? null;
  expect(await lastUsed()).toBeNull();
  await actorOfApiToken(token);
  const first = await lastUsed();
  expect(first).not.toBeNull();
  await actorOfApiToken(token);
  expect(await lastUsed()).toEqual(first);
  await database().pool.query(`UPDATE "ApiToken" SET "lastUsedAt" = now() - interval '2 minutes' WHERE "id" = $1`, [id]);
  const stale = await lastUsed();
  await actorOfApiToken(token);
  expect(await lastUsed()).not.toEqual(stale);
});
