import { relativeTime } from "@/lib/client/format-time";
import type { CommandDto } from "@/lib/contracts/commands";
import type { EnrollmentDto } from "@/lib/contracts/devices";
import { COMMAND_STATES } from "@/lib/contracts/words";

export interface CommandStep {
  key: "queued" | "push" | "connected" | "delivered" | "answered";
  title: string;
  state: "done" | "now" | "waiting" | "failed" | "skipped";
  /** ISO 8601: when it happened, or will by itself; null when that is not known. */
  at: string | null;
  detail: string | null;
}

type Push = EnrollmentDto["push"];

/** Pushes of one device leave at least this far apart, so one sent shortly before also wakes it for this command. */
const PUSH_SPACING_MS = 6_000;
const LONG_WAIT_MS = 60_000;
const SOON_MS = 10_000;
const LONGEST_HOLD_MS = 60_000;

/** The channel a command goes to, as far as it matters here. */
export type Addressee = Pick<EnrollmentDto, "push" | "lastSeenAt">;

/** The way of a command as far as it has truly come: queued, push accepted, connected, delivered, answered. */
export function commandSteps(command: CommandDto, to: Addressee | null, now: number): CommandStep[] {
  const push = to?.push ?? null;
  return [queuedStep(command, now), pushStep(command, push, now), connectedStep(command, to, now), deliveredStep(command), answeredStep(command)];
}

/** Its time is still to come: no push before that is for it. */
function isAhead({ state, notBefore }: CommandDto, now: number): boolean {
  return state === "scheduled" && notBefore !== null && Date.parse(notBefore) > now;
}

function queuedStep(command: CommandDto, now: number): CommandStep {
  if (command.notBefore !== null && isAhead(command, now)) {
    if (Date.parse(command.notBefore) - Date.parse(command.queuedAt) <= LONGEST_HOLD_MS) return { key: "queued", title: "Held back", state: "now", at: command.queuedAt, detail: "For a few seconds it can be undone; then it goes out by itself." };
    return { key: "queued", title: "Scheduled", state: "now", at: command.notBefore, detail: "Then it goes out by itself." };
  }
  return { key: "queued", title: "Queued", state: "done", at: command.queuedAt, detail: null };
}

function pushStep(command: CommandDto, push: Push | null, now: number): CommandStep {
  const title = push?.testTopic === true ? "Push to the test topic" : "Push accepted by Apple";
  const step = { key: "push", title, at: null, detail: null } as const;
  if (isAhead(command, now)) return { ...step, state: "waiting" };
  const sent = push?.lastPushAt ?? null;
  const ours = sent !== null && Date.parse(sent) >= Date.parse(command.queuedAt) - PUSH_SPACING_MS;
  const later = sent !== null && command.deliveredAt !== null && Date.parse(sent) > Date.parse(command.deliveredAt);
  if (later) return { ...step, state: "skipped", detail: "Only the newest push is on record, and that came later." };
  if (push !== null && ours && push.lastPushStatus === 200) return { ...step, state: "done", at: sent };
  if (command.deliveredAt !== null) return { ...step, state: "skipped", detail: "The device connected by itself." };
  if (COMMAND_STATES[command.state].ended) return { ...step, state: "skipped" };
  if (push === null) return { ...step, state: "waiting" };
  if (push.tokenDeadAt !== null) return { ...step, state: "failed", detail: "Apple says the push token is dead. The command waits until the device connects by itself." };
  if (ours && push.lastPushStatus !== null) {
    const reason = push.lastPushReason ?? String(push.lastPushStatus);
    return { ...step, state: "failed", at: sent, detail: `Apple answered ${reason}.${nextPush(push, now)}` };
  }
  if (push.nextPushAt !== null) return { ...step, state: "now", detail: nextPush(push, now).trim() };
  return { ...step, state: "waiting", detail: push.hasToken ? null : "The device has not sent a push token yet." };
}

function nextPush(push: Push, now: number): string {
  if (push.nextPushAt === null) return "";
  const due = Date.parse(push.nextPushAt);
  return due <= now + SOON_MS ? " The push leaves now." : ` The next push leaves ${relativeTime(due, now)}.`;
}

/** It spoke to us since the command was there for it: it may have taken other work first. */
function connectedStep(command: CommandDto, to: Addressee | null, now: number): CommandStep {
  const step = { key: "connected", title: "Device connected", at: null, detail: null } as const;
  const { deliveredAt } = command;
  const ready = Math.max(Date.parse(command.queuedAt), command.notBefore === null ? 0 : Date.parse(command.notBefore));
  const seen = to?.lastSeenAt ?? null;
  const seenSince = seen !== null && Date.parse(seen) >= ready;
  if (deliveredAt !== null) return { ...step, state: "done", at: seenSince && Date.parse(seen) < Date.parse(deliveredAt) ? seen : deliveredAt };
  if (COMMAND_STATES[command.state].ended) return { ...step, state: "skipped" };
  if (seenSince) return { ...step, state: "done", at: seen, detail: "It has not taken this command yet: others may come first, or it cannot now." };
  const push = to?.push ?? null;
  const accepted = push !== null && push.lastPushStatus === 200 && push.lastPushAt !== null && Date.parse(push.lastPushAt) >= ready - PUSH_SPACING_MS;
  if (!accepted || push.lastPushAt === null) return { ...step, state: "waiting" };
  const waited = now - Date.parse(push.lastPushAt) > LONG_WAIT_MS;
  const detail = waited
    ? `${push.testTopic ? "The push left" : "Apple accepted the push"} ${relativeTime(Date.parse(push.lastPushAt), now)}; the device has not connected since. ${usualReason(push)}`
    : "Waiting for the device to connect.";
  return { ...step, state: "now", detail };
}

function deliveredStep(command: CommandDto): CommandStep {
  const step = { key: "delivered", title: "Delivered to the device", at: command.deliveredAt } as const;
  if (command.deliveredAt !== null) return { ...step, state: "done", detail: command.deliveries > 1 ? `Offered ${command.deliveries} times so far.` : null };
  return { ...step, state: COMMAND_STATES[command.state].ended ? "skipped" : "waiting", detail: null };
}

function usualReason(push: Push): string {
  return push.testTopic ? "On the test topic only a running simulator hears of it." : "Usually it is off, asleep or without a network.";
}

function answeredStep(command: CommandDto): CommandStep {
  const step = { key: "answered", title: "Answered", at: command.endedAt } as const;
  const meaning = COMMAND_STATES[command.state].meaning;
  switch (command.state) {
    case "acknowledged":
      return { ...step, title: "Acknowledged", state: "done", detail: null };
    case "failed":
    case "malformed":
    case "poisoned":
      return { ...step, title: COMMAND_STATES[command.state].label, state: "failed", detail: command.cause ?? meaning };
    case "cancelled":
    case "expired":
      return { ...step, title: COMMAND_STATES[command.state].label, state: "skipped", detail: `${command.cause ?? meaning} ${mayStillRun(command)}` };
    case "deferred":
      return { ...step, state: "now", at: command.deferredAt, detail: `The device said NotNow${command.deferrals > 1 ? ` ${command.deferrals} times` : ""}, usually because it is locked. It is offered again.` };
    case "delivered":
      return { ...step, state: "now", detail: "The device has it and has not answered yet." };
    default:
      return { ...step, state: "waiting", detail: null };
  }
}

/** Taken out of the queue is not the same as not done. */
function mayStillRun({ deliveredAt }: CommandDto): string {
  return deliveredAt === null ? "It was not delivered and will not run." : "It had been delivered and may still run.";
}
