import { log } from "@/lib/config/log";
import type { ApnsClient } from "./apns-client";
import { pushBrake } from "./push-brake";
import { pushSender } from "./push-sender";
import { claimDuePushes, nextPushInMs } from "./push-store";

/** All pushes of one topic: its own client, its own pace, so that a broken topic holds up no other. */
export interface PushLane {
  /** Looks for due pushes now. */
  wake(): void;
  /** Takes no more, waits for what is under way, and writes it down. */
  stop(): Promise<void>;
}

const BATCH = 500;
/** Looked at least that often: a signal may be lost, and the pushes of a node that died come free. */
const LONGEST_SLEEP_MS = 15_000;
const AFTER_ERROR_MS = 1_000;
/** Rows that are due but locked by somebody else. */
const BUSY_MS = 100;

/** `test`: the topic of simulated devices, whose events say so. */
export function pushLane(topic: string, client: ApnsClient, test: boolean): PushLane {
  const brake = pushBrake();
  const sender = pushSender(topic, client, test, brake, wake); // results may have set new due times
  let stopping = false;
  let woken = false;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;

  /** Takes and sends until nothing more is due. */
  async function drain(): Promise<void> {
    while (!stopping && brake.pausedMs() === 0) {
      const limit = Math.min(sender.room(), BATCH);
      if (limit <= 0) {
        await sender.progress();
        continue;
      }
      const { found, pushes } = await claimDuePushes(topic, limit);
      sender.send(pushes);
      if (found < limit) return;
    }
  }

  /** Answers how long to sleep. */
  async function work(): Promise<number> {
    do {
      woken = false;
      await drain();
    } while (woken && !stopping && brake.pausedMs() === 0);
    return brake.pausedMs() || Math.max((await nextPushInMs(topic)) ?? LONGEST_SLEEP_MS, BUSY_MS);
  }

  async function run(): Promise<void> {
    let sleepMs = AFTER_ERROR_MS;
    try {
      sleepMs = await work();
      if (woken && brake.pausedMs() === 0) sleepMs = 0;
    } catch (error) {
      log.warn("the push worker could not reach the database", { topic, error });
    }
    running = null;
    if (!stopping) timer = setTimeout(wake, Math.min(sleepMs, LONGEST_SLEEP_MS));
  }

  function wake(): void {
    woken = true;
    if (running !== null || stopping) return;
    if (timer !== null) clearTimeout(timer);
    running = run();
  }

  return {
    wake,
    async stop() {
      stopping = true;
      if (timer !== null) clearTimeout(timer);
      sender.hurry();
      await running;
      await sender.close();
    },
  };
}
