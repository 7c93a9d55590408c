import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { config } from "@/lib/config/config";
import { database } from "@/lib/db/database";
import { derToPem } from "@/lib/crypto/pem";
import { AssignmentStandIn } from "@/tests/support/assignment-stand-in";
import { withTestDatabase } from "@/tests/support/database";
import { createConfiguration } from "./configuration-service";
import { assignConfiguration, listAdeDevices } from "./device-list-service";
import { changeServer, createServer, readServer, requestSync } from "./server-service";
import { syncDueServers } from "./sync-worker";
import { putToken } from "./token-service";

withTestDatabase();

let apple: AssignmentStandIn;
beforeAll(async () => {
  apple = await AssignmentStandIn.start();
  config().adeUrl = apple.url;
});
afterAll(() => apple.close());

let id: string;
beforeEach(async () => {
  await database().pool.query(`DELETE FROM "AdeServer"`);
  apple.account.devices.clear();
  apple.requests.splice(0);
  apple.unscript();
  const made = await createServer({ name: "School" }, "user:ada@example.org");
  id = made.id;
  await putToken(id, { token: apple.mintToken(derToPem(made.certificate)), confirmAccountChange: false }, "user:ada@example.org");
});

const states = async () => Object.fromEntries((await listAdeDevices({ limit: 200 })).items.map((device) => [device.serialNumber, device.state]));

test("nodes that look at the same time read the list once", async () => {
  apple.account.add("AAAAAAAA01");
  apple.script(/server\/devices/, { status: 0, body: "" }, { delayMs: 300 });
  await Promise.all([syncDueServers(), syncDueServers(), syncDueServers()]);
  expect(apple.count("POST /server/devices")).toBe(1);
  expect(await states()).toEqual({ AAAAAAAA01: "not-assigned" });
  await syncDueServers();
  expect(apple.count("POST /devices/sync")).toBe(0);
});

test("a page that broke off is read again, and nothing of it is lost or counted twice", async () => {
  for (let n = 0; n < 1_500; n++) apple.account.add(`BBBB${String(n).padStart(6, "0")}`);
  apple.script(/server\/devices/, { status: 0, body: "" });
  apple.script(/server\/devices/, { status: 500, body: "" });
  await syncDueServers();
  expect(await readServer(id)).toMatchObject({ devices: 1_000, problem: "service-error", cursor: expect.any(String), fullReadSince: expect.any(Date) });
  await requestSync(id, { full: false }, "user:ada@example.org");
  await syncDueServers();
  expect(await readServer(id)).toMatchObject({ devices: 1_500, problem: null, fullReadSince: null });
  expect(apple.count("POST /server/devices")).toBe(3);
});

test("a device that has come back gets the default anew, one that Apple has emptied gets its own again, and one that was released stays so", async () => {
  const { id: configurationId } = await createConfiguration({ name: `Default ${id}` }, "user:ada@example.org");
  await changeServer(id, { defaultConfigurationId: configurationId }, "user:ada@example.org");
  for (const serial of ["CCCCCCCC01", "CCCCCCCC02", "CCCCCCCC03"]) apple.account.add(serial);
  await syncDueServers();
  expect(await states()).toEqual({ CCCCCCCC01: "assigned", CCCCCCCC02: "assigned", CCCCCCCC03: "assigned" });
  await assignConfiguration({ serials: ["CCCCCCCC03"] }, null, "user:ada@example.org");
  await syncDueServers();
  apple.account.remove("CCCCCCCC01");
  apple.account.change("CCCCCCCC02", { profile_status: "empty", profile_uuid: undefined });
  await requestSync(id, { full: false }, "user:ada@example.org");
  await syncDueServers();
  expect((await listAdeDevices({ limit: 10, state: "gone-from-account" })).items.map((device) => device.serialNumber)).toEqual(["CCCCCCCC01"]);
  apple.account.add("CCCCCCCC01");
  await requestSync(id, { full: false }, "user:ada@example.org");
  await syncDueServers();
  expect(await states()).toEqual({ CCCCCCCC01: "assigned", CCCCCCCC02: "assigned", CCCCCCCC03: "not-assigned" });
});

test("more than a thousand devices are assigned in several requests, and a node that waits tells nobody twice", async () => {
  const { id: configurationId } = await createConfiguration({ name: `Many ${id}` }, "user:ada@example.org");
  for (let n = 0; n < 1_200; n++) apple.account.add(`DDDD${String(n).padStart(6, "0")}`);
  await syncDueServers();
  expect(await assignConfiguration({ filter: { state: "not-assigned" } }, configurationId, "user:ada@example.org")).toBe(1_200);
  await Promise.all([syncDueServers(), syncDueServers()]);
  await syncDueServers();
  expect(apple.count("PUT /profile/devices")).toBe(2);
  expect(apple.count("POST /profile")).toBe(1);
  expect((await listAdeDevices({ limit: 1, state: "assigned" })).total).toBe(1_200);
  expect(apple.violations).toEqual([]);
});

test("a complaint about a cursor that was not given holds the server like every other refusal", async () => {
  apple.script(/server\/devices/, { status: 400, body: "CURSOR_REQUIRED" });
  await syncDueServers();
  expect(await readServer(id)).toMatchObject({ problem: "request-refused", heldUntil: expect.any(Date), cursor: null });
  await syncDueServers();
  expect(apple.count("POST /server/devices")).toBe(1);
});

test.each([false, true])("who asks for the list while it is being read gets what has happened meanwhile (full: %s)", async (full) => {
  apple.account.add("EEEEEEEE01");
  await syncDueServers();
  await requestSync(id, { full: false }, "user:ada@example.org");
  apple.script(/devices\/sync/, { status: 0, body: "" }, { delayMs: 500 });
  const reading = syncDueServers();
  await expect.poll(() => apple.count("POST /devices/sync")).toBe(1);
  // The answer is on its way already.
  apple.account.add("EEEEEEEE02");
  await requestSync(id, { full }, "user:ada@example.org");
  await reading;
  await syncDueServers();
  expect(await states()).toEqual({ EEEEEEEE01: "not-assigned", EEEEEEEE02: "not-assigned" });
  expect(apple.count("POST /server/devices")).toBe(full ? 2 : 1);
});
