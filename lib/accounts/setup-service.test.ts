import { beforeEach, expect, test } from "vitest";
import { config } from "@/lib/config/config";
import { database } from "@/lib/db/database";
import { withTestDatabase } from "@/tests/support/database";
import { completeSetup, ensureFirstOwner, needsSetup } from "./setup-service";
import { signIn } from "./sign-in-service";

withTestDatabase();
beforeEach(async () => {
  await database().pool.query(`TRUNCATE "User", "SetupToken", "Event" CASCADE`);
  config().admin = null;
});

const ada = { email: "Ada@Example.com", name: "Ada", password: "correct horse battery" };

async function setupToken(): Promise<string> {
  const { setupUrl } = await ensureFirstOwner();
  expect(setupUrl).toContain(`${config().publicUrl}/setup?token=`);
  return new URL(setupUrl ?? "").searchParams.get("token") ?? "";
}

test("the link of an empty server makes one owner, once", async () => {
  const token = await setupToken();
  expect(await needsSetup()).toBe(true);
  expect(await completeSetup({ token, ...ada })).toMatchObject({ role: "owner", email: "ada@example.com" });
  expect(await needsSetup()).toBe(false);
  await expect(completeSetup({ token, ...ada, email: "eve@example.com" })).rejects.toMatchObject({ code: "conflict" });
  expect(await ensureFirstOwner()).toEqual({ setupUrl: null });
  expect(await signIn({ ...ada, remoteAddress: "192.0.2.1" })).not.toBeNull();
});

test("two people with the link at the same moment make one owner", async () => {
  const token = await setupToken();
  const outcomes = await Promise.allSettled([completeSetup({ token, ...ada }), completeSetup({ token, ...ada, email: "eve@example.com" })]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("a wrong or expired token makes nobody", async () => {
  const token = await setupToken();
  await expect(completeSetup({ token: `${token}x`, ...ada })).rejects.toMatchObject({ code: "forbidden" });
  await database().pool.query(`UPDATE "SetupToken" SET "expiresAt" = now() - interval '1 second'`);
  await expect(completeSetup({ token, ...ada })).rejects.toMatchObject({ code: "forbidden" });
  expect(await needsSetup()).toBe(true);
});

test("ADMIN_EMAIL and ADMIN_PASSWORD make the owner of an empty database, and change nobody later", async () => {
  config().admin = { email: ada.email, password: ada.password };
  expect(await Promise.all([ensureFirstOwner(), ensureFirstOwner()])).toEqual([{ setupUrl: null }, { setupUrl: null }]);
  expect(await signIn({ ...ada, remoteAddress: "192.0.2.1" })).toMatchObject({ role: "owner" });
  config().admin = { email: ada.email, password: "another password" };
  await ensureFirstOwner();
  expect(await signIn({ ...ada, remoteAddress: "192.0.2.1" })).not.toBeNull();
});
