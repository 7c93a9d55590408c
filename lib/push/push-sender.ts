import { randomUUID } from "node:crypto";
import { log } from "@/lib/config/log";
import { unseal } from "@/lib/db/sealed";
import type { ApnsClient, Push } from "./apns-client";
import { outcomeOf } from "./apns-outcome";
import { withoutAnswer, type PushAnswer } from "./apns-request";
import { endPushAlarm, raisePushAlarm } from "./push-alarm";
import type { PushAlarm } from "./push-alarm-store";
import { retryTime } from "./push-backoff";
import type { PushBrake } from "./push-brake";
import { countPush } from "./push-counts";
import { pushRecorder } from "./push-recorder";
import type { ClaimedPush } from "./push-store";

/** Sends claimed pushes and has their outcomes written down. */
export interface PushSender {
  send(pushes: readonly ClaimedPush[]): void;
  /** How many more may be under way. */
  room(): number;
  /** Resolves when some outcomes have been written, or somebody is in a hurry. */
  progress(): Promise<void>;
  /** The server is stopping: nobody waits for room any more. */
  hurry(): void;
  /** Waits for what is under way and ends the connection. */
  close(): Promise<void>;
}

const MOST_IN_FLIGHT = 1500;
const ALARM_EVERY_MS = 60_000;
/** A stop does not wait longer for APNs. */
const STOP_MS = 5_000;

export function pushSender(topic: string, client: ApnsClient, test: boolean, brake: PushBrake, written: () => void): PushSender {
  let inFlight = 0;
  let quietUntil = 0;
  /** Another node, or a life of this one before, may have raised it. */
  let alarmed = true;
  const waiting: (() => void)[] = [];
  const recorder = pushRecorder(topic, test, (count) => {
    inFlight -= count;
    release();
    written();
  });
  const progress = () => new Promise<void>((resolve) => waiting.push(resolve));
  const release = () => waiting.splice(0).forEach((resolve) => resolve());

  function take(push: ClaimedPush, sentAt: Date, answer: PushAnswer): void {
    const { kind, sentence } = outcomeOf(answer);
    countPush(kind, test);
    const shared = brake.note(kind, answer);
    if (shared) alarm({ status: answer.status, reason: answer.reason, sentence });
    else if (alarmed && brake.calm()) allClear();
    const retryAt = retryTime(kind, answer, sentAt, push.lastDelayMs);
    recorder.add({ push, sentAt, answer, kind, sentence, retryAt, silent: shared });
  }

  function alarm(about: PushAlarm): void {
    alarmed = true;
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + ALARM_EVERY_MS;
    raisePushAlarm(topic, about).catch((error: unknown) => log.warn("a push alarm was not saved", { topic, error }));
  }

  function allClear(): void {
    alarmed = false;
    quietUntil = 0;
    endPushAlarm(topic).catch((error: unknown) => {
      alarmed = true; // the next good answer tries again
      log.warn("the end of a push alarm was not saved", { topic, error });
    });
  }

  return {
    send(pushes) {
      inFlight += pushes.length;
      const sentAt = new Date();
      for (const push of pushes) void pushTo(client, push).then((answer) => take(push, sentAt, answer)); // never rejects
    },
    room: () => (brake.proven() ? Math.min(MOST_IN_FLIGHT, 2 * client.capacity()) : 1) - inFlight,
    progress,
    hurry() {
      recorder.hurry();
      release();
    },
    async close() {
      const deadline = setTimeout(() => void client.close(0), STOP_MS); // then every push has an answer
      while (inFlight > 0) await progress();
      clearTimeout(deadline);
      await client.close(STOP_MS);
    },
  };
}

/** Opens the token and sends the push. */
function pushTo(client: ApnsClient, push: ClaimedPush): Promise<PushAnswer> {
  const open = (sealed: Buffer, column: string) => unseal(sealed, { table: "Enrollment", row: push.id, column });
  let opened: Push;
  try {
    opened = { token: open(push.tokenSealed, "tokenSealed"), magic: open(push.magicSealed, "magicSealed").toString("utf8") };
  } catch (error) {
    log.error("a push token cannot be decrypted", { enrollmentId: push.id, error });
    return Promise.resolve(withoutAnswer(randomUUID(), "token-unreadable"));
  }
  return client.push(opened);
}
