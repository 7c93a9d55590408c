import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "@/tests/support/until";
import { closeDatabase, database, openDatabase } from "../database";
import { onSignal, signal } from "../signals";
import { isStorageUnavailable } from "../storage-errors";
import { startEmbedded, type EmbeddedDatabase } from "./embedded-database";

const SETTINGS = { fsync: "off" };
let dataDir = "";
let started: EmbeddedDatabase[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), "muster-embedded-"));
});
afterEach(async () => {
  for (const embedded of started) await embedded.stop();
  started = [];
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(folder = dataDir): Promise<EmbeddedDatabase> {
  const embedded = await startEmbedded(folder, SETTINGS);
  started.push(embedded);
  return embedded;
}

async function ask<R extends pg.QueryResultRow>(url: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

const pidFile = (): string => path.join(dataDir, "postgres/data/postmaster.pid");
const serverPid = (): number => Number(readFileSync(pidFile(), "utf8").split("\n")[0]);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("it listens on no TCP port and keeps its folder to itself", async () => {
  const { url } = await start();
  expect(await ask(url, "SHOW listen_addresses")).toEqual([{ listen_addresses: "" }]);
  expect(statSync(path.join(dataDir, "postgres")).mode & 0o777).toBe(0o700);
  expect(await ask(url, "SHOW data_checksums")).toEqual([{ data_checksums: "on" }]);
});

test("it takes its share of the memory, and no second core for one question", async () => {
  const { url } = await start();
  const [buffers] = await ask<{ mb: number }>(url, "SELECT setting::int / 128 AS mb FROM pg_settings WHERE name = 'shared_buffers'");
  expect(buffers?.mb).toBeGreaterThanOrEqual(128);
  expect(buffers?.mb).toBeLessThanOrEqual(Math.max(128, os.totalmem() / 8 / 1_048_576));
  expect(await ask(url, "SHOW max_parallel_workers_per_gather")).toEqual([{ max_parallel_workers_per_gather: "0" }]);
});

test("after a stop it is gone, and what was written is there at the next start", async () => {
  const first = await start();
  await ask(first.url, "CREATE TABLE kept (id int)");
  const pid = serverPid();
  await first.stop();
  // It has ended; who reaps it may take a moment.
  await expect.poll(() => isAlive(pid)).toBe(false);
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(await ask(second.url, "SELECT * FROM kept")).toEqual([]);
});

test("a server that a killed process left running is taken over, and stopped by who took it over", async () => {
  const killed = await start();
  const pid = serverPid();
  const next = await start();
  expect(next.adopted).toBe(true);
  expect(next.url).toBe(killed.url);
  expect(serverPid()).toBe(pid);
  await next.stop();
  // The process table may keep it a little longer than its socket.
  await until(() => !isAlive(pid));
});

test("a stop leaves the server to another Muster that is connected", async () => {
  const { url, stop } = await start();
  const other = new pg.Client({ connectionString: url, application_name: "muster" });
  await other.connect();
  await stop();
  expect((await other.query<{ one: number }>("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await other.end();
});

test("a pid file that names a stranger's process does not keep it from starting", async () => {
  const first = await start();
  await first.stop();
  writeFileSync(pidFile(), `${process.pid}\n`);
  const { url } = await start();
  expect(await ask(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("a folder whose name is too long for a socket works too", async () => {
  const deep = path.join(dataDir, "d".repeat(60), "e".repeat(60));
  mkdirSync(deep, { recursive: true });
  const { url } = await start(deep);
  expect(await ask(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("a data directory of another PostgreSQL version is refused with a sentence", async () => {
  const { stop } = await start();
  await stop();
  writeFileSync(path.join(dataDir, "postgres/data/PG_VERSION"), "15\n");
  await expect(start()).rejects.toThrow("was made by PostgreSQL 15");
});

test("when the server dies, queries fail as unavailable, then it runs again, and pool and signals go on", async () => {
  const { url } = await start();
  openDatabase(url);
  try {
    let heard = 0;
    onSignal("events", () => (heard += 1));
    await database().pool.query("SELECT 1");
    await until(() => heard > 0);
    process.kill(serverPid(), "SIGKILL");
    const failures: unknown[] = [];
    await until(() => database().pool.query("SELECT 1").then(() => failures.length > 0, (error: unknown) => failures.push(error) < 0));
    expect(failures.filter((error) => !isStorageUnavailable(error))).toEqual([]);
    const before = heard;
    await until(() => {
      signal("events");
      return heard > before + 1; // one for the new connection, one for a signal
    });
  } finally {
    await closeDatabase();
  }
});

test.skipIf(process.getuid?.() !== 0)("for root it runs as another user, also where that user may not enter", async () => {
  const closed = path.join(dataDir, "closed");
  mkdirSync(closed, { mode: 0o700 });
  await start(path.join(closed, "data"));
  const pid = readFileSync(path.join(closed, "data/postgres/data/postmaster.pid"), "utf8").split("\n")[0] ?? "";
  expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
});
