import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { database } from "@/lib/db/database";
import { ApnsStandIn } from "@/tests/support/apns-stand-in";
import { withTestDatabase } from "@/tests/support/database";
import { enrollOneForPush, readPushColumns, readPushEvents } from "@/tests/support/push-enrollments";
import { APNS_REASONS, PUSH_ACTIONS } from "./apns-outcome";
import { standingPushAlarms } from "./push-alarm";
import { uploadPushCertificate } from "./push-certificate-service";
import { requestPush } from "./push-schedule";
import { startPushWorker } from "./push-worker";

let standIn: ApnsStandIn;
beforeAll(async () => {
  standIn = await ApnsStandIn.start();
  vi.stubEnv("APNS_URL", standIn.url);
  vi.stubEnv("APNS_CA_FILE", standIn.caFile);
});
afterAll(() => standIn.close());
withTestDatabase();

let worker: ReturnType<typeof startPushWorker> | null = null;
afterEach(async () => {
  await worker?.stop();
  expect(standIn.violations).toEqual([]);
});

const MINUTE = 60_000;
/** How long the push waits after each kind of answer, at least and at most; null when it is over. */
const WAITS = {
  "dead-token": null,
  "token-refused": [48 * MINUTE, 72 * MINUTE],
  configuration: [5_000, 6_000],
  ours: [48 * MINUTE, 72 * MINUTE],
  retry: [12_000, 18_000],
} as const;

test.each(Object.entries(APNS_REASONS))("%s: the device, its next push and the alarm are as the table says", async (reason, { status, kind }) => {
  const topic = `com.apple.mgmt.External.${randomUUID()}`;
  const device = await enrollOneForPush(topic);
  await uploadPushCertificate(await standIn.mintPushCertificate({ topic, key: "ec" }), "user:owner@example.com");
  standIn.script(device.token, { status, reason, ...(status === 410 && { timestamp: Date.now() }) });
  worker = startPushWorker();
  await requestPush(database().pool, [device.id]);
  await expect.poll(() => readPushColumns(device.id)).toMatchObject({ lastPushStatus: status, lastPushReason: reason, pushesUnanswered: 0 });

  const { tokenDeadAt, pushDueAt, lastPushAt } = await readPushColumns(device.id);
  expect(tokenDeadAt !== null).toBe(status === 410);
  const wait = WAITS[kind];
  if (wait === null) expect(pushDueAt).toBeNull();
  else {
    const waited = (pushDueAt?.getTime() ?? 0) - (lastPushAt?.getTime() ?? 0);
    expect(waited).toBeGreaterThanOrEqual(wait[0]);
    expect(waited).toBeLessThanOrEqual(wait[1]);
  }

  const events = await readPushEvents(topic);
  if (kind === "configuration") {
    await expect.poll(() => standingPushAlarms(topic)).toMatchObject([{ status, reason }]);
    expect(events.filter(({ deviceId }) => deviceId !== null)).toEqual([]); // the alarm speaks for the device
  } else {
    expect(await standingPushAlarms(topic)).toEqual([]);
    expect(events).toMatchObject([{ kind: "push.failed", enrollmentId: device.id, data: { status, reason } }]);
  }
  expect(PUSH_ACTIONS[kind]).not.toBe("");
});
