import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AssignmentStandIn } from "../support/assignment-stand-in";
import { testDatabase, type TestDatabase } from "../support/database";
import { startMuster, type MusterServer } from "../support/muster-server";
import { eventually } from "../support/stage";

const DEVICES = 3_500;

let database: TestDatabase;
let apple: AssignmentStandIn;
let nodes: [MusterServer, MusterServer];
beforeAll(async () => {
  [database, apple] = await Promise.all([testDatabase(), AssignmentStandIn.start()]);
  const env = { DATABASE_URL: database.url, MASTER_KEY: randomBytes(32).toString("hex"), ADE_URL: apple.url };
  nodes = [await startMuster({ env }), await startMuster({ env })];
  for (let n = 0; n < DEVICES; n++) apple.account.add(`EEEE${String(n).padStart(6, "0")}`);
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  await apple.close();
  await database.drop();
});

const reads = () => apple.count("POST /server/devices");

test("two nodes read an account once, and when one is killed in the middle the other reads on without losing or repeating what was kept", async () => {
  const [first, second] = nodes;
  const made = await second.api.call("createAdeServer", { body: { name: "Fleet" } });
  // Each page takes a while, so that the kill falls into one.
  apple.script(/server\/devices/, { status: 0, body: "" }, { times: 4, delayMs: 1_500 });
  await second.api.call("putAdeServerToken", { params: { id: made.id }, body: { token: apple.mintToken(made.certificatePem) } });
  await eventually(() => Promise.resolve(reads()), (count) => count >= 2);
  await first.kill();
  const server = await eventually(() => second.api.call("getAdeServer", { params: { id: made.id } }), ({ sync }) => sync.syncedAt !== null && !sync.full);
  expect(server.devices).toBe(DEVICES);
  // Four pages; the one that the killed node had asked for may have been asked for again.
  expect(reads()).toBeGreaterThanOrEqual(4);
  expect(reads()).toBeLessThanOrEqual(5);
  const before = apple.count("POST /devices/sync");
  await first.restart();
  await second.api.call("syncAdeServer", { params: { id: made.id } });
  await eventually(() => second.api.call("getAdeServer", { params: { id: made.id } }), ({ sync }) => sync.syncedAt !== server.sync.syncedAt);
  expect(apple.count("POST /devices/sync")).toBe(before + 1);
  expect(apple.violations).toEqual([]);
});
