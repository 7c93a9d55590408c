import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { withTestDatabase } from "@/tests/support/database";
import { changeEnrollments, enrollForPush, enrollOneForPush, readPushColumns, updateToken } from "@/tests/support/push-enrollments";
import { savePushResults, type PushResult } from "./push-outcome-store";
import { requestPush, schedulePushesAfterEnrollment } from "./push-schedule";
import { claimDuePushes, nextPushInMs, overdueTopicsExcept, PUSH_GAP_MS, takeBackLostPushes, type ClaimedPush } from "./push-store";

withTestDatabase();

const SECOND = 1000;
const ago = (ms: number) => new Date(Date.now() - ms);
const inFuture = (ms: number) => new Date(Date.now() + ms);
const newTopic = () => `com.apple.mgmt.External.${randomUUID()}`;
const pool = () => database().pool;

async function claimOne(topic: string): Promise<ClaimedPush> {
  const { pushes } = await claimDuePushes(topic, 10);
  expect(pushes).toHaveLength(1);
  return pushes[0] as ClaimedPush;
}

function result(push: ClaimedPush, changes: Partial<PushResult> = {}): PushResult {
  return {
    push, sentAt: new Date(), status: 200, reason: null, apnsId: randomUUID(), accepted: true, tokenDead: false, deadSince: null, retryAt: null, ...changes,
  };
}

const save = (...results: PushResult[]) => savePushResults(pool(), results);

describe("asking for a push", () => {
  test("makes it due now, and a second wish does not put it off", async () => {
    const { id } = await enrollOneForPush(newTopic());
    await requestPush(pool(), [id]);
    const { pushDueAt } = await readPushColumns(id);
    expect(pushDueAt?.getTime()).toBeLessThanOrEqual(Date.now());
    await requestPush(pool(), [id], inFuture(60 * SECOND));
    expect((await readPushColumns(id)).pushDueAt).toEqual(pushDueAt);
  });

  test("brings a later push forward", async () => {
    const { id } = await enrollOneForPush(newTopic(), { pushDueAt: inFuture(3600 * SECOND) });
    await requestPush(pool(), [id]);
    expect((await readPushColumns(id)).pushDueAt?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  test("within 5 s of the last push waits for their end", async () => {
    const lastPushAt = ago(1 * SECOND);
    const { id } = await enrollOneForPush(newTopic(), { lastPushAt, lastPushStatus: 200 });
    await requestPush(pool(), [id]);
    expect((await readPushColumns(id)).pushDueAt?.getTime()).toBe(lastPushAt.getTime() + PUSH_GAP_MS);
  });

  test("goes with its transaction", async () => {
    const { id } = await enrollOneForPush(newTopic());
    const failing = transaction(async (tx) => {
      await requestPush(tx, [id]);
      throw new Error("the command was not stored");
    });
    await expect(failing).rejects.toThrow("not stored");
    expect((await readPushColumns(id)).pushDueAt).toBeNull();
  });

  test.each([
    ["ended", { state: "ended" }],
    ["without a token", { tokenSealed: null }],
    ["with a dead token", { tokenDeadAt: new Date() }],
  ])("does nothing for an enrollment that is %s", async (_what, changes) => {
    const { id } = await enrollOneForPush(newTopic(), changes);
    await requestPush(pool(), [id]);
    expect((await readPushColumns(id)).pushDueAt).toBeNull();
  });

  test("does not overrule the wait that APNs asked for", async () => {
    const pushDueAt = inFuture(90 * SECOND);
    const { id } = await enrollOneForPush(newTopic(), { pushDueAt, lastPushAt: ago(20 * SECOND), lastPushStatus: 429 });
    await requestPush(pool(), [id]);
    expect((await readPushColumns(id)).pushDueAt).toEqual(pushDueAt);
    await updateToken(id); // which is about another token
    await requestPush(pool(), [id]);
    expect((await readPushColumns(id)).pushDueAt?.getTime()).toBeLessThanOrEqual(Date.now());
  });
});

describe("claiming", () => {
  test("two nodes never take the same push", async () => {
    const topic = newTopic();
    const made = await enrollForPush(topic, 200, { pushDueAt: ago(SECOND) });
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimDuePushes(topic, 50)));
    const ids = claims.flatMap(({ pushes }) => pushes.map(({ id }) => id));
    const rest = await claimDuePushes(topic, 500);
    ids.push(...rest.pushes.map(({ id }) => id));
    expect(ids).toHaveLength(made.length);
    expect(new Set(ids).size).toBe(made.length);
  });

  test("a push that is not due, or of another topic, stays", async () => {
    const topic = newTopic();
    await enrollOneForPush(topic, { pushDueAt: inFuture(60 * SECOND) });
    await enrollOneForPush(newTopic(), { pushDueAt: ago(SECOND) });
    expect(await claimDuePushes(topic, 10)).toEqual({ found: 0, pushes: [] });
    expect(await nextPushInMs(topic)).toBeGreaterThan(50 * SECOND);
  });

  test("the push of a node that died is due again after its lease", async () => {
    const topic = newTopic();
    const { id } = await enrollOneForPush(topic, { pushDueAt: ago(SECOND) });
    await claimOne(topic);
    expect(await nextPushInMs(topic)).toBeNull();
    await changeEnrollments([id], { pushClaimedUntil: ago(SECOND), pushDueAt: ago(SECOND) }); // time passes
    await claimOne(topic);
  });

  test.each([
    ["ended", { state: "ended" }],
    ["without a token", { tokenSealed: null }],
    ["with a dead token", { tokenDeadAt: new Date() }],
  ])("an enrollment %s is never pushed, and loses its due time", async (_what, changes) => {
    const topic = newTopic();
    const { id } = await enrollOneForPush(topic, { pushDueAt: ago(SECOND), ...changes });
    expect(await claimDuePushes(topic, 10)).toEqual({ found: 1, pushes: [] });
    expect((await readPushColumns(id)).pushDueAt).toBeNull();
  });

  test("topics with overdue pushes and no certificate are found", async () => {
    const topic = newTopic();
    await enrollForPush(topic, 3, { pushDueAt: ago(SECOND) });
    expect(await overdueTopicsExcept([])).toContain(topic);
    expect(await overdueTopicsExcept([topic])).not.toContain(topic);
  });
});

describe("the outcome", () => {
  test("an accepted push is written down and done with", async () => {
    const topic = newTopic();
    const { id } = await enrollOneForPush(topic, { pushDueAt: ago(SECOND) });
    const sent = result(await claimOne(topic));
    await save(sent);
    expect(await readPushColumns(id)).toMatchObject({
      pushDueAt: null, pushClaimedUntil: null, pushesUnanswered: 1, lastPushAt: sent.sentAt, lastPushStatus: 200, lastPushReason: null, lastPushId: sent.apnsId,
    });
  });

  test("a device that connected before the outcome was written has answered", async () => {
    const topic = newTopic();
    const { id } = await enrollOneForPush(topic, { pushDueAt: ago(SECOND) });
    const push = await claimOne(topic);
    await changeEnrollments([id], { lastSeenAt: new Date(), pushesUnanswered: 0 });
    await save(result(push, { sentAt: ago(SECOND) }));
    expect((await readPushColumns(id)).pushesUnanswered).toBe(0);
  });

  test("a wish that came while the push was under way is pushed again, after the gap", async () => {
    const topic = newTopic();
    const { id } = await enrollOneForPush(topic, { pushDueAt: ago(SECOND) });
    const sent = result(await claimOne(topic));
    await requestPush(pool(), [id]);
    expect((await claimDuePushes(topic, 10)).found).toBe(0); // not by another node meanwhile
    await save(sent);
    expect((await readPushColumns(id)).pushDueAt?.getTime()).toBe(sent.sentAt.getTime() + PUSH_GAP_MS);
  });

  // Not 60: in the very millisecond in which the lease ends a wish is taken for the lease.
  test.each([59, 61, 3600])("a wish for %i s later that came while the push was under way is not forgotten with its outcome", async (seconds) => {
    const topic = newTopic();
    const { id } = await enrollOneForPush(topic, { pushDueAt: ago(SECOND) });
    const push = await claimOne(topic);
    const dueAt = inFuture(seconds * SECOND);
    await requestPush(pool(), [id], dueAt);
    await requestPush(pool(), [id], inFuture(7200 * SECOND));
    expect((await claimDuePushes(topic, 10)).found).toBe(0);
    await save(result(push));
    expect((await readPushColumns(id)).pushDueAt).toEqual(dueAt);
  });

  test("a push that was lost with its node goes out although one was wished for much later", async () => {
    const topic = newTopic();
    const { id } = await enrollOneForPush(topic, { pushDueAt: ago(SECOND) });
    await claimOne(topic);
    await requestPush(pool(), [id], inFuture(3600 * SECOND));
    await takeBackLostPushes();
    expect((await claimDuePushes(topic, 10)).found).toBe(0); // its node may still tell the end
    await changeEnrollments([id], { pushClaimedUntil: ago(SECOND) });
    await takeBackLostPushes();
    expect((await claimOne(topic)).id).toBe(id);
  });

  test("a failed push is due at its retry time, also when it was asked for meanwhile", async () => {
    const topic = newTopic();
    const { id } = await enrollOneForPush(topic, { pushDueAt: ago(SECOND) });
    const push = await claimOne(topic);
    await requestPush(pool(), [id]);
    const retryAt = inFuture(120 * SECOND);
    await save(result(push, { accepted: false, status: 429, reason: "TooManyRequests", retryAt }));
    expect(await readPushColumns(id)).toMatchObject({ pushDueAt: retryAt, pushesUnanswered: 0, lastPushReason: "TooManyRequests" });
  });

  test("the claim tells how long the push had waited after its failure", async () => {
    const topic = newTopic();
    await enrollOneForPush(topic, { lastPushAt: ago(50 * SECOND), lastPushStatus: 503, pushDueAt: ago(20 * SECOND) });
    expect(Math.round((await claimOne(topic)).lastDelayMs ?? 0)).toBeGreaterThanOrEqual(29_990);
  });

  test("a device that ended meanwhile is not pushed again", async () => {
    const topic = newTopic();
    const { id } = await enrollOneForPush(topic, { pushDueAt: ago(SECOND) });
    const push = await claimOne(topic);
    await changeEnrollments([id], { state: "ended", pushDueAt: null });
    await save(result(push, { accepted: false, status: 503, retryAt: inFuture(SECOND) }));
    expect((await readPushColumns(id)).pushDueAt).toBeNull();
  });

  test("a node whose lease ran out does not overwrite the next one's claim", async () => {
    const topic = newTopic();
    const { id } = await enrollOneForPush(topic, { pushDueAt: ago(SECOND) });
    const late = await claimOne(topic);
    await changeEnrollments([id], { pushClaimedUntil: ago(SECOND), pushDueAt: ago(SECOND) });
    await claimOne(topic);
    const { pushClaimedUntil } = await readPushColumns(id);
    await save(result(late));
    expect(await readPushColumns(id)).toMatchObject({ lastPushAt: null, pushClaimedUntil });
    expect(pushClaimedUntil).not.toBeNull();
  });
});

describe("a dead token", () => {
  const dead = { accepted: false, status: 410, reason: "Unregistered", tokenDead: true } as const;

  test("ends pushing", async () => {
    const topic = newTopic();
    const { id } = await enrollOneForPush(topic, { pushDueAt: ago(SECOND) });
    const push = await claimOne(topic);
    await requestPush(pool(), [id]);
    await save(result(push, { ...dead, deadSince: ago(60 * SECOND) }));
    const after = await readPushColumns(id);
    expect(after).toMatchObject({ pushDueAt: null, lastPushStatus: 410 });
    expect(after.tokenDeadAt).not.toBeNull();
  });

  test("does not kill the token that a TokenUpdate brought meanwhile, which is pushed instead", async () => {
    const topic = newTopic();
    const { id } = await enrollOneForPush(topic, { pushDueAt: ago(SECOND) });
    const sent = result(await claimOne(topic), { ...dead, deadSince: ago(60 * SECOND) });
    await updateToken(id);
    await save(sent);
    expect(await readPushColumns(id)).toMatchObject({ tokenDeadAt: null, pushDueAt: new Date(sent.sentAt.getTime() + PUSH_GAP_MS) });
  });

  test("is doubted once when APNs speaks of a time before our token, and believed the second time", async () => {
    const topic = newTopic();
    const { id } = await enrollOneForPush(topic, { pushDueAt: ago(SECOND) });
    const old = { ...dead, deadSince: ago(7200 * SECOND) };
    await save(result(await claimOne(topic), old));
    const once = await readPushColumns(id);
    expect(once.tokenDeadAt).toBeNull();
    expect(once.pushDueAt?.getTime()).toBeGreaterThan(Date.now() + 3000 * SECOND);
    await changeEnrollments([id], { pushDueAt: ago(SECOND) });
    await save(result(await claimOne(topic), old));
    expect((await readPushColumns(id)).tokenDeadAt).not.toBeNull();
  });
});

describe("after enrollment", () => {
  const fresh = (enrolledMsAgo: number) => ({ enrolledAt: ago(enrolledMsAgo), firstConnectAt: null, tokenUpdatedAt: ago(enrolledMsAgo) });
  const sinceEnrolled = async (id: string) => {
    const { pushDueAt, enrolledAt } = await readPushColumns(id);
    return pushDueAt === null ? null : pushDueAt.getTime() - (enrolledAt?.getTime() ?? 0);
  };

  test("the first push waits 2 s, also when commands asked for one at once", async () => {
    const { id } = await enrollOneForPush(newTopic(), fresh(0));
    await transaction(async (tx) => {
      await requestPush(tx, [id]);
      await schedulePushesAfterEnrollment(tx, id);
    });
    expect(await sinceEnrolled(id)).toBe(2 * SECOND);
  });

  test.each([
    [3, 30],
    [31, 300],
    [301, null],
  ])("a push accepted %i s after enrollment is followed by one at %s s", async (seconds, next) => {
    const topic = newTopic();
    const { id } = await enrollOneForPush(topic, { ...fresh(seconds * SECOND), pushDueAt: ago(0) });
    await save(result(await claimOne(topic)));
    expect(await sinceEnrolled(id)).toBe(next === null ? null : next * SECOND);
  });

  test("the schedule ends with the first connection", async () => {
    const topic = newTopic();
    const { id } = await enrollOneForPush(topic, { ...fresh(3 * SECOND), pushDueAt: ago(0) });
    const push = await claimOne(topic);
    await changeEnrollments([id], { firstConnectAt: new Date() });
    await save(result(push));
    expect(await sinceEnrolled(id)).toBeNull();
  });

  test("a push left over from the schedule is not sent to a device that has connected", async () => {
    const topic = newTopic();
    const enrolledAt = ago(30 * SECOND);
    const { id } = await enrollOneForPush(topic, { enrolledAt, firstConnectAt: ago(20 * SECOND), pushDueAt: new Date(enrolledAt.getTime() + 30 * SECOND) });
    expect((await claimDuePushes(topic, 10)).pushes).toEqual([]);
    expect((await readPushColumns(id)).pushDueAt).toBeNull();
  });
});
