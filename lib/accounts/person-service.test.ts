import { beforeEach, expect, test } from "vitest";
import { database } from "@/lib/db/database";
import { withTestDatabase } from "@/tests/support/database";
import { userActor, type Actor } from "./actor";
import { hashPassword } from "./password";
import { changePassword, choosePassword, personOfPasswordLink } from "./password-service";
import { changePerson, createPerson, listPeople, makePasswordLink } from "./person-service";
import { signIn } from "./sign-in-service";
import { insertUser } from "./user-store";

withTestDatabase();
const ADA = { id: "9a1f0c7e-0000-4000-8000-000000000001", email: "ada@example.com", name: "Ada", role: "owner" as const };
const PASSWORD = "correct horse battery";
const remoteAddress = "192.0.2.1";
let ada: Actor;

beforeEach(async () => {
  await database().pool.query(`TRUNCATE "User", "PasswordLink", "SignInFailure", "Event" CASCADE`);
  await insertUser(database().pool, { ...ADA, passwordHash: await hashPassword(PASSWORD) });
  ada = userActor(ADA);
});

const add = (role: "owner" | "operator" = "operator", email = "Bob@Example.com") => createPerson({ email, name: "Bob", role }, ada);
const tokenOf = (url: string): string => new URL(url).searchParams.get("token") ?? "";

test("a person added chooses a password by the link, once, and signs in with it", async () => {
  const { person, url } = await add();
  expect(person).toMatchObject({ email: "bob@example.com", hasPassword: false });
  expect(await signIn({ email: person.email, password: "", remoteAddress })).toBeNull();
  expect(await personOfPasswordLink(tokenOf(url))).toMatchObject({ email: "bob@example.com" });
  await choosePassword({ token: tokenOf(url), password: "another long sentence" });
  expect(await signIn({ email: "bob@example.com", password: "another long sentence", remoteAddress })).toMatchObject({ role: "operator" });
  await expect(choosePassword({ token: tokenOf(url), password: "a third long sentence" })).rejects.toMatchObject({ code: "forbidden" });
});

test("a link made before, one past its time and one of a disabled person do not count", async () => {
  const first = await add();
  const second = await makePasswordLink(first.person.id, ada);
  await expect(choosePassword({ token: tokenOf(first.url), password: PASSWORD })).rejects.toMatchObject({ code: "forbidden" });
  await database().pool.query(`UPDATE "PasswordLink" SET "expiresAt" = now() - interval '1 second'`);
  await expect(choosePassword({ token: tokenOf(second.url), password: PASSWORD })).rejects.toMatchObject({ code: "forbidden" });
  const third = await makePasswordLink(first.person.id, ada);
  await changePerson(first.person.id, { disabled: true }, ada);
  await expect(choosePassword({ token: tokenOf(third.url), password: PASSWORD })).rejects.toMatchObject({ code: "forbidden" });
  await expect(makePasswordLink(first.person.id, ada)).rejects.toMatchObject({ code: "conflict" });
});

test("an e-mail address belongs to one person", async () => {
  await add();
  await expect(add("owner", "bob@EXAMPLE.com")).rejects.toMatchObject({ code: "conflict" });
});

test("the last owner who can sign in can neither be disabled nor become less, also by two people at once", async () => {
  await expect(changePerson(ADA.id, { disabled: true }, ada)).rejects.toMatchObject({ code: "conflict" });
  const { person, url } = await add("owner");
  // Invited only: Bob could not help Ada out.
  await expect(changePerson(ADA.id, { role: "viewer" }, ada)).rejects.toMatchObject({ code: "conflict" });
  await choosePassword({ token: tokenOf(url), password: PASSWORD });
  const outcomes = await Promise.allSettled([changePerson(ADA.id, { role: "viewer" }, ada), changePerson(person.id, { disabled: true }, ada)]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect((await listPeople()).filter(({ role, disabledAt }) => role === "owner" && disabledAt === null)).toHaveLength(1);
});

test("changing one's own password wants the present one and ends every session", async () => {
  const version = async () => (await database().pool.query<{ v: number }>(`SELECT "sessionVersion" AS v FROM "User" WHERE "id" = $1`, [ADA.id])).rows[0]?.v;
  const before = await version();
  await expect(changePassword({ current: "guess", password: "a new long sentence" }, ada, remoteAddress)).rejects.toMatchObject({ code: "invalid-input" });
  await changePassword({ current: PASSWORD, password: "a new long sentence" }, ada, remoteAddress);
  expect(await version()).toBe((before ?? 0) + 1);
  expect((await database().pool.query(`SELECT 1 FROM "Event" WHERE "kind" = 'user.signed-in'`)).rowCount).toBe(0);
  expect(await signIn({ email: ADA.email, password: "a new long sentence", remoteAddress })).not.toBeNull();
});

test("guessing the present password is limited as sign-ins are", async () => {
  const guess = () => changePassword({ current: "guess", password: "a new long sentence" }, ada, remoteAddress).catch((error: { code: string }) => error.code);
  const codes: unknown[] = [];
  for (let n = 0; n < 6; n++) codes.push(await guess());
  expect(codes.at(-1)).toBe("too-many-attempts");
});
