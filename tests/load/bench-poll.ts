/**
 * npm run bench:poll -- [--devices 400] [--seconds 5]
 *
 * Idle polls and command round trips per second of the built server on its embedded database, durable as in
 * production, all on this machine. Every message is signed before the clock starts. Three rounds of at least
 * `seconds` for each number of connections; the table shows the median and the range.
 */
import os from "node:os";
import { parseArgs } from "node:util";
import { readPostmaster } from "../support/embedded-postmaster";
import { startMuster, type MusterServer } from "../support/muster-server";
import { BenchCommandStore } from "./bench-command-store";
import { enrollFleet, idlePolls, roundTrips } from "./bench-fleet";
import { LoadProcess } from "./load-process";
import type { LoadReport } from "./load-message";
import { TABLE_HEAD, table, tableRow, type Measurement } from "./measurement";
import { cpuSeconds } from "./process-cpu";

const CONNECTIONS = [1, 4, 16];
const ROUNDS = 3;
/** A server that has just started runs two to three times slower. */
const FIRST_WARM_UP_SECONDS = 15;
const WARM_UP_SECONDS = 2;

type Measure = (connections: number, seconds: number) => Promise<Measurement>;

const { values } = parseArgs({ options: { devices: { type: "string", default: "400" }, seconds: { type: "string", default: "5" } } });
await bench(Number(values.devices), Number(values.seconds));

async function bench(deviceCount: number, seconds: number): Promise<void> {
  const server = await startMuster({ embedded: true, env: { WORKER: "off", LOG_LEVEL: "warn" } });
  const load = new LoadProcess(Number(new URL(server.url).port));
  const store = await BenchCommandStore.open(server.databaseUrl);
  try {
    const cpu = cpuReader(server);
    console.log(`Node ${process.versions.node}, PostgreSQL ${await store.serverVersion()}, ${os.cpus().length} cores (${os.cpus()[0]?.model ?? "?"})`);
    const began = performance.now();
    const devices = await enrollFleet(server, deviceCount);
    console.log(`${deviceCount} devices enrolled, ${((performance.now() - began) / deviceCount).toFixed(0)} ms each`);
    await load.prepare(idlePolls(devices));
    const polls = await measureAll("idle poll", seconds, pollsFor(load, cpu));
    await load.prepare(await roundTrips(server, devices));
    await store.remember();
    const trips = await measureAll("command round trip", seconds, passesFor(load, store, cpu));
    console.log(`\n${table([TABLE_HEAD, ...polls, ...trips])}\n`);
  } finally {
    load.end();
    await store.close();
    await server.stop();
  }
}

/** The rows of one subject: rounds go over all numbers of connections in turn, so that a slow minute hits all alike. */
async function measureAll(name: string, seconds: number, measure: Measure): Promise<string[][]> {
  console.log(`Measuring ${name}s …`);
  await measure(4, FIRST_WARM_UP_SECONDS);
  const rounds = new Map<number, Measurement[]>(CONNECTIONS.map((connections) => [connections, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [connections, measured] of rounds) {
      await measure(connections, WARM_UP_SECONDS);
      measured.push(await measure(connections, seconds));
    }
  }
  const unexpected = [...rounds.values()].flat().reduce((sum, measured) => sum + measured.unexpected, 0);
  if (unexpected > 0) throw new Error(`${unexpected} answers were not what was expected`);
  return [...rounds].map(([connections, measured]) => tableRow(name, connections, measured));
}

function pollsFor(load: LoadProcess, cpu: CpuReader): Measure {
  return async (connections, seconds) => {
    const before = cpu();
    return measurementOf([await load.run(connections, seconds)], used(before, cpu()));
  };
}

/** A pass answers every device's one command; between passes, off the clock, the commands are queued again. */
function passesFor(load: LoadProcess, store: BenchCommandStore, cpu: CpuReader): Measure {
  return async (connections, seconds) => {
    const reports: LoadReport[] = [];
    let total = cpu() === null ? null : { app: 0, database: 0 };
    let elapsedMs = 0;
    while (elapsedMs < seconds * 1_000) {
      await store.queueAgain();
      const before = cpu();
      const report = await load.pass(connections);
      const spent = used(before, cpu());
      if (total !== null && spent !== null) total = { app: total.app + spent.app, database: total.database + spent.database };
      reports.push(report);
      elapsedMs += report.elapsedMs;
    }
    return measurementOf(reports, total);
  };
}

function measurementOf(reports: readonly LoadReport[], cpu: Measurement["cpu"]): Measurement {
  const latenciesMs = new Float64Array(reports.reduce((sum, report) => sum + report.dialogues, 0));
  let at = 0;
  for (const report of reports) {
    latenciesMs.set(report.latenciesMs, at);
    at += report.dialogues;
  }
  const sum = (value: (report: LoadReport) => number): number => reports.reduce((total, report) => total + value(report), 0);
  return { dialogues: at, seconds: sum((report) => report.elapsedMs) / 1_000, latenciesMs, unexpected: sum((report) => report.unexpected), cpu };
}

type CpuReader = () => Measurement["cpu"];

function cpuReader(server: MusterServer): CpuReader {
  const postmaster = readPostmaster(server.dataDir);
  if (postmaster === null) throw new Error("the embedded database does not run");
  return () => cpuSeconds(server.pid, postmaster.pid);
}

function used(before: Measurement["cpu"], after: Measurement["cpu"]): Measurement["cpu"] {
  return before === null || after === null ? null : { app: after.app - before.app, database: after.database - before.database };
}
