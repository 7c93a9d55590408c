import type { EventKind } from "@/lib/contracts/event-kinds";
import type { CommandState } from "@/lib/contracts/words";
import type { Executor } from "@/lib/db/database";
import { log } from "@/lib/config/log";
import { autocommit } from "@/lib/db/prepared";
import { signal } from "@/lib/db/signals";
import { uuidOrNull } from "@/lib/db/uuid";
import { markNotNow } from "@/lib/devices/enrollment-store";
import { recordEvents } from "@/lib/events/event-log";
import type { CommandReport } from "@/lib/protocol/checkin-message";
import { requestPush } from "@/lib/push/push-schedule";
import { answerCommand, DELIVERY_HOLD_MS, isKnownCommand, markDeferred, offerNextCommand } from "./command-store";
import { judgeWaiting } from "./eligibility-service";
import { keepLearned, type Learned } from "./learn-answer";
import { openRequest, sealResponse } from "./queue-command";

/** Deliveries without any answer after which a command is taken out, so that it cannot block the queue. */
const POISON_DELIVERIES = 3;
/** Minutes after a NotNow until our own push, by the number of NotNows so far. */
const DEFERRAL_MINUTES = [1, 5, 15, 60];
const LONGEST_DEFERRAL = Math.max(...DEFERRAL_MINUTES);

/** The enrollment a report or an Idle belongs to. */
export interface Recipient {
  enrollmentId: string;
  deviceId: string;
}

export interface TakenReport {
  requestType: string;
  state: CommandState;
  /** The command had left the queue before its answer came. */
  late: boolean;
}

const END_OF_STATUS: Record<string, { state: CommandState; event: EventKind }> = {
  Acknowledged: { state: "acknowledged", event: "command.acknowledged" },
  Error: { state: "failed", event: "command.failed" },
  CommandFormatError: { state: "malformed", event: "command.malformed" },
};
/** A status Apple may add later ends the command: left open it would come back for ever. */
const UNKNOWN_STATUS = { state: "failed", event: "command.failed" } as const;

/**
 * Takes the report of a command: state, answer, event and what was learned of it, all or nothing. One statement unless
 * it is NotNow, was never sent there, or taught more than inventory: then `tx` has to be a transaction. A report that came
 * before, or of a command never sent to this enrollment, changes nothing and answers null.
 */
export async function takeReport(tx: Executor, recipient: Recipient, report: CommandReport, raw: Buffer, learned: Learned): Promise<TakenReport | null> {
  const id = uuidOrNull(report.commandUuid);
  if (id === null) return null;
  if (report.status === "NotNow") return defer(tx, recipient, id);
  const { state, event } = END_OF_STATUS[report.status] ?? UNKNOWN_STATUS;
  const answered = await answerCommand(tx, {
    ...recipient, id, state, event, status: report.status.slice(0, 100), responseSealed: sealResponse(id, raw), errorChain: report.errorChain,
    inventory: learned.inventory,
  });
  if (answered === null) return noteStray(tx, recipient, id, report.status);
  // CommandFormatError is a mistake of ours, not of the device.
  if (state === "malformed") log.error("a device cannot read a command of ours", { command: id, requestType: answered.requestType });
  const place = { ...recipient, commandId: id };
  if (state === "acknowledged" && report.unreadable === true) await recordEvents(tx, [{ kind: "command.answer-unreadable", actor: "system", ...place, data: { requestType: answered.requestType } }]);
  else await keepLearned(tx, { ...place, requestType: answered.requestType }, learned);
  signal("events");
  return { requestType: answered.requestType, state, late: answered.late };
}

/** An answer that came before changes nothing; one to a command we know nothing of is kept in the log. */
async function noteStray(tx: Executor, recipient: Recipient, id: string, status: string): Promise<null> {
  if (!(await isKnownCommand(tx, id, recipient.enrollmentId))) {
    await recordEvents(tx, [{ kind: "command.stray-answer", actor: "device", ...recipient, commandId: id, data: { status: status.slice(0, 100) } }]);
  }
  return null;
}

/**
 * The device polls again by itself only when NotNow was the last thing it said, and then at its own time. Our own
 * push makes sure that a deferred command never waits for ever (Apple, "Handling NotNow status responses").
 */
async function defer(tx: Executor, recipient: Recipient, id: string): Promise<TakenReport | null> {
  const deferred = await markDeferred(tx, id, recipient.enrollmentId);
  if (deferred === null) return null;
  const { requestType, deferrals } = deferred;
  const minutes = DEFERRAL_MINUTES[deferrals - 1] ?? LONGEST_DEFERRAL;
  await markNotNow(tx, recipient.enrollmentId);
  await requestPush(tx, [recipient.enrollmentId], new Date(Date.now() + minutes * 60_000));
  await recordEvents(tx, [{ kind: "command.deferred", actor: "device", ...recipient, commandId: id, data: { requestType, deferrals } }]);
  return { requestType, state: "deferred", late: false };
}

/**
 * Marks the next command delivered, durably, and gives its property list; null when the device may rest. After a
 * NotNow in this session only commands that no device refuses are offered.
 */
export async function deliverNext(recipient: Recipient, neverDeferredOnly: boolean): Promise<Buffer | null> {
  for (;;) {
    const offered = await offerNextCommand(autocommit, { ...recipient, neverDeferredOnly, poisonDeliveries: POISON_DELIVERIES });
    if (offered === null) return null;
    if (offered.held) {
      // Should the other session have died, the device hears of us again when its time is over.
      await requestPush(autocommit, [recipient.enrollmentId], new Date(Date.now() + DELIVERY_HOLD_MS));
      return null;
    }
    if (offered.unjudged) {
      await judgeWaiting(recipient, offered);
      continue;
    }
    signal("events");
    if (!offered.poisoned) return openRequest(offered.id, offered.requestSealed);
  }
}

