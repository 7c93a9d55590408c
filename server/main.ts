import { setTimeout as sleep } from "node:timers/promises";
import { config } from "@/lib/config/config";
import { ConfigError } from "@/lib/config/environment";
import { log } from "@/lib/config/log";
import { StartError } from "./start-error";
import { startServer, type Started } from "./start-server";

/** npm forwards the Ctrl-C that the terminal has sent us already: only a later one is a second one. */
const SAME_SIGNAL_MS = 500;
/** How long a stop waits for a start that is under way. */
const START_GRACE_MS = 5_000;

// An error nobody handled belongs to one request or job; ending the process would hurt every other device.
process.on("unhandledRejection", (error) => log.error("a promise failed unhandled", { error }));

// Whoever read our output may have gone. Unheard, that error would be reported, to the same closed pipe, for ever.
for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);

const started: Started = { stops: [] };
const starting = main();
stopOnSignals();
await starting;

async function main(): Promise<void> {
  try {
    config();
    await startServer(started);
  } catch (error) {
    explain(error);
    await stopAll();
    process.exit(1);
  }
}

function explain(error: unknown): void {
  if (error instanceof ConfigError) error.problems.forEach(say);
  else if (error instanceof StartError) say(error.message);
  else log.error("Muster could not start", { error });
}

function say(sentence: string): void {
  process.stderr.write(`muster: ${sentence}\n`);
}

/** What was started last is stopped first. Answers whether all of it stopped cleanly. */
async function stopAll(): Promise<boolean> {
  let isClean = true;
  for (const stop of started.stops.splice(0).reverse()) {
    await stop().catch((error: unknown) => {
      isClean = false;
      log.error("a part did not stop cleanly", { error });
    });
  }
  return isClean;
}

function stopOnSignals(): void {
  let since: number | null = null;
  async function onSignal(signal: NodeJS.Signals): Promise<void> {
    if (since !== null) {
      if (Date.now() - since > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    since = Date.now();
    say(`${signal}: finishing what runs; once more to leave at once`);
    await Promise.race([starting, sleep(START_GRACE_MS)]);
    process.exit((await stopAll()) ? 0 : 1);
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, (name) => void onSignal(name));
}
