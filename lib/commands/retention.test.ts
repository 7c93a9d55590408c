import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { withTestDatabase } from "@/tests/support/database";
import { enrollOneForPush } from "@/tests/support/push-enrollments";
import { queueCommand } from "./queue-command";
import { removeWhatIsOld } from "./retention";
import { takeRetentionLock } from "./retention-store";

withTestDatabase();
beforeEach(() => database().pool.query(`DELETE FROM "Setting"`));

const query = async (sql: string, ...params: unknown[]) => (await database().pool.query<Record<string, unknown>>(sql, params)).rows;
const device = async () => {
  const { id, deviceId } = await enrollOneForPush("com.apple.mgmt.External.retention");
  return { enrollmentId: id, deviceId };
};

/** A command that ended so many days ago; null for one that is still open. */
async function command(of: { enrollmentId: string; deviceId: string }, requestType: string, endedDaysAgo: number | null): Promise<string> {
  const { id } = await transaction((tx) =>
    queueCommand(tx, { ...of, requestType, command: { RequestType: requestType }, createdBy: "user:a", notBefore: null, expiresAt: null, deduplicateKey: null }),
  );
  if (endedDaysAgo !== null) {
    await query(`UPDATE "Command" SET "state" = 'acknowledged', "queueRank" = NULL, "endedAt" = now() - $2 * interval '1 day' WHERE "id" = $1`, id, endedDaysAgo);
  }
  return id;
}

const left = async (ids: readonly string[]) => (await query(`SELECT "id" FROM "Command" WHERE "id" = ANY($1::uuid[]) ORDER BY "sequence"`, ids)).map((row) => row["id"]);

test("ended commands go after 90 days; open ones, security actions and every event stay", async () => {
  const of = await device();
  const old = await command(of, "ProfileList", 91);
  const young = await command(of, "ProfileList", 89);
  const open = await command(of, "ProfileList", null);
  const lock = await command(of, "DeviceLock", 1_000);
  await query(`UPDATE "Command" SET "queuedAt" = now() - interval '1 year' WHERE "id" = $1`, open);
  await removeWhatIsOld();
  expect(await left([old, young, open, lock])).toEqual([young, open, lock]);
  expect(await query(`SELECT "kind" FROM "Event" WHERE "commandId" = $1`, old)).toEqual([{ kind: "command.queued" }]);
});

test("the removal of an enrollment profile stays, that of another does not", async () => {
  const [ended, other] = [await device(), await device()];
  await query(`UPDATE "Enrollment" SET "terminationMethod" = 'remove-profile' WHERE "id" = $1`, ended.enrollmentId);
  const kept = await command(ended, "RemoveProfile", 200);
  const ordinary = await command(other, "RemoveProfile", 200);
  await removeWhatIsOld();
  expect(await left([kept, ordinary])).toEqual([kept]);
});

test.each([
  [7, 8, []],
  [7, 6, ["it"]],
  ["soon", 8, ["it"]],
  [0, 8, ["it"]],
])("with the setting %j a command that ended %d days ago leaves %j", async (setting, days, expected) => {
  await query(`INSERT INTO "Setting" ("key","value","updatedAt") VALUES ('retention-days', $1::jsonb, now())`, JSON.stringify(setting));
  const id = await command(await device(), "ProfileList", days);
  await removeWhatIsOld();
  expect((await left([id])).map(() => "it")).toEqual(expected);
});

test("what devices said goes after 14 days, or after as many as are set", async () => {
  const of = await device();
  const said = (daysAgo: number) =>
    query(
      `INSERT INTO "Exchange" ("id","deviceId","at","kind","status","bytesIn","bytesOut","durationMs","fingerprint","remoteAddress")
       VALUES (gen_random_uuid(), $1, now() - $2 * interval '1 day', 'Idle', 200, 1, 0, 1, 'f', '::1')`,
      of.deviceId, daysAgo,
    );
  for (const daysAgo of [1, 13, 15]) await said(daysAgo);
  const count = () => query(`SELECT count(*)::int AS "n" FROM "Exchange" WHERE "deviceId" = $1`, of.deviceId);
  await removeWhatIsOld();
  expect(await count()).toEqual([{ n: 2 }]);
  await query(`INSERT INTO "Setting" ("key","value","updatedAt") VALUES ('exchange-days', '3'::jsonb, now())`);
  await removeWhatIsOld();
  expect(await count()).toEqual([{ n: 1 }]);
});

test("more than one step's worth is removed in one run", async () => {
  const of = await device();
  await query(
    `INSERT INTO "Command" ("id","enrollmentId","requestType","requestSealed","state","createdBy","endedAt")
     SELECT gen_random_uuid(), $1, 'ProfileList', '', 'acknowledged', 'user:a', now() - interval '1 year' FROM generate_series(1, 2500)`,
    of.enrollmentId,
  );
  await removeWhatIsOld();
  expect(await query(`SELECT count(*)::int AS "n" FROM "Command" WHERE "enrollmentId" = $1`, of.enrollmentId)).toEqual([{ n: 0 }]);
});

test("a node leaves the work to the one that is at it", async () => {
  const id = await command(await device(), "ProfileList", 91);
  await transaction(async (tx) => {
    expect(await takeRetentionLock(tx)).toBe(true);
    await removeWhatIsOld();
  });
  expect(await left([id])).toEqual([id]);
  await removeWhatIsOld();
  expect(await left([id])).toEqual([]);
});

test("a batch goes with the last of its commands", async () => {
  const [gone, kept] = [randomUUID(), randomUUID()];
  for (const id of [gone, kept]) {
    await query(
      `INSERT INTO "CommandBatch" ("id","requestType","requestSealed","target","total","createdBy","createdAt") VALUES ($1,'ProfileList','','{}',1,'user:a',now() - interval '1 year')`,
      id,
    );
  }
  const young = await command(await device(), "ProfileList", 1);
  const old = await command(await device(), "ProfileList", 300);
  await query(`UPDATE "Command" SET "batchId" = CASE "id" WHEN $1::uuid THEN $2::uuid ELSE $3::uuid END WHERE "id" IN ($1, $4::uuid)`, young, kept, gone, old);
  await removeWhatIsOld();
  expect(await query(`SELECT "id" FROM "CommandBatch"`)).toEqual([{ id: kept }]);
});

test("what serves for a while only goes when its time is over", async () => {
  const link = randomUUID();
  await query(`INSERT INTO "EnrollmentLink" ("id","name","tokenHash","tokenSealed","identityKind","createdBy") VALUES ($1,'x','x','','scep','user:a')`, link);
  const stored: [string, string, string][] = [
    ["ScepChallenge", `"linkId","challengeHash","topic","expiresAt"`, `'${link}', gen_random_uuid()::text, 't', TIME`],
    ["IdempotencyRecord", `"actorId","key","requestHash","createdAt"`, `'a', gen_random_uuid()::text, 'h', TIME`],
    ["SignInFailure", `"key","at"`, `'k', TIME`],
    ["UnknownContact", `"key","reason","remoteAddress","lastSeenAt"`, `gen_random_uuid()::text, 'r', '::1', TIME`],
  ];
  for (const [table, columns, values] of stored) {
    const withId = table !== "SignInFailure";
    for (const time of ["now()", "now() - interval '100 days'"]) {
      await query(`INSERT INTO "${table}" (${withId ? `"id",` : ""}${columns}) VALUES (${withId ? "gen_random_uuid()," : ""}${values.replace("TIME", time)})`);
    }
  }
  await removeWhatIsOld();
  for (const [table] of stored) expect(await query(`SELECT count(*)::int AS "n" FROM "${table}"`), table).toEqual([{ n: 1 }]);
});

test("secrets that outlived the record of their device go when their time is over; the others stay", async () => {
  const of = await device();
  const keep = (source: string, daysLeft: number | null) =>
    query(
      `INSERT INTO "EscrowedSecret" ("id","deviceId","enrollmentId","kind","source","valueSealed","learnedAt","keepUntil")
       VALUES (gen_random_uuid(), $1, $2, 'erase-pin', $3, '\\x00', now() - interval '2 years', now() + $4::int * interval '1 day')`,
      of.deviceId, of.enrollmentId, source, daysLeft,
    );
  await keep("over", -1);
  await keep("not yet", 1);
  await keep("of a device that is here", null);
  await removeWhatIsOld();
  expect(await query(`SELECT "source" FROM "EscrowedSecret" WHERE "deviceId" = $1 ORDER BY "source"`, of.deviceId)).toEqual([{ source: "not yet" }, { source: "of a device that is here" }]);
});

test("what a device asked Automated Device Enrollment goes with what is old", async () => {
  const [link, configuration] = [randomUUID(), randomUUID()];
  await query(`INSERT INTO "EnrollmentLink" ("id","name","tokenHash","tokenSealed","identityKind","createdBy") VALUES ($1,'ADE',$2,'','scep','system')`, link, link);
  await query(`INSERT INTO "AdeConfiguration" ("id","linkId","name","admission","profile","createdBy") VALUES ($1,$2,'Old','anyone','{}','system')`, configuration, link);
  for (const [serial, daysAgo] of [["OLD", 91], ["YOUNG", 89]] as const) {
    await query(`INSERT INTO "AdeRequest" ("configurationId","serialNumber","outcome","lastAt") VALUES ($1,$2,'page', now() - $3 * interval '1 day')`, configuration, serial, daysAgo);
  }
  await removeWhatIsOld();
  expect(await query(`SELECT "serialNumber" FROM "AdeRequest"`)).toEqual([{ serialNumber: "YOUNG" }]);
});
