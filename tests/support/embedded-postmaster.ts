import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface Postmaster {
  pid: number;
  url: string;
}

/** The embedded database server below a DATA_DIR, from its postmaster.pid; null when none runs. */
export function readPostmaster(dataDir: string): Postmaster | null {
  try {
    // Lines: pid, data directory, start time, port, socket directory, …
    const [pid, , , , socket] = readFileSync(path.join(dataDir, "postgres/data/postmaster.pid"), "utf8").split("\n");
    process.kill(Number(pid), 0);
    return { pid: Number(pid), url: `postgresql://muster@localhost/postgres?host=${encodeURIComponent(socket ?? "")}` };
  } catch {
    return null;
  }
}

/** Ends a database server that a killed Muster has left behind (SIGINT: fast shutdown). */
export async function stopPostmaster(dataDir: string): Promise<void> {
  const postmaster = readPostmaster(dataDir);
  if (postmaster === null) return;
  process.kill(postmaster.pid, "SIGINT");
  for (let waited = 0; waited < 20_000 && readPostmaster(dataDir) !== null; waited += 50) await sleep(50);
}
