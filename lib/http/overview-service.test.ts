import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { ENROLLMENT_STATES, PUSH_HEALTH, wordsOf } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";
import { countDevices } from "@/lib/devices/device-service";
import { withTestDatabase } from "@/tests/support/database";
import { enrollForPush } from "@/tests/support/push-enrollments";
import { readOverview } from "./overview-service";

withTestDatabase();
const TOPIC = "com.apple.mgmt.External.overview";

/** Devices of every state and every push health, two without a life, and beside some of them a user and a life that waits for a decision. */
beforeAll(async () => {
  await enrollForPush(TOPIC, 3);
  await enrollForPush(TOPIC, 2, { tokenDeadAt: new Date() });
  await enrollForPush(TOPIC, 1, { lastPushStatus: 403, lastPushReason: "BadTopic" });
  await enrollForPush(TOPIC, 2, { lastPushStatus: 200, pushesUnanswered: 1 });
  await enrollForPush(TOPIC, 1, { tokenUpdatedAt: null });
  await enrollForPush(TOPIC, 2, { state: "quarantined" });
  await enrollForPush(TOPIC, 1, { state: "unenrolling" });
  await enrollForPush(TOPIC, 4, { state: "authenticating", tokenUpdatedAt: null });
  await enrollForPush(TOPIC, 2, { state: "ended", endedAt: new Date(), liveKey: null });
  const [contended] = await enrollForPush(TOPIC, 1);
  await database().pool.query(`UPDATE "Device" d SET "enrollmentId" = e."id" FROM "Enrollment" e WHERE e."deviceId" = d."id"`);
  await plantBeside(contended?.deviceId ?? "", "device", "quarantined", null);
  await plantBeside(contended?.deviceId ?? "", "device", "authenticating", null);
  await plantBeside(contended?.deviceId ?? "", "user", "enrolled", "user-key");
  await database().pool.query(`INSERT INTO "Device" ("id","platform") VALUES ($1,'ios'), ($2,'macos')`, [randomUUID(), randomUUID()]);
});

async function plantBeside(deviceId: string, channel: string, state: string, liveKey: string | null): Promise<void> {
  await database().pool.query(
    `INSERT INTO "Enrollment" ("id","deviceId","channel","channelKey","liveKey","state","topic") VALUES ($1,$2,$3,'beside',$4,$5,'t')`,
    [randomUUID(), deviceId, channel, liveKey, state],
  );
}

const counted = async (words: readonly string[], condition: "state" | "push") => {
  const totals = await Promise.all(words.map(async (word) => [word, (await countDevices({ [condition]: word })).total] as const));
  return Object.fromEntries(totals.filter(([, total]) => total > 0));
};

test("every count of states and of push on the dashboard is that of the list it leads to", async () => {
  const { devices } = await readOverview();
  expect(devices.byState).toEqual(await counted([...wordsOf(ENROLLMENT_STATES), "none"], "state"));
  expect(devices.byPush).toEqual(await counted(wordsOf(PUSH_HEALTH), "push"));
  expect(devices.byState).toMatchObject({ none: 2, ended: 2, quarantined: 2 });
  expect(Object.values(devices.byState).reduce((sum, count) => sum + count, 0)).toBe(devices.total);
});
