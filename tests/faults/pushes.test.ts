import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { closeDatabase, database, openDatabase } from "@/lib/db/database";
import { uploadPushCertificate } from "@/lib/push/push-certificate-service";
import { requestPush } from "@/lib/push/push-schedule";
import { ApnsStandIn } from "../support/apns-stand-in";
import { testDatabase, type TestDatabase } from "../support/database";
import { startMuster, type MusterServer } from "../support/muster-server";
import { enrollForPush, type PushEnrollment } from "../support/push-enrollments";
import { eventually, TOPIC } from "../support/stage";

const MASTER_KEY = randomBytes(32).toString("hex");

let shared: TestDatabase;
let apns: ApnsStandIn;
let env: Record<string, string>;
const nodes: MusterServer[] = [];
beforeAll(async () => {
  shared = await testDatabase();
  apns = await ApnsStandIn.start({ maxConcurrentStreams: 50 });
  env = { DATABASE_URL: shared.url, MASTER_KEY, APNS_URL: apns.url, APNS_CA_FILE: apns.caFile };
  for (const name of ["MASTER_KEY", "APNS_URL", "APNS_CA_FILE"] as const) vi.stubEnv(name, env[name]);
  openDatabase(shared.url);
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  await closeDatabase();
  await apns.close();
  await shared.drop();
  vi.unstubAllEnvs();
});

async function startNode(): Promise<MusterServer> {
  const node = await startMuster({ env });
  nodes.push(node);
  return node;
}

const ask = (devices: readonly PushEnrollment[]) => requestPush(database().pool, devices.map(({ id }) => id));
/** How often each device was pushed. */
function received(devices: readonly PushEnrollment[]): Map<string, number> {
  const counts = new Map(devices.map(({ token }) => [token, 0]));
  for (const { token } of apns.pushes) if (counts.has(token)) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}
const reached = (devices: readonly PushEnrollment[]) => [...received(devices).values()].filter((count) => count > 0).length;

test("two nodes that share the work push every wake-up once, and a process killed with 5000 pushes pending loses none", async () => {
  const first = await startNode();
  await uploadPushCertificate(await apns.mintPushCertificate({ topic: TOPIC }), "user:owner@example.com");
  const second = await startNode();

  // Both at work: each takes what the other has not.
  const together = await enrollForPush(TOPIC, 3_000);
  apns.scriptAll({ delayMs: 5 });
  await ask(together);
  await eventually(async () => reached(together), (count) => count === together.length);
  const waiting = () => database().pool.query(`SELECT 1 FROM "Enrollment" WHERE "pushDueAt" IS NOT NULL AND "topic" = $1 LIMIT 1`, [TOPIC]);
  await eventually(async () => (await waiting()).rows.length, (count) => count === 0);
  expect([...received(together).values()].filter((count) => count !== 1)).toEqual([]);
  expect(apns.connections).toBe(2);

  // One alone, killed in the middle.
  await second.stop();
  nodes.pop();
  const pending = await enrollForPush(TOPIC, 5_000);
  apns.scriptAll({ delayMs: 20 });
  await ask(pending);
  await eventually(async () => reached(pending), (count) => count > 1_000);
  await first.kill();
  const before = reached(pending);
  expect(before).toBeLessThan(5_000);
  await first.restart();
  // What was under way comes free when its lease is over; all else goes out at once.
  await eventually(async () => reached(pending), (count) => count === 5_000, 150_000);
  const doubled = [...received(pending).values()].filter((count) => count > 1);
  expect(Math.max(0, ...doubled)).toBeLessThanOrEqual(2);
  // Only those may come twice whose outcome was not yet written: those on the way, and a batch that was to be saved.
  expect(doubled.length).toBeLessThan(1_000);
  expect(apns.violations).toEqual([]);
}, 300_000);
