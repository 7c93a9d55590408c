import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { markConnected } from "@/lib/devices/enrollment-store";
import { withTestDatabase } from "@/tests/support/database";
import { changeEnrollments, enrollForPush, enrollOneForPush, readPushColumns } from "@/tests/support/push-enrollments";
import { nextPush } from "./push-sweep-store";
import { sweepSilentDevices } from "./push-sweeper";

withTestDatabase();

const HOUR = 3_600_000;
const TOPIC = `com.apple.mgmt.External.${randomUUID()}`;
const ago = (ms: number) => new Date(Date.now() - ms);
const pushedAgo = (ms: number, sweeps = 0) => ({ lastPushAt: ago(ms), lastPushStatus: 200, lastSeenAt: ago(ms + HOUR), pushesUnanswered: 1, pushSweeps: sweeps });
const isSwept = async (id: string) => (await readPushColumns(id)).pushDueAt !== null;

async function giveCommand(id: string, state: string): Promise<void> {
  await database().pool.query(
    `INSERT INTO "Command" ("id", "enrollmentId", "requestType", "requestSealed", "state", "queueRank", "createdBy") VALUES ($1, $2, 'ProfileList', '', $3, 10, 'test')`,
    [randomUUID(), id, state],
  );
}

describe("a device that was pushed and keeps silent", () => {
  test.each([[0, 1], [1, 6], [2, 24], [3, 72], [4, 168], [5, 168], [9, 168]])("after %i sweeps is pushed again after %i hours, give or take a tenth", async (sweeps, hours) => {
    const early = await enrollOneForPush(TOPIC, pushedAgo(hours * HOUR * 0.89, sweeps));
    const late = await enrollOneForPush(TOPIC, pushedAgo(hours * HOUR * 1.11, sweeps));
    const planned = (await nextPush(early.id))?.at.getTime() ?? 0;
    await sweepSilentDevices();
    expect([await isSwept(early.id), await isSwept(late.id)]).toEqual([false, true]);
    expect((await readPushColumns(late.id)).pushSweeps).toBe(sweeps + 1);
    expect(planned).toBeGreaterThan(Date.now());
    expect(await nextPush(late.id)).toMatchObject({ reason: "sweep" });
  });

  test("is not swept once it has connected, and begins anew the next time", async () => {
    const { id } = await enrollOneForPush(TOPIC, pushedAgo(200 * HOUR, 3));
    await transaction((tx) => markConnected(tx, id));
    await sweepSilentDevices();
    expect(await readPushColumns(id)).toMatchObject({ pushDueAt: null, pushSweeps: 0, pushesUnanswered: 0 });
    expect(await nextPush(id)).toBeNull();
  });

  test.each([["ended", { state: "ended" }], ["with a dead token", { tokenDeadAt: new Date() }], ["without a token", { tokenSealed: null }]])("is left alone when it is %s", async (_what, changes) => {
    const { id } = await enrollOneForPush(TOPIC, { ...pushedAgo(200 * HOUR), ...changes });
    await sweepSilentDevices();
    expect(await isSwept(id)).toBe(false);
    expect(await nextPush(id)).toBeNull();
  });

  test("keeps the push that is planned already", async () => {
    const pushDueAt = new Date(Date.now() + HOUR);
    const { id } = await enrollOneForPush(TOPIC, { ...pushedAgo(200 * HOUR), pushDueAt });
    await sweepSilentDevices();
    expect(await readPushColumns(id)).toMatchObject({ pushDueAt, pushSweeps: 0 });
  });
});

test.each(["delivered", "deferred"])("a device that connected and left a command %s owes an answer", async (state) => {
  const answered = { lastPushAt: ago(3 * HOUR), lastPushStatus: 200, lastSeenAt: ago(2 * HOUR) };
  const { id } = await enrollOneForPush(TOPIC, answered);
  const other = await enrollOneForPush(TOPIC, answered);
  await giveCommand(id, state);
  await giveCommand(other.id, "queued"); // somebody did not want a push for it
  await sweepSilentDevices();
  expect([await isSwept(id), await isSwept(other.id)]).toEqual([true, false]);
});

test("nodes that sweep together take each device once", async () => {
  const made = await enrollForPush(TOPIC, 3_000, pushedAgo(200 * HOUR, 1));
  const swept = await Promise.all([sweepSilentDevices(), sweepSilentDevices(), sweepSilentDevices()]);
  expect(swept.reduce((sum, count) => sum + count, 0)).toBe(3_000);
  const { rows } = await database().pool.query<{ sweeps: number }>(`SELECT DISTINCT "pushSweeps" AS "sweeps" FROM "Enrollment" WHERE "id" = ANY($1::uuid[])`, [made.map(({ id }) => id)]);
  expect(rows).toEqual([{ sweeps: 2 }]);
  await changeEnrollments(made.map(({ id }) => id), { pushDueAt: null, pushesUnanswered: 0 });
});
