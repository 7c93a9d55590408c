/**
 * npm run simulate -- [--devices 50] [--url http://localhost:3000] [--token …] [--profile …]
 *
 * Enrolls simulated devices in a running server and answers for them whenever the server pushes, until Ctrl-C.
 * Their keys live in this process alone: once it has ended its devices stay silent, as lost ones would.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { config } from "@/lib/config/config";
import type { EventDto } from "@/lib/contracts/events";
import { ApiClient, ApiProblem, type Token } from "./api-client";
import { followEvents } from "./event-stream";
import { SimulatedFleet } from "./simulated-fleet";

interface Options {
  devices: number;
  url: string;
  token: Token;
  /** Of a link that is there already; null makes one. */
  profileUrl: string | null;
}

class UsageError extends Error {}

try {
  await simulate(readOptions());
} catch (error) {
  console.error(`simulate: ${explain(error)}`);
  process.exit(1);
}

async function simulate({ devices, url, token, ...options }: Options): Promise<void> {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  const api = new ApiClient(url, token);
  const profileUrl = options.profileUrl ?? (await api.call("createLink", { body: { name: "Simulated devices", simulated: true, maxUses: devices } })).profileUrl;
  const failures: unknown[] = [];
  const fleet = new SimulatedFleet({
    enrolled: () => progress(`Enrolled ${fleet.size} of ${devices} devices`),
    failed: (error) => void failures.push(error),
    session: (device, commands) => say(`${device.state.name}: ${commands.map(({ requestType }) => requestType).join(", ")}`),
    left: (device) => say(`${device.state.name} is no longer managed`),
  });
  // Listening comes first: the earliest devices are pushed while the last ones still enroll.
  const listening = followEvents(api, (event) => wakePushed(fleet, event), {
    signal: stop.signal,
    onChange: (connected) => {
      if (!stop.signal.aborted) say(connected ? `Listening to ${url}` : `${url} is gone; trying again`);
    },
  });
  await Promise.race([fleet.enroll(profileUrl, devices), listening]);
  if (failures.length > 0) say(`${failures.length} devices could not enroll: ${explain(failures[0])}`);
  if (fleet.size === 0 && !stop.signal.aborted) throw new UsageError("no device could enroll");
  if (!stop.signal.aborted) say(`${fleet.size} simulated devices wait for pushes. Ctrl-C silences them for good.`);
  await listening;
  process.exit();
}

/** Pushes to the test topic go nowhere; their event is all that is left of them. */
function wakePushed(fleet: SimulatedFleet, event: EventDto): void {
  const { test, udid } = event.data;
  if (event.kind === "push.sent" && test === true && typeof udid === "string") fleet.push(udid);
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: { devices: { type: "string", default: "50" }, url: { type: "string" }, token: { type: "string" }, profile: { type: "string" } },
  });
  const devices = Number(values.devices);
  if (!Number.isInteger(devices) || devices < 1 || devices > 100_000) throw new UsageError("--devices takes a number from 1 to 100000");
  const url = (values.url ?? config().publicUrl).replace(/\/+$/, "");
  return { devices, url, token: values.token ?? localToken, profileUrl: values.profile ?? null };
}

/** The token a server keeps for tools on the same machine; it makes a new one at each start. */
function localToken(): string {
  const file = path.join(config().dataDir, "local-token");
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    throw new UsageError(`${file} cannot be read. Is the server running with this DATA_DIR? Otherwise give --url and --token.`);
  }
}

function explain(error: unknown): string {
  if (error instanceof UsageError || error instanceof ApiProblem) return error.message;
  if (error instanceof TypeError && error.message === "fetch failed") return "the server does not answer; start it with: npm start";
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function progress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r${text}`);
}

function say(text: string): void {
  const time = new Date().toLocaleTimeString("en-GB");
  process.stdout.write(`${process.stdout.isTTY ? "\r\x1b[K" : ""}${time}  ${text}\n`);
}
