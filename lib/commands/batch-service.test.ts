import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { withTestDatabase } from "@/tests/support/database";
import { changeEnrollments, enrollForPush, type PushEnrollment } from "@/tests/support/push-enrollments";
import { until } from "@/tests/support/until";
import { cancelBatch, listBatchCommands, readBatch, retryBatch, sendBatch } from "./batch-service";
import { deliverNext, takeReport } from "./command-delivery";
import { NOTHING_LEARNED } from "./learn-answer";
import { sendCommand } from "./command-service";

withTestDatabase();

const TOPIC = "com.apple.mgmt.External.batches";
const count = async (sql: string, ...params: unknown[]) => (await database().pool.query<{ n: number }>(`SELECT count(*)::int AS n ${sql}`, params)).rows[0]?.n;
const toIds = (devices: readonly { deviceId: string }[]) => ({ target: { deviceIds: devices.map((device) => device.deviceId) } });
const of = ({ id, deviceId }: { id: string; deviceId: string }) => ({ enrollmentId: id, deviceId });

/** Managed devices whose newest life this is. */
async function enroll(howMany: number): Promise<PushEnrollment[]> {
  const devices = await enrollForPush(TOPIC, howMany);
  await database().pool.query(`UPDATE "Device" d SET "enrollmentId" = e."id" FROM "Enrollment" e WHERE e."deviceId" = d."id" AND d."enrollmentId" IS NULL`);
  return devices;
}

async function one(): Promise<PushEnrollment> {
  const [device] = await enroll(1);
  if (device === undefined) throw new Error("no device");
  return device;
}

async function answer(device: { id: string; deviceId: string }, status: string): Promise<void> {
  const { rows } = await database().pool.query<{ id: string }>(`SELECT "id" FROM "Command" WHERE "enrollmentId" = $1 AND "queueRank" IS NOT NULL`, [device.id]);
  await deliverNext(of(device), false);
  const channel = { kind: "device" as const, deviceKey: "", deviceKeyKind: "udid" as const, key: "", userId: null, userShortName: null, userLongName: null };
  const report = { channel, status, commandUuid: rows[0]?.id ?? null, errorChain: null, body: {} };
  await transaction((tx) => takeReport(tx, of(device), report, Buffer.from("<plist/>"), NOTHING_LEARNED));
}

test("every device of a batch gets the command with a UUID of its own, an event and a push", async () => {
  const devices = await enroll(2_500);
  const batch = await sendBatch({ requestType: "RestartDevice", ...toIds(devices) }, "user:a@example.com");
  expect(batch).toMatchObject({ requestType: "RestartDevice", total: 2_500, skipped: [], skippedTotal: 0, byState: { queued: 2_500 }, createdBy: "user:a@example.com" });
  expect(await count(`FROM "Event" WHERE "kind" = 'command.queued' AND "data"->>'ofBatch' = $1`, batch.id)).toBe(2_500);
  expect(await count(`FROM "Enrollment" WHERE "pushDueAt" IS NOT NULL`)).toBe(2_500);
  // A flood of pushes is spread.
  expect(await count(`FROM "Enrollment" WHERE "pushDueAt" > now() + interval '500 milliseconds'`)).toBeGreaterThan(0);
  const [first] = devices;
  if (first === undefined) throw new Error("no device");
  const plist = (await deliverNext(of(first), false))?.toString() ?? "";
  const { items } = await listBatchCommands(batch.id, { state: "delivered", limit: 10 });
  expect(items.map((item) => item.deviceId)).toEqual([first.deviceId]);
  expect(plist).toContain(`<string>${items[0]?.id}</string>`);
});

test("a batch whose sender expected another number of devices is refused whole", async () => {
  const [well, ended] = [await one(), await one()];
  await changeEnrollments([ended.id], { state: "ended", endedAt: new Date() });
  const send = (expected: number) => sendBatch({ requestType: "RestartDevice", ...toIds([well, ended]), expected }, "user:a@example.com");
  await expect(send(2)).rejects.toMatchObject({ code: "conflict", meta: { eligible: 1 } });
  expect(await count(`FROM "Command" WHERE "enrollmentId" = $1`, well.id)).toBe(0);
  expect(await send(1)).toMatchObject({ total: 1 });
});

test("devices that cannot take it are skipped, each with the reason", async () => {
  const [well, ended, quarantined, locked] = [await one(), await one(), await one(), await one()];
  await changeEnrollments([ended.id], { state: "ended", endedAt: new Date() });
  await changeEnrollments([quarantined.id], { state: "quarantined" });
  const bare = randomUUID();
  await database().pool.query(`INSERT INTO "Device" ("id","platform") VALUES ($1,'ios')`, [bare]);
  await sendCommand(locked.deviceId, { requestType: "DeviceLock" }, "user:a");
  const stranger = randomUUID();
  const deviceIds = [well.deviceId, ended.deviceId, quarantined.deviceId, locked.deviceId, bare, stranger];
  const batch = await sendBatch({ requestType: "DeviceLock", target: { deviceIds: [...deviceIds, well.deviceId] } }, "user:a");
  expect(batch.total).toBe(1);
  expect(Object.fromEntries(batch.skipped.map(({ deviceId, reason }) => [deviceId, reason]))).toEqual({
    [ended.deviceId]: "Its management has ended.",
    [quarantined.deviceId]: "It is quarantined: it gets no commands until an admin decides.",
    [locked.deviceId]: "A DeviceLock is still open there.",
    [bare]: "It was never enrolled.",
    [stranger]: "There is no such device.",
  });
});

test("a query that waits already is not queued a second time", async () => {
  const [asked, fresh] = [await one(), await one()];
  await sendCommand(asked.deviceId, { requestType: "ProfileList" }, "user:a");
  const batch = await sendBatch({ requestType: "ProfileList", ...toIds([asked, fresh]) }, "user:a");
  expect(batch).toMatchObject({ total: 1, skipped: [{ deviceId: asked.deviceId, reason: "An equal command waits there already." }] });
});

test("a filter and a group mean the devices of this moment", async () => {
  const [member, mac] = [await one(), await one()];
  await database().pool.query(`UPDATE "Device" SET "platform" = 'macos' WHERE "id" = $1`, [mac.deviceId]);
  const groupId = randomUUID();
  await database().pool.query(`INSERT INTO "DeviceGroup" ("id","name","createdBy") VALUES ($1,'Pilots','user:a')`, [groupId]);
  await database().pool.query(`INSERT INTO "GroupMember" ("groupId","deviceId") VALUES ($1,$2)`, [groupId, member.deviceId]);
  const toGroup = await sendBatch({ requestType: "RestartDevice", target: { groupId } }, "user:a");
  const toMacs = await sendBatch({ requestType: "RestartDevice", target: { filter: { platform: "macos", state: "enrolled" } } }, "user:a");
  await database().pool.query(`DELETE FROM "GroupMember"`);
  for (const [batch, device] of [[toGroup, member], [toMacs, mac]] as const) {
    expect((await listBatchCommands(batch.id, { limit: 10 })).items.map((item) => item.deviceId)).toEqual([device.deviceId]);
  }
  await expect(sendBatch({ requestType: "RestartDevice", target: { groupId: randomUUID() } }, "user:a")).rejects.toMatchObject({ code: "invalid-input" });
});

test("retrying the failed makes a batch of just those", async () => {
  const [well, ill, waiting] = [await one(), await one(), await one()];
  const batch = await sendBatch({ requestType: "RestartDevice", ...toIds([well, ill, waiting]) }, "user:a");
  await answer(well, "Acknowledged");
  await answer(ill, "Error");
  expect((await readBatch(batch.id)).byState).toEqual({ acknowledged: 1, failed: 1, queued: 1 });
  const again = await retryBatch(batch.id, { which: "failed" }, "user:b");
  expect(again).toMatchObject({ requestType: "RestartDevice", target: { batchId: batch.id, which: "failed" }, total: 1, byState: { queued: 1 }, createdBy: "user:b" });
  expect((await listBatchCommands(again.id, { limit: 10 })).items.map((item) => item.deviceId)).toEqual([ill.deviceId]);
});

test("retrying the silent queues again what was taken out, and pushes again where the command still waits", async () => {
  const [mute, waiting] = [await one(), await one()];
  const batch = await sendBatch({ requestType: "RestartDevice", push: false, ...toIds([mute, waiting]) }, "user:a");
  await database().pool.query(`UPDATE "Command" SET "state" = 'poisoned', "queueRank" = NULL, "endedAt" = now() WHERE "enrollmentId" = $1`, [mute.id]);
  const again = await retryBatch(batch.id, { which: "silent" }, "user:a");
  expect(again).toMatchObject({ total: 1, skipped: [{ deviceId: waiting.deviceId, reason: "Its command still waits: the device is pushed again." }] });
  expect(await count(`FROM "Enrollment" WHERE "id" = ANY($1::uuid[]) AND "pushDueAt" IS NOT NULL`, [mute.id, waiting.id])).toBe(2);
  expect(await count(`FROM "Command" WHERE "enrollmentId" = $1`, waiting.id)).toBe(1);
});

test("cancelling says how many will not run and how many may still", async () => {
  const [held, waiting, done] = [await one(), await one(), await one()];
  const batch = await sendBatch({ requestType: "RestartDevice", ...toIds([held, waiting, done]) }, "user:a");
  await answer(done, "Acknowledged");
  await deliverNext(of(held), false);
  expect(await cancelBatch(batch.id, "user:b")).toEqual({ cancelled: 1, mayStillRun: 1 });
  expect((await readBatch(batch.id)).byState).toEqual({ acknowledged: 1, cancelled: 2 });
  expect(await deliverNext(of(waiting), false)).toBeNull();
  expect(await cancelBatch(batch.id, "user:b")).toEqual({ cancelled: 0, mayStillRun: 0 });
});

test("a batch whose server dies in the middle leaves nothing behind", async () => {
  const devices = await enroll(20);
  const before = [await count(`FROM "CommandBatch"`), await count(`FROM "Command"`), await count(`FROM "Event"`)];
  const holder = await database().pool.connect();
  try {
    // Everything is written by now but the pushes: they wait for this row.
    await holder.query("BEGIN");
    await holder.query(`SELECT 1 FROM "Enrollment" WHERE "id" = $1 FOR NO KEY UPDATE`, [devices[0]?.id]);
    const batch = sendBatch({ requestType: "RestartDevice", ...toIds(devices) }, "user:a").then(() => "made", () => "failed");
    const stuck = `FROM pg_stat_activity WHERE "datname" = current_database() AND "wait_event_type" = 'Lock' AND "query" LIKE '%pushDueAt%'`;
    await until(async () => (await count(stuck)) === 1);
    await database().pool.query(`SELECT pg_terminate_backend("pid") ${stuck}`);
    expect(await batch).toBe("failed");
  } finally {
    await holder.query("ROLLBACK");
    holder.release();
  }
  expect([await count(`FROM "CommandBatch"`), await count(`FROM "Command"`), await count(`FROM "Event"`)]).toEqual(before);
});
