import { randomUUID } from "node:crypto";
import { log } from "@/lib/config/log";
import { unseal } from "@/lib/db/sealed";
import type { ApnsClient, PushAnswer } from "./apns-client";
import { outcomeOf } from "./apns-outcome";
import { raisePushAlarm } from "./push-alarm";
import type { PushAlarm } from "./push-alarm-store";
import { retryTime } from "./push-backoff";
import { pushBrake } from "./push-brake";
import { pushRecorder } from "./push-recorder";
import { claimDuePushes, nextPushInMs, type ClaimedPush } from "./push-store";

/** All pushes of one topic: its own client, its own pace, so that a broken topic holds up no other. */
export interface PushLane {
  /** Looks for due pushes now. */
  wake(): void;
  /** Takes no more, waits for what is under way, and writes it down. */
  stop(): Promise<void>;
}

const BATCH = 500;
const MOST_IN_FLIGHT = 1500;
/** Looked at least that often: a signal may be lost, and the pushes of a node that died come free. */
const LONGEST_SLEEP_MS = 15_000;
const ALARM_EVERY_MS = 60_000;
const AFTER_ERROR_MS = 1_000;
/** Rows that are due but locked by somebody else. */
const BUSY_MS = 100;

export function pushLane(topic: string, client: ApnsClient, test: boolean): PushLane {
  const brake = pushBrake();
  let inFlight = 0;
  let quietUntil = 0;
  let stopping = false;
  let woken = false;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let roomMade: (() => void) | null = null;
  const recorder = pushRecorder(topic, test, (count) => {
    inFlight -= count;
    roomMade?.();
    wake(); // the results may have set new due times
  });

  async function send(push: ClaimedPush): Promise<void> {
    const sentAt = new Date();
    const answer = await pushTo(client, push);
    const { kind, sentence } = outcomeOf(answer);
    const shared = brake.note(kind, answer);
    if (shared) alarm({ status: answer.status, reason: answer.reason, sentence });
    const retryAt = retryTime(kind, answer, sentAt, push.lastDelayMs);
    recorder.add({ push, sentAt, answer, kind, sentence, retryAt, silent: shared });
  }

  function alarm(about: PushAlarm): void {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + ALARM_EVERY_MS;
    raisePushAlarm(topic, about).catch(logFailure);
  }

  function room(): number {
    if (!brake.proven()) return 1 - inFlight;
    return Math.min(MOST_IN_FLIGHT, 2 * client.capacity()) - inFlight;
  }

  /** Takes and sends until nothing more is due. */
  async function drain(): Promise<void> {
    while (!stopping && brake.pausedMs() === 0) {
      if (room() <= 0) {
        await new Promise<void>((resolve) => (roomMade = resolve));
        continue;
      }
      const limit = Math.min(room(), BATCH);
      const { found, pushes } = await claimDuePushes(topic, limit);
      inFlight += pushes.length;
      for (const push of pushes) void send(push); // never rejects
      if (found < limit) return;
    }
  }

  async function run(): Promise<void> {
    let sleepMs = AFTER_ERROR_MS;
    try {
      do {
        woken = false;
        await drain();
      } while (woken && !stopping && brake.pausedMs() === 0);
      sleepMs = brake.pausedMs() || Math.max((await nextPushInMs(topic)) ?? LONGEST_SLEEP_MS, BUSY_MS);
    } catch (error) {
      logFailure(error);
    }
    running = null;
    if (stopping) return;
    if (woken && brake.pausedMs() === 0) sleepMs = 0;
    timer = setTimeout(wake, Math.min(sleepMs, LONGEST_SLEEP_MS));
  }

  function wake(): void {
    woken = true;
    if (running !== null || stopping) return;
    if (timer !== null) clearTimeout(timer);
    running = run();
  }

  function logFailure(error: unknown): void {
    log.warn("the push worker could not reach the database", { topic, error });
  }

  return {
    wake,
    async stop() {
      stopping = true;
      if (timer !== null) clearTimeout(timer);
      recorder.hurry();
      roomMade?.();
      await running;
      while (inFlight > 0) await new Promise<void>((resolve) => (roomMade = resolve));
      await client.close();
    },
  };
}

/** Opens the token and sends the push. */
async function pushTo(client: ApnsClient, push: ClaimedPush): Promise<PushAnswer> {
  const open = (sealed: Buffer, column: string) => unseal(sealed, { table: "Enrollment", row: push.id, column });
  try {
    const token = open(push.tokenSealed, "tokenSealed");
    const magic = open(push.magicSealed, "magicSealed").toString("utf8");
    return await client.push({ token, magic });
  } catch (error) {
    log.error("a push token cannot be decrypted", { enrollmentId: push.id, error });
    return { apnsId: randomUUID(), status: null, reason: "token-unreadable", deadSince: null, retryAfterMs: null };
  }
}
