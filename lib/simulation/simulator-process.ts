import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { config } from "@/lib/config/config";
import { log } from "@/lib/config/log";
import { processWide } from "@/lib/config/process-wide";

/** `npm run build` makes it of the simulated devices that the tests use. */
const PROGRAM = path.join("dist", "simulate.mjs");
const GRACE_MS = 5_000;

interface Simulator {
  child: ChildProcess | null;
  lastWords: string | null;
}
const simulator = processWide<Simulator>("simulator", () => ({ child: null, lastWords: null }));

/** Does this node answer for simulated devices? */
export function isSimulating(): boolean {
  return simulator.child !== null;
}

/** The last line it has printed; null when it never ran on this node. */
export function simulatorWords(): string | null {
  return simulator.lastWords;
}

/** Enrolls so many simulated devices and answers for them until it is stopped. It speaks to this server as a stranger would. */
export function startSimulator(devices: number, about: { profileUrl: string }): void {
  const { publicUrl } = config();
  const child = spawn(process.execPath, [PROGRAM, "--devices", String(devices), "--url", publicUrl, "--profile", about.profileUrl], { stdio: ["ignore", "pipe", "pipe"] });
  Object.assign(simulator, { child, lastWords: "Starting." });
  for (const output of [child.stdout, child.stderr]) output.setEncoding("utf8").on("data", hear);
  child.on("error", (error) => log.warn("the simulator did not start", { error: error.message }));
  child.on("close", () => {
    if (simulator.child === child) simulator.child = null;
  });
}

/** The devices fall silent. */
export async function stopSimulator(): Promise<void> {
  const { child } = simulator;
  if (child === null) return;
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  await closed;
  clearTimeout(timer);
}

function hear(text: string): void {
  const line = text.trim().split(/\r|\n/).at(-1)?.trim();
  if (line !== undefined && line !== "") simulator.lastWords = line.slice(0, 300);
}
