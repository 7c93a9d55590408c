import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { withTestDatabase } from "@/tests/support/database";
import { askAdmission, decideAdmission, listAdmissions } from "./admission-service";

withTestDatabase();

const ADMIN = "user:ada@example.org";
const nothing = async () => undefined;

async function link(): Promise<string> {
  const id = randomUUID();
  await database().pool.query(
    `INSERT INTO "EnrollmentLink" ("id","name","tokenHash","tokenSealed","identityKind","admission","createdBy") VALUES ($1::uuid,'Desk',$1::text,'','scep','approve','user:a@example.org')`,
    [id],
  );
  return id;
}

const ask = (linkId: string, key: string) =>
  transaction((tx) => askAdmission(tx, { linkId, key, serialNumber: key, udid: null, productName: "Mac15,3", osVersion: "15.1", enrollmentId: null }));

async function waiting(linkId: string): Promise<string> {
  const found = (await listAdmissions({ state: "waiting", limit: 50 })).items.find((row) => row.linkId === linkId);
  if (found === undefined) throw new Error("nobody waits");
  return found.id;
}

test("a device that asks waits, is listed once however often it asks, and hears the decision when it asks again", async () => {
  const linkId = await link();
  expect([await ask(linkId, "C02A"), await ask(linkId, "C02A")]).toEqual(["waiting", "waiting"]);
  const { items, total } = await listAdmissions({ state: "waiting", limit: 50 });
  expect([items.length, total, items[0]?.serialNumber]).toEqual([1, 1, "C02A"]);
  await decideAdmission(await waiting(linkId), "approve", ADMIN, nothing);
  expect(await ask(linkId, "C02A")).toBe("approved");
  const { rows } = await database().pool.query<{ kind: string }>(`SELECT "kind" FROM "Event" WHERE "linkId" = $1 ORDER BY "id"`, [linkId]);
  expect(rows.map((row) => row.kind)).toEqual(["admission.waiting", "admission.approved"]);
});

test("who was refused may be let in later, but who was let in is not refused any more", async () => {
  const linkId = await link();
  await ask(linkId, "C02B");
  const id = await waiting(linkId);
  await decideAdmission(id, "refuse", ADMIN, nothing);
  expect(await ask(linkId, "C02B")).toBe("refused");
  expect((await decideAdmission(id, "approve", ADMIN, nothing)).state).toBe("approved");
  await expect(decideAdmission(id, "refuse", ADMIN, nothing)).rejects.toMatchObject({ code: "conflict" });
});

test("of one device two links are asked apart", async () => {
  const [first, second] = [await link(), await link()];
  await ask(first, "C02C");
  await decideAdmission(await waiting(first), "approve", ADMIN, nothing);
  expect(await ask(second, "C02C")).toBe("waiting");
});

test("when what a decision brings about fails, nothing is decided", async () => {
  const linkId = await link();
  await ask(linkId, "C02D");
  const id = await waiting(linkId);
  await expect(decideAdmission(id, "approve", ADMIN, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await ask(linkId, "C02D")).toBe("waiting");
});
