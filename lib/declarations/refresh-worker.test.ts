import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { createGroup } from "@/lib/devices/group-service";
import { withTestDatabase } from "@/tests/support/database";
import { changeEnrollments, enrollForPush, readPushColumns } from "@/tests/support/push-enrollments";
import { schedulePushesAfterEnrollment } from "@/lib/push/push-schedule";
import { answerDeclarative } from "./declarative-endpoint";
import { assignDeclaration, createDeclaration, updateDeclaration } from "./declaration-service";
import { changeGroupMembers } from "@/lib/assignments/group-changes";
import { startDeclarative } from "./refresh-schedule";
import { refreshDeclarations } from "./refresh-worker";

withTestDatabase();

const ACTOR = "user:test";
const TOPIC = "com.apple.mgmt.External.test";
const PASSCODE = "com.apple.configuration.passcode.settings";

async function groupWithDeclaration(): Promise<{ groupId: string; declarationId: string }> {
  const group = await createGroup({ name: randomUUID() }, ACTOR);
  const declaration = await createDeclaration({ type: PASSCODE, payload: {} }, ACTOR);
  await assignDeclaration(declaration.id, { groupIds: [group.id] }, ACTOR);
  return { groupId: group.id, declarationId: declaration.id };
}

async function commandsOf(enrollmentIds: string[]): Promise<number[]> {
  const { rows } = await database().pool.query<{ commands: number }>(
    `SELECT count(c."id")::int AS "commands" FROM unnest($1::uuid[]) AS e("id") LEFT JOIN "Command" c ON c."enrollmentId" = e."id" GROUP BY e."id"`,
    [enrollmentIds],
  );
  return rows.map((row) => row.commands);
}

test("a whole fleet is told, each device once, though two nodes work at it and everything changes twice", async () => {
  const fleet = await enrollForPush(TOPIC, 1_100);
  const ids = fleet.map(({ id }) => id);
  const { groupId, declarationId } = await groupWithDeclaration();
  await changeGroupMembers(groupId, { add: fleet.map(({ deviceId }) => deviceId) }, ACTOR);
  await Promise.all([refreshDeclarations(), refreshDeclarations()]);
  expect(new Set(await commandsOf(ids))).toEqual(new Set([1]));
  await updateDeclaration(declarationId, { payload: { MinimumLength: 4 } }, ACTOR);
  await Promise.all([refreshDeclarations(), refreshDeclarations()]);
  expect(new Set(await commandsOf(ids))).toEqual(new Set([1]));
  const { rows } = await database().pool.query<{ token: string; due: number }>(
    `SELECT "token", count("refreshDueAt")::int AS "due" FROM "DeclarativeState" WHERE "enrollmentId" = ANY($1::uuid[]) GROUP BY 1`,
    [ids],
  );
  expect(rows).toEqual([{ token: expect.any(String), due: 0 }]);
  expect((await readPushColumns(ids[0] ?? "")).pushDueAt).not.toBeNull();
});

test("who never had a declaration hears nothing when he enrolls; nor does a system that knows none", async () => {
  const [alone, old] = await enrollForPush(TOPIC, 2);
  if (alone === undefined || old === undefined) throw new Error("no enrollment was made");
  await database().pool.query(`UPDATE "Device" SET "osVersion" = '14.8' WHERE "id" = $1`, [old.deviceId]);
  const { groupId } = await groupWithDeclaration();
  await changeGroupMembers(groupId, { add: [old.deviceId] }, ACTOR);
  await transaction((tx) => startDeclarative(tx, alone));
  await refreshDeclarations();
  expect(await commandsOf([alone.id, old.id])).toEqual([0, 0]);
});

test("a device that has just enrolled gets its command at once, but no push before the first one that follows upon it", async () => {
  const enrolledAt = new Date();
  const [device] = await enrollForPush(TOPIC, 1, { firstConnectAt: null, enrolledAt });
  if (device === undefined) throw new Error("no enrollment was made");
  const { groupId } = await groupWithDeclaration();
  await changeGroupMembers(groupId, { add: [device.deviceId] }, ACTOR);
  await transaction((tx) => schedulePushesAfterEnrollment(tx, device.id));
  const { pushDueAt } = await readPushColumns(device.id);
  await transaction((tx) => startDeclarative(tx, device));
  await refreshDeclarations();
  expect(await commandsOf([device.id])).toEqual([1]);
  expect((await readPushColumns(device.id)).pushDueAt).toEqual(pushDueAt);
});

test("a quarantined device is told when it is let in", async () => {
  const [device] = await enrollForPush(TOPIC, 1, { state: "quarantined" });
  if (device === undefined) throw new Error("no enrollment was made");
  const { groupId } = await groupWithDeclaration();
  await changeGroupMembers(groupId, { add: [device.deviceId] }, ACTOR);
  await refreshDeclarations();
  expect(await commandsOf([device.id])).toEqual([0]);
  await changeEnrollments([device.id], { state: "enrolled" });
  await database().pool.query(`UPDATE "DeclarativeState" SET "refreshDueAt" = now() - interval '1 second' WHERE "enrollmentId" = $1 AND "refreshDueAt" IS NOT NULL`, [device.id]);
  await refreshDeclarations();
  expect(await commandsOf([device.id])).toEqual([1]);
});

test("old promises are forgotten, but never the one that a device is reading", async () => {
  const [device] = await enrollForPush(TOPIC, 1);
  if (device === undefined) throw new Error("no enrollment was made");
  const recipient = { enrollmentId: device.id, deviceId: device.deviceId, channel: "device" as const };
  const { groupId, declarationId } = await groupWithDeclaration();
  await changeGroupMembers(groupId, { add: [device.deviceId] }, ACTOR);
  const ask = (endpoint: string) => answerDeclarative(recipient, { endpoint, data: null });
  const manifest = JSON.parse((await ask("declaration-items")).json ?? "") as { Declarations: { Configurations: { Identifier: string; ServerToken: string }[] } };
  const [promised] = manifest.Declarations.Configurations;
  for (let length = 1; length <= 6; length++) {
    await updateDeclaration(declarationId, { payload: { MinimumLength: length } }, ACTOR);
    await refreshDeclarations();
  }
  const { rows } = await database().pool.query(`SELECT "token" FROM "DeclarationSnapshot" WHERE "enrollmentId" = $1`, [device.id]);
  expect(rows).toHaveLength(4);
  expect(JSON.parse((await ask(`declaration/configuration/${promised?.Identifier}`)).json ?? "")).toMatchObject({ ServerToken: promised?.ServerToken, Payload: {} });
});
