import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/config/log";
import { binary } from "./binaries";
import { EMBEDDED_USER, POSTGRES_ENVIRONMENT, prepareDataFolder, removeStalePidFile, type DataFolder } from "./data-folder";
import { othersAreConnected, ping } from "./probe";
import { embeddedSettings } from "./settings";

export interface EmbeddedDatabase {
  url: string;
  /** A server that an earlier process had left running was taken over. */
  adopted: boolean;
  /** Fast shutdown; leaves it running while another Muster is connected. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 25;
const WATCH_MS = 500;

/**
 * Starts PostgreSQL below `dataDir`, or takes over the one that runs there, and starts it again whenever it
 * dies. `settings` are further server settings such as { fsync: "off" } for tests.
 */
export async function startEmbedded(dataDir: string, settings: Record<string, string> = {}): Promise<EmbeddedDatabase> {
  const folder = prepareDataFolder(dataDir);
  const url = `postgresql://${EMBEDDED_USER}@localhost/postgres?host=${encodeURIComponent(folder.socket)}`;
  const adopted = await ping(url, folder.data);
  if (!adopted) await launch(folder, url, settings);
  const watch = keepRunning(folder, url, settings);
  return {
    url,
    adopted,
    async stop() {
      watch.stop();
      if (await othersAreConnected(url)) return;
      await shutDown(folder.data);
    },
  };
}

/** Starts the server and waits until it answers; repeats while an old one still dies. */
async function launch(folder: DataFolder, url: string, settings: Record<string, string>): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let running = { exited: true };
  while (!(await ping(url, folder.data))) {
    if (Date.now() > deadline) throw new Error(`The embedded database did not start; see ${folder.logFile}`);
    if (running.exited) {
      removeStalePidFile(folder.data);
      running = spawnServer(folder, settings);
    }
    await sleep(POLL_MS);
    if (running.exited) await sleep(8 * POLL_MS);
  }
}

function spawnServer(folder: DataFolder, settings: Record<string, string>): { exited: boolean } {
  const flags = Object.entries({ ...embeddedSettings(), ...settings }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const { file, args, ...user } = folder.runner.command(binary("postgres"), ["-D", folder.data, "-k", folder.socket, "-h", "", "-p", "5432", ...flags]);
  const output = openSync(folder.logFile, "a", 0o600);
  const state = { exited: false };
  // detached: Ctrl-C in the terminal must reach us alone, so that requests can finish before the database stops
  const child = spawn(file, args, { ...user, cwd: folder.socket, env: POSTGRES_ENVIRONMENT, stdio: ["ignore", output, output], detached: true });
  closeSync(output);
  child.on("error", (error) => {
    state.exited = true;
    log.error("the embedded database could not be started", { error });
  });
  child.on("exit", () => (state.exited = true));
  child.unref();
  return state;
}

function keepRunning(folder: DataFolder, url: string, settings: Record<string, string>): { stop(): void } {
  let stopped = false;
  let busy = false;
  async function look(): Promise<void> {
    if (busy || stopped || serverPid(folder.data) !== null) return;
    busy = true;
    try {
      log.error("the embedded database has died; starting it again");
      await launch(folder, url, settings);
      log.info("the embedded database runs again");
    } catch (error) {
      log.error("the embedded database did not come back", { error });
    } finally {
      busy = false;
    }
  }
  const timer = setInterval(() => void look(), WATCH_MS);
  timer.unref();
  return {
    stop: () => {
      stopped = true;
      clearInterval(timer);
    },
  };
}

/** The pid in postmaster.pid if such a process lives. */
function serverPid(data: string): number | null {
  try {
    const pid = Number(readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n")[0]);
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

/** SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, everything is written. */
async function shutDown(data: string): Promise<void> {
  const pid = serverPid(data);
  if (pid === null) return;
  process.kill(pid, "SIGINT");
  for (let waited = 0; serverPid(data) === pid && waited < 20_000; waited += POLL_MS) await sleep(POLL_MS);
}
