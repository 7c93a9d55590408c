import { randomBytes, randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DELIVERY_HOLD_MS } from "@/lib/commands/command-store";
import { testDatabase, type TestDatabase } from "../support/database";
import { isSuccess, readCommand, type DeviceCommand } from "../support/device-command";
import { sharedKeys } from "../support/device-keys";
import type { CommandStatus } from "../support/device-messages";
import { startMuster, type MusterServer } from "../support/muster-server";
import { SimulatedDevice } from "../support/simulated-device";

const DEVICES = 200;
const BATCHES = 3;
const TOTAL = DEVICES * BATCHES;
/** The node is killed after so many answers. */
const KILL_AFTER = TOTAL / 3;

let database: TestDatabase;
let nodes: MusterServer[] = [];
beforeAll(async () => {
  database = await testDatabase();
  const env = { DATABASE_URL: database.url, MASTER_KEY: randomBytes(32).toString("hex") };
  nodes = [await startMuster({ env }), await startMuster({ env })];
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  await database.drop();
});

async function select<R extends pg.QueryResultRow>(sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Says it to any node; to the other one when that is dead, as a device behind a load balancer would. */
async function say(device: SimulatedDevice, status: CommandStatus, uuid: string | null): Promise<DeviceCommand | null> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const node = nodes[randomInt(nodes.length)];
    const message = device.signReport(status, uuid);
    const url = new URL(message.url);
    url.port = new URL(node?.url ?? message.url).port;
    const answer = await device.deliver({ ...message, url: url.href }).catch(() => null);
    if (answer !== null && isSuccess(answer)) return readCommand(answer);
  }
  throw new Error("no node answers");
}

/** One session: from Idle until nothing more comes. Answers how many commands it has carried out. */
async function session(device: SimulatedDevice, answered: (uuid: string) => Promise<void>): Promise<number> {
  let count = 0;
  for (let command = await say(device, "Idle", null); command !== null; count++) {
    const { uuid } = command;
    if (randomInt(4) === 0) await sleep(randomInt(30));
    command = await say(device, "Acknowledged", uuid);
    await answered(uuid);
  }
  return count;
}

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(Array.from({ length: width }, async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  }));
}

test("two nodes serve one queue: no command goes to two sessions at once, and none is lost when a node is killed", async () => {
  const [survivor, victim] = nodes;
  if (survivor === undefined || victim === undefined) throw new Error("the nodes are not there");
  const keys = sharedKeys();
  const { profileUrl } = await survivor.api.call("createLink", { body: { name: "Two nodes", simulated: true } });
  const devices = Array.from({ length: DEVICES }, () => new SimulatedDevice({ keys }));
  await inParallel(devices, 8, async (device) => {
    await device.enroll(profileUrl);
    await device.runSession();
  });
  const batches: string[] = [];
  for (let n = 0; n < BATCHES; n++) {
    const batch = await survivor.api.call("sendBatch", { body: { requestType: "RestartDevice", target: { filter: { state: "enrolled" } }, push: false } });
    expect(batch.total).toBe(DEVICES);
    batches.push(batch.id);
  }

  const answered = new Set<string>();
  let dying: Promise<void> | null = null;
  const take = async (uuid: string): Promise<void> => {
    answered.add(uuid);
    if (answered.size >= KILL_AFTER) await (dying ??= victim.kill());
  };
  // Each device has two sessions going at once.
  await inParallel(devices, 6, async (device) => {
    await Promise.all([session(device, take), session(device, take)]);
  });
  expect(dying).not.toBeNull();

  // A session that ended early, because the other one held a command, is followed by the one our push brings about.
  const open = async () => (await select<{ udid: string }>(
    `SELECT DISTINCT d."udid" FROM "Command" c JOIN "Enrollment" e ON e."id" = c."enrollmentId" JOIN "Device" d ON d."id" = e."deviceId" WHERE c."queueRank" IS NOT NULL`,
  )).map((row) => row.udid);
  for (let left = await open(); left.length > 0; left = await open()) {
    await inParallel(devices.filter((device) => left.includes(device.udid)), 6, async (device) => void (await session(device, take)));
    await sleep(200);
  }

  const states = await Promise.all(batches.map(async (id) => (await survivor.api.call("getBatch", { params: { id } })).byState));
  expect(states).toEqual(batches.map(() => ({ acknowledged: DEVICES })));
  expect(answered.size).toBe(TOTAL);
  // By the clock of the database: whoever was given a command had it for himself, until he answered or was given up.
  const steps = await select<{ commandId: string; kind: string; at: Date }>(
    `SELECT "commandId", "kind", "at" FROM "Event" WHERE "kind" LIKE 'command.%' AND "commandId" IN (SELECT "id" FROM "Command" WHERE "batchId" IS NOT NULL) ORDER BY "commandId", "id"`,
  );
  const overlaps = steps.filter((step, index) => {
    const before = steps[index - 1];
    const twice = before?.commandId === step.commandId && before.kind === "command.delivered" && step.kind === "command.delivered";
    // An event has the time at which its statement began, so it may have waited for the row.
    return twice && step.at.getTime() - before.at.getTime() < DELIVERY_HOLD_MS / 2;
  });
  expect(overlaps).toEqual([]);
  expect(steps.filter((step) => step.kind === "command.acknowledged")).toHaveLength(TOTAL);
}, 300_000);
