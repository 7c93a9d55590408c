import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { changeGroupMembers } from "@/lib/assignments/group-changes";
import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { createGroup } from "@/lib/devices/group-service";
import { schedulePushesAfterEnrollment } from "@/lib/push/push-schedule";
import { withTestDatabase } from "@/tests/support/database";
import { fileOf, WIFI_PASSWORD, wifiProfile } from "@/tests/support/library-profiles";
import { changeEnrollments, enrollForPush, enrollOneForPush, readPushColumns } from "@/tests/support/push-enrollments";
import { markEndedCommandsDue } from "./check-store";
import { assignProfile, uploadProfile, uploadVersion } from "./profile-service";
import { reconcileProfiles } from "./reconcile-worker";
import { startProfiles } from "./refresh-schedule";

withTestDatabase();

const ACTOR = "user:test";
const TOPIC = "com.apple.mgmt.External.test";

async function groupWithProfile(): Promise<{ groupId: string; profileId: string; identifier: string }> {
  const group = await createGroup({ name: randomUUID() }, ACTOR);
  const identifier = `com.example.${randomUUID()}`;
  const profile = await uploadProfile({ content: fileOf(wifiProfile(identifier)) }, ACTOR);
  await assignProfile(profile.id, { groupIds: [group.id] }, ACTOR);
  return { groupId: group.id, profileId: profile.id, identifier };
}

/** Open InstallProfile commands of each. */
async function installs(enrollmentIds: string[]): Promise<number[]> {
  const { rows } = await database().pool.query<{ commands: number }>(
    `SELECT count(c."id")::int AS "commands" FROM unnest($1::uuid[]) AS e("id")
     LEFT JOIN "Command" c ON c."enrollmentId" = e."id" AND c."requestType" = 'InstallProfile' AND c."queueRank" IS NOT NULL GROUP BY e."id"`,
    [enrollmentIds],
  );
  return rows.map((row) => row.commands);
}

/** Ends what is open of it, as nobody here does. */
async function end(enrollmentId: string, state: string, cause: string | null): Promise<void> {
  await database().pool.query(`UPDATE "Command" SET "state" = $2, "cause" = $3, "queueRank" = NULL, "endedAt" = now() WHERE "enrollmentId" = $1 AND "queueRank" IS NOT NULL`, [enrollmentId, state, cause]);
}

/** As if the worker's next look at it were now. */
async function lookAgain(enrollmentId: string): Promise<void> {
  await database().pool.query(`UPDATE "ProfileCheck" SET "dueAt" = now() - interval '1 second' WHERE "enrollmentId" = $1`, [enrollmentId]);
  await reconcileProfiles();
}

async function standing(enrollmentId: string): Promise<Record<string, unknown> | undefined> {
  const { rows } = await database().pool.query<Record<string, unknown>>(`SELECT * FROM "DeviceProfile" WHERE "enrollmentId" = $1`, [enrollmentId]);
  return rows[0];
}

test("a whole fleet gets it, each device once, though two nodes work at it and versions follow one another", async () => {
  const fleet = await enrollForPush(TOPIC, 350);
  const ids = fleet.map(({ id }) => id);
  const { groupId, profileId, identifier } = await groupWithProfile();
  await changeGroupMembers(groupId, { add: fleet.map(({ deviceId }) => deviceId) }, ACTOR);
  await Promise.all([reconcileProfiles(), reconcileProfiles()]);
  expect(new Set(await installs(ids))).toEqual(new Set([1]));
  await uploadVersion(profileId, fileOf(wifiProfile(identifier, {}, { SSID_STR: "Second" })), ACTOR);
  await Promise.all([reconcileProfiles(), reconcileProfiles()]);
  expect(new Set(await installs(ids))).toEqual(new Set([1]));
  expect((await readPushColumns(ids[0] ?? "")).pushDueAt).not.toBeNull();
});

test("no password of a profile lies in the database in the clear", async () => {
  const device = await enrollOneForPush(TOPIC);
  const { groupId } = await groupWithProfile();
  await changeGroupMembers(groupId, { add: [device.deviceId] }, ACTOR);
  await reconcileProfiles();
  for (const table of ["ProfileVersion", "Profile", "DeviceProfile", "Command", "Event"]) {
    const { rows } = await database().pool.query<{ found: number }>(`SELECT count(*)::int AS "found" FROM "${table}" t WHERE t::text LIKE '%' || $1::text || '%' OR t::text LIKE '%' || $2::text || '%'`, [WIFI_PASSWORD, Buffer.from(WIFI_PASSWORD).toString("hex")]);
    expect(rows).toEqual([{ found: 0 }]);
  }
});

test("who is in no group with a profile is not even looked at", async () => {
  const device = await enrollOneForPush(TOPIC);
  await transaction((tx) => startProfiles(tx, device));
  const { rows } = await database().pool.query(`SELECT 1 FROM "ProfileCheck" WHERE "enrollmentId" = $1`, [device.id]);
  expect(rows).toEqual([]);
});

test("a quarantined device gets nothing before it is let in; of a life that is over nothing stays", async () => {
  const device = await enrollOneForPush(TOPIC, { state: "quarantined" });
  const { groupId } = await groupWithProfile();
  await changeGroupMembers(groupId, { add: [device.deviceId] }, ACTOR);
  await reconcileProfiles();
  expect(await installs([device.id])).toEqual([0]);
  await changeEnrollments([device.id], { state: "enrolled" });
  await lookAgain(device.id);
  expect(await installs([device.id])).toEqual([1]);
  await changeEnrollments([device.id], { state: "ended", endedAt: new Date(), liveKey: null });
  await lookAgain(device.id);
  expect(await standing(device.id)).toBeUndefined();
});

test("a device that has just enrolled gets its command at once, but no push before the first one that follows upon it", async () => {
  const device = await enrollOneForPush(TOPIC, { firstConnectAt: null, enrolledAt: new Date() });
  const { groupId } = await groupWithProfile();
  await changeGroupMembers(groupId, { add: [device.deviceId] }, ACTOR);
  await transaction((tx) => schedulePushesAfterEnrollment(tx, device.id));
  const { pushDueAt } = await readPushColumns(device.id);
  await transaction((tx) => startProfiles(tx, device));
  await reconcileProfiles();
  expect(await installs([device.id])).toEqual([1]);
  expect((await readPushColumns(device.id)).pushDueAt).toEqual(pushDueAt);
});

test("a command that somebody cancelled is found, told in words, and not sent again before a day is over", async () => {
  const device = await enrollOneForPush(TOPIC);
  const { groupId } = await groupWithProfile();
  await changeGroupMembers(groupId, { add: [device.deviceId] }, ACTOR);
  await reconcileProfiles();
  await end(device.id, "cancelled", "Cancelled by ada.");
  await markEndedCommandsDue(database().pool);
  await reconcileProfiles();
  expect(await standing(device.id)).toMatchObject({ state: "failed", failures: 1, reason: "Cancelled by ada.", retryAt: expect.any(Date) });
  await lookAgain(device.id);
  expect(await installs([device.id])).toEqual([0]);
  await database().pool.query(`UPDATE "DeviceProfile" SET "retryAt" = now() - interval '1 second' WHERE "enrollmentId" = $1`, [device.id]);
  await lookAgain(device.id);
  expect(await installs([device.id])).toEqual([1]);
});

test("the device's list is asked for once after its answer, and a list that never comes is not asked for again and again", async () => {
  const device = await enrollOneForPush(TOPIC);
  const { groupId } = await groupWithProfile();
  await changeGroupMembers(groupId, { add: [device.deviceId] }, ACTOR);
  await reconcileProfiles();
  await end(device.id, "acknowledged", null);
  const lists = async () => (await database().pool.query(`SELECT "id" FROM "Command" WHERE "enrollmentId" = $1 AND "requestType" = 'ProfileList'`, [device.id])).rowCount;
  await lookAgain(device.id);
  expect(await standing(device.id)).toMatchObject({ state: "installed" });
  expect(await lists()).toBe(1);
  await end(device.id, "failed", null);
  await lookAgain(device.id);
  expect(await lists()).toBe(1);
});
