import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { expiryWarning } from "@/lib/contracts/expiry-warning";
import { database } from "@/lib/db/database";
import { daysFromNow } from "@/tests/support/apns-certificates";
import { ApnsStandIn } from "@/tests/support/apns-stand-in";
import { withTestDatabase } from "@/tests/support/database";
import { enrollForPush } from "@/tests/support/push-enrollments";
import { warnOfExpiry } from "./certificate-expiry";
import { uploadPushCertificate } from "./push-certificate-service";

let standIn: ApnsStandIn;
beforeAll(async () => {
  standIn = await ApnsStandIn.start();
  vi.stubEnv("APNS_CA_FILE", standIn.caFile);
});
afterAll(() => standIn.close());
withTestDatabase();
beforeEach(async () => {
  await database().pool.query(`TRUNCATE "PushCertificate", "Enrollment", "Device", "Event" CASCADE`);
});

const newTopic = () => `com.apple.mgmt.External.${randomUUID()}`;
async function certificate(topic: string, daysLeft: number): Promise<string> {
  const pair = await standIn.mintPushCertificate({ topic, key: "ec" });
  const { id } = await uploadPushCertificate({ ...pair, appleAccount: "push@example.com" }, "user:a");
  await ends(id, daysLeft);
  return id;
}
const ends = (id: string, daysLeft: number) => database().pool.query(`UPDATE "PushCertificate" SET "notAfter" = $2 WHERE "id" = $1`, [id, daysFromNow(daysLeft)]);
async function warnings(): Promise<[string, number][]> {
  const { rows } = await database().pool.query<{ kind: string; left: number }>(
    `SELECT "kind", ("data"->>'daysLeft')::int AS "left" FROM "Event" WHERE "kind" LIKE 'push-certificate.expir%' ORDER BY "id"`,
  );
  return rows.map(({ kind, left }) => [kind, left]);
}

test("a certificate is spoken of once at each threshold, and once when it has expired", async () => {
  const id = await certificate(newTopic(), 61);
  for (const days of [61, 59.5, 58, 31, 29.5, 20, 13.5, 6.5, 3, 0.5, 0.1, -0.1, -30]) {
    await ends(id, days);
    await warnOfExpiry();
    await warnOfExpiry();
  }
  const expiring = "push-certificate.expiring";
  expect(await warnings()).toEqual([[expiring, 60], [expiring, 30], [expiring, 14], [expiring, 7], [expiring, 1], ["push-certificate.expired", 0]]);
});

test("several nodes say it once", async () => {
  await certificate(newTopic(), 10);
  await Promise.all(Array.from({ length: 6 }, () => warnOfExpiry()));
  expect(await warnings()).toEqual([["push-certificate.expiring", 10]]);
});

test("after a long silence only the latest is said, with what a person needs to renew", async () => {
  const topic = newTopic();
  await enrollForPush(topic, 2);
  await certificate(topic, 5);
  await warnOfExpiry();
  const { rows } = await database().pool.query<{ data: unknown }>(`SELECT "data" FROM "Event" WHERE "kind" = 'push-certificate.expiring'`);
  expect(rows.map(({ data }) => data)).toEqual([expect.objectContaining({ topic, daysLeft: 5, enrollments: 2, appleAccount: "push@example.com" })]);
});

test("a renewal begins anew; a replaced certificate and a topic that nobody needs are passed over", async () => {
  const [retired, needed, current] = [newTopic(), newTopic(), newTopic()];
  const old = await certificate(retired, 5);
  await enrollForPush(needed, 1);
  await certificate(needed, 5);
  await certificate(needed, 300);
  const pair = await standIn.mintPushCertificate({ topic: current, key: "ec" });
  await uploadPushCertificate({ ...pair, confirmTopicChange: "I will re-enroll 1 device" }, "user:a");
  await warnOfExpiry();
  expect(await warnings()).toEqual([]);
  await enrollForPush(retired, 1);
  await warnOfExpiry();
  expect(await warnings()).toEqual([["push-certificate.expiring", 5]]);
  await ends(old, 300);
});

test("a threshold is reached at its very moment and not before", () => {
  const day = 86_400_000;
  const at = (left: number) => expiryWarning(1_000 * day, 1_000 * day - left);
  expect([at(60 * day + 1), at(60 * day), at(30 * day + 1), at(30 * day), at(day), at(1), at(0), at(-day)]).toEqual([
    null, { threshold: 60, daysLeft: 60 }, { threshold: 60, daysLeft: 31 }, { threshold: 30, daysLeft: 30 }, { threshold: 1, daysLeft: 1 }, { threshold: 1, daysLeft: 1 },
    { threshold: 0, daysLeft: 0 }, { threshold: 0, daysLeft: 0 },
  ]);
});
