/**
 * npm run bench:push -- [--enrollments 20000] [--rounds 5] [--profile push.cpuprofile]
 *
 * Pushes per second of the built server on its embedded database, durable as in production, over one connection to
 * the APNs stand-in, which runs in a process of its own on this machine and checks every request. In a round every
 * enrollment is due at once; the clock stops when every outcome is written. The first round warms up and does not count.
 * With --profile the server's CPU profile is written to that file, and the figures are worth little.
 */
import { randomBytes, randomUUID } from "node:crypto";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { closeDatabase, openDatabase } from "@/lib/db/database";
import { readPostmaster } from "../support/embedded-postmaster";
import { startMuster, type MusterServer } from "../support/muster-server";
import { enrollForPush } from "../support/push-enrollments";
import { ApnsProcess } from "./apns-process";
import { BenchPushStore } from "./bench-push-store";
import { spread, table } from "./measurement";
import { cpuSeconds, ownCpuSeconds, residentMebibytes } from "./process-cpu";

const ENROLL_BATCH = 1_000;
const LOOK_EVERY_MS = 20;

/** CPU in seconds for all pushes of the round. */
interface Round {
  seconds: number;
  app: number;
  database: number;
  standIn: number;
  residentMiB: number;
}

const { values } = parseArgs({
  options: { enrollments: { type: "string", default: "20000" }, rounds: { type: "string", default: "5" }, profile: { type: "string" } },
});
await bench(Number(values.enrollments), Number(values.rounds), values.profile === undefined ? {} : profilerOf(values.profile));

function profilerOf(file: string): Record<string, string> {
  return { NODE_OPTIONS: `--import ${new URL("./profile-cpu.mjs", import.meta.url).href}`, CPU_PROFILE: path.resolve(file) };
}

async function bench(enrollments: number, rounds: number, profiling: Record<string, string>): Promise<void> {
  const topic = `com.apple.mgmt.External.${randomUUID()}`;
  const apns = await ApnsProcess.start(topic);
  process.env["MASTER_KEY"] = randomBytes(32).toString("hex");
  const { url, caFile, certificatePem, privateKeyPem } = apns.ready;
  const env = { APNS_URL: url, APNS_CA_FILE: caFile, MASTER_KEY: process.env["MASTER_KEY"], LOG_LEVEL: "warn", ...profiling };
  const server = await startMuster({ embedded: true, env });
  const store = await BenchPushStore.open(server.databaseUrl);
  try {
    console.log(`Node ${process.versions.node}, PostgreSQL ${await store.serverVersion()}, ${os.cpus().length} cores (${os.cpus()[0]?.model ?? "?"})`);
    await server.api.call("uploadPushCertificate", { body: { certificatePem, privateKeyPem } });
    await enrollAll(server, topic, enrollments);
    console.log(`${enrollments} enrollments`);
    const measured: Round[] = [];
    for (let round = 0; round <= rounds; round++) {
      const result = await pushAll(server, store, apns, enrollments);
      if (round > 0) measured.push(result);
      console.log(`${round === 0 ? "warm-up" : `round ${round}`}: ${(enrollments / result.seconds).toFixed(0)} a second, RSS ${result.residentMiB.toFixed(0)} MiB`);
    }
    console.log(`\n${summary(enrollments, measured)}\n`);
    const { connections, violations } = await apns.counts();
    if (violations.length > 0) throw new Error(`the stand-in objected: ${violations.join("; ")}`);
    console.log(`connections: ${connections}`);
  } finally {
    await store.close();
    await server.stop();
    apns.end();
  }
}

async function enrollAll(server: MusterServer, topic: string, count: number): Promise<void> {
  openDatabase(server.databaseUrl);
  for (let made = 0; made < count; made += ENROLL_BATCH) await enrollForPush(topic, Math.min(ENROLL_BATCH, count - made));
  await closeDatabase();
}

async function pushAll(server: MusterServer, store: BenchPushStore, apns: ApnsProcess, count: number): Promise<Round> {
  await store.tidy();
  const wanted = (await apns.counts()).accepted + count;
  await store.makeAllDue();
  const used = cpuMeter(server, apns);
  const began = performance.now();
  while ((await apns.counts()).accepted < wanted) await sleep(LOOK_EVERY_MS);
  while ((await store.waiting()) > 0) await sleep(LOOK_EVERY_MS);
  const seconds = (performance.now() - began) / 1_000;
  const { accepted } = await apns.counts();
  if (accepted !== wanted) throw new Error(`${accepted - wanted} pushes too many`);
  return { seconds, ...used(), residentMiB: residentMebibytes(server.pid) ?? Number.NaN };
}

/** What app, database and stand-in use from now on. */
function cpuMeter(server: MusterServer, apns: ApnsProcess): () => Pick<Round, "app" | "database" | "standIn"> {
  const postmaster = readPostmaster(server.dataDir);
  if (postmaster === null) throw new Error("the embedded database does not run");
  const read = () => {
    const { app, database } = cpuSeconds(server.pid, postmaster.pid) ?? { app: Number.NaN, database: Number.NaN };
    return { app, database, standIn: ownCpuSeconds(apns.pid) ?? Number.NaN };
  };
  const before = read();
  return () => {
    const after = read();
    return { app: after.app - before.app, database: after.database - before.database, standIn: after.standIn - before.standIn };
  };
}

function summary(count: number, rounds: readonly Round[]): string {
  const over = (value: (round: Round) => number, digits: number): string => spread(rounds.map(value), digits);
  const perThousand = (part: "app" | "database" | "standIn"): string => over((round) => (round[part] / count) * 1_000, 3);
  return table([
    ["", "per second", "app CPU s/1000", "database CPU s/1000", "stand-in CPU s/1000", "RSS MiB"],
    ["push", over((round) => count / round.seconds, 0), perThousand("app"), perThousand("database"), perThousand("standIn"), over((round) => round.residentMiB, 0)],
  ]);
}
