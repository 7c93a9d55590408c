import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/config/log";
import { transaction } from "@/lib/db/transaction";
import { recordEvents, type NewEvent } from "@/lib/events/event-log";
import { countInHour } from "@/lib/events/hourly-counts";
import type { PushAnswer } from "./apns-request";
import type { PushOutcomeKind } from "./apns-outcome";
import { savePushResults } from "./push-outcome-store";
import type { ClaimedPush } from "./push-store";

export interface AnsweredPush {
  push: ClaimedPush;
  sentAt: Date;
  answer: PushAnswer;
  kind: PushOutcomeKind;
  sentence: string;
  retryAt: Date | null;
  /** An alarm for the whole topic speaks for this failure. */
  silent: boolean;
}

export interface PushRecorder {
  add(answered: AnsweredPush): void;
  /** From now on gives up at the first failure: the server is stopping. */
  hurry(): void;
}

const BATCH = 500;
const GATHER_MS = 20;
const AGAIN_MS = 1_000;

/**
 * Writes outcomes and their events in batches. While the database is away it repeats until the lease of the pushes
 * is over; then they are due again, so a push may be sent twice but is never forgotten. `done` hears how many were dealt with.
 */
export function pushRecorder(topic: string, test: boolean, done: (count: number) => void): PushRecorder {
  const waiting: AnsweredPush[] = [];
  let busy = false;
  let hurried = false;

  async function write(): Promise<void> {
    await sleep(waiting.length < BATCH ? GATHER_MS : 0);
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH);
      while (!(await tryToSave(batch)) && !hurried && leaseHolds(batch)) await sleep(AGAIN_MS);
      done(batch.length);
    }
    busy = false;
  }

  async function tryToSave(batch: readonly AnsweredPush[]): Promise<boolean> {
    try {
      await transaction(async (tx) => {
        await savePushResults(tx, batch.map(toResult));
        await recordEvents(tx, batch.filter(({ silent }) => !silent).map((answered) => toEvent(topic, test, answered)));
      });
      for (const { kind, sentAt } of batch) countInHour(kind === "accepted" ? "push-accepted" : "push-failed", sentAt);
      return true;
    } catch (error) {
      log.warn("push results were not saved", { topic, count: batch.length, error });
      return false;
    }
  }

  return {
    add(answered) {
      waiting.push(answered);
      if (busy) return;
      busy = true;
      void write(); // never rejects
    },
    hurry() {
      hurried = true;
    },
  };
}

function leaseHolds(batch: readonly AnsweredPush[]): boolean {
  return batch.some(({ push }) => push.leaseEndsMs > Date.now());
}

function toResult({ push, sentAt, answer, kind, retryAt }: AnsweredPush) {
  const { status, reason, apnsId, deadSince } = answer;
  return { push, sentAt, status, reason, apnsId, accepted: kind === "accepted", tokenDead: kind === "dead-token", deadSince, retryAt };
}

function toEvent(topic: string, test: boolean, { push, sentAt, answer, kind, sentence }: AnsweredPush): NewEvent {
  const { status, reason, apnsId } = answer;
  const accepted = kind === "accepted";
  return {
    kind: accepted ? "push.sent" : "push.failed",
    actor: "system",
    deviceId: push.deviceId,
    enrollmentId: push.id,
    at: sentAt,
    data: { topic, status, reason, apnsId, test, ...(accepted ? {} : { sentence }), ...(test ? { udid: push.channelKey } : {}) },
  };
}
