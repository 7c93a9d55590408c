import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { database } from "@/lib/db/database";
import { listEvents } from "@/lib/events/event-log";
import { withTestDatabase } from "@/tests/support/database";
import { hashPassword } from "./password";
import { signIn } from "./sign-in-service";
import { insertUser } from "./user-store";

withTestDatabase();

const PASSWORD = "correct horse battery";
let nextAddress = 1;
const freshAddress = () => `192.0.2.${nextAddress++}`;

async function person(): Promise<{ id: string; email: string }> {
  const user = { id: randomUUID(), email: `${randomUUID()}@example.com` };
  await insertUser(database().pool, { ...user, name: "Ada", role: "viewer", passwordHash: await hashPassword(PASSWORD) });
  return user;
}
const tooMany = expect.objectContaining({ code: "too-many-attempts" });

test("e-mail and password let in, however the e-mail is written, and both outcomes are in the log", async () => {
  const { id, email } = await person();
  expect(await signIn({ email: ` ${email.toUpperCase()} `, password: PASSWORD, remoteAddress: freshAddress() })).toMatchObject({ id });
  expect(await signIn({ email, password: "wrong", remoteAddress: freshAddress() })).toBeNull();
  const { items } = await listEvents({ limit: 2 });
  expect(items.map(({ kind, actor }) => [kind, actor])).toEqual([
    ["user.sign-in-failed", `user:${email}`],
    ["user.signed-in", `user:${email}`],
  ]);
});

test("an unknown or disabled person is refused like a wrong password", async () => {
  const { id, email } = await person();
  await database().pool.query(`UPDATE "User" SET "disabledAt" = now() WHERE "id" = $1`, [id]);
  expect(await signIn({ email, password: PASSWORD, remoteAddress: freshAddress() })).toBeNull();
  expect(await signIn({ email: "nobody@example.com", password: PASSWORD, remoteAddress: freshAddress() })).toBeNull();
});

test("after five failures even the right password is refused, from wherever it comes", async () => {
  const { email } = await person();
  for (let i = 0; i < 5; i++) expect(await signIn({ email, password: "wrong", remoteAddress: freshAddress() })).toBeNull();
  await expect(signIn({ email, password: PASSWORD, remoteAddress: freshAddress() })).rejects.toEqual(tooMany);
});

test("tries at the same moment gain nothing", async () => {
  const { email } = await person();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 12 }, () => signIn({ email, password: "wrong", remoteAddress: freshAddress() })),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(5);
});

test("one address gets twenty failures, whoever it tries", async () => {
  const remoteAddress = freshAddress();
  for (let i = 0; i < 20; i++) expect(await signIn({ email: `${i}@example.com`, password: "wrong", remoteAddress })).toBeNull();
  const { email } = await person();
  await expect(signIn({ email, password: PASSWORD, remoteAddress })).rejects.toEqual(tooMany);
});

test("a success forgets the failures of that person, and failures are forgotten after a quarter of an hour", async () => {
  const { email } = await person();
  const fail = () => signIn({ email, password: "wrong", remoteAddress: freshAddress() });
  for (let i = 0; i < 4; i++) await fail();
  expect(await signIn({ email, password: PASSWORD, remoteAddress: freshAddress() })).not.toBeNull();
  for (let i = 0; i < 5; i++) expect(await fail()).toBeNull();
  await database().pool.query(`UPDATE "SignInFailure" SET "at" = "at" - interval '16 minutes'`);
  expect(await signIn({ email, password: PASSWORD, remoteAddress: freshAddress() })).not.toBeNull();
});
