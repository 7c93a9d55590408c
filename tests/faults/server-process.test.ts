import { spawnSync } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readPostmaster } from "../support/embedded-postmaster";
import { startMuster, type MusterServer } from "../support/muster-server";
import { SimulatedDevice } from "../support/simulated-device";
import { until } from "../support/until";

let muster: MusterServer;
let profileUrl = "";
beforeAll(async () => {
  muster = await startMuster({ embedded: true });
  profileUrl = (await muster.api.call("createLink", { body: { name: "Test devices", simulated: true } })).profileUrl;
});
afterAll(() => muster.stop());

const postmasterPid = (): number | null => readPostmaster(muster.dataDir)?.pid ?? null;

/** A start that is expected to fail, as a person at a terminal sees it. */
function failingStart(environment: Record<string, string>): { status: number | null; stderr: string } {
  const { PATH, HOME } = process.env;
  const { status, stderr } = spawnSync(process.execPath, [path.resolve("dist/server.mjs")], {
    env: { PATH, HOME, NODE_ENV: "production", ...environment },
    encoding: "utf8",
  });
  return { status, stderr };
}

test("a database that dies is started again, and a device that asks goes on with the same identity", async () => {
  const device = await SimulatedDevice.enroll(profileUrl);
  await device.runSession();
  const pid = postmasterPid();
  process.kill(pid ?? 0, "SIGKILL");
  const statuses: number[] = [];
  await until(async () => {
    const { status } = await device.deliver(device.signReport("Idle"));
    statuses.push(status);
    return status === 200 && postmasterPid() !== pid;
  });
  expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  await until(() => muster.logs.includes("the embedded database runs again"));
});

test("a start after the server was killed takes over the database that still runs", async () => {
  const pid = postmasterPid();
  await muster.kill();
  expect(postmasterPid()).toBe(pid);
  await muster.restart();
  expect(postmasterPid()).toBe(pid);
  await muster.api.call("listDevices");
});

test("a start after server and database were killed at once finds everything", async () => {
  const before = await muster.api.call("listDevices");
  const pid = postmasterPid();
  await muster.kill();
  process.kill(pid ?? 0, "SIGKILL");
  await muster.restart();
  expect((await muster.api.call("listDevices")).total).toBe(before.total);
});

test("a second start on the same port says so and leaves the first and its database alone", async () => {
  const pid = postmasterPid();
  const { port } = new URL(muster.url);
  const second = failingStart({ HOST: "127.0.0.1", PORT: port, DATA_DIR: muster.dataDir });
  expect(second).toEqual({ status: 1, stderr: `muster: Port ${port} is in use: stop the other program, or set PORT to another port.\n` });
  expect(postmasterPid()).toBe(pid);
  await muster.api.call("listDevices");
});

test("bad settings end the start with one sentence each", () => {
  expect(failingStart({ PORT: "web", WORKER: "maybe", DATA_DIR: muster.dataDir })).toEqual({
    status: 1,
    stderr: "muster: PORT must be a whole number.\nmuster: WORKER must be on or off.\n",
  });
});

test("an orderly end stops the database too, and says nothing is wrong", async () => {
  process.kill(muster.pid, "SIGTERM");
  await until(() => postmasterPid() === null);
  await muster.restart();
  expect(muster.logs).not.toContain("did not stop cleanly");
});
