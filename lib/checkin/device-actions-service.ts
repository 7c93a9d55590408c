import { chooseRecipients, refuseUnexpected, targetedDevices } from "@/lib/commands/batch-recipients";
import { pushMany } from "@/lib/commands/batch-queue";
import { encodeBody, refuseEnrollmentProfile } from "@/lib/commands/command-service";
import { deduplicateKeyOf } from "@/lib/commands/queue-command";
import { MOST_TERMINATIONS, type DeviceAction, type PushManyBody, type Review, type ReviewBody, type TerminateManyBody } from "@/lib/contracts/device-actions";
import { MusterError } from "@/lib/contracts/errors";
import type { Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { readDeviceNames, readStanding, type StandingRow } from "./device-actions-store";
import type { Decider } from "./decider";
import { requestTermination } from "./termination-service";

/** Of each reason so many devices are named. */
const NAMED = 5;

interface Judged {
  total: number;
  eligible: { id: string; enrollmentId: string }[];
  left: { id: string; reason: string }[];
}

/** What would become of an action, without doing anything. @throws MusterError invalid-input with pointers */
export async function reviewDevices({ target, action }: ReviewBody): Promise<Review> {
  return transaction(async (tx) => {
    const judged = await judge(tx, await targetedDevices(tx, target), action);
    const byReason = new Map<string, string[]>();
    for (const { id, reason } of judged.left) byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
    const reasons = [...byReason].sort(([, a], [, b]) => b.length - a.length);
    const names = await readDeviceNames(tx, reasons.flatMap(([, ids]) => ids.slice(0, NAMED)));
    const left = reasons.map(([reason, ids]) => ({ reason, count: ids.length, devices: ids.slice(0, NAMED).map((id) => ({ id, name: names.get(id) ?? null })) }));
    return { total: judged.total, eligible: judged.eligible.length, left };
  });
}

/** Wakes many devices, little by little. @throws MusterError conflict when they are not as many as expected */
export async function pushDevices(body: PushManyBody, actor: string): Promise<{ done: number; left: number }> {
  return transaction(async (tx) => {
    const { eligible, left } = await judge(tx, await targetedDevices(tx, body.target), { kind: "push" });
    refuseUnexpected(body.expected, eligible.length);
    await recordEvents(tx, [{ kind: "push.requested", actor, data: { devices: eligible.length } }]);
    await pushMany(tx, eligible.map(({ enrollmentId }) => enrollmentId), null);
    return { done: eligible.length, left: left.length };
  });
}

/** Ends the management of many devices, each by itself: what has been asked for stays asked for when a later one fails. @throws MusterError conflict, invalid-input */
export async function terminateDevices(body: TerminateManyBody, by: Decider): Promise<{ done: number; left: number }> {
  const { eligible, left } = await transaction(async (tx) => judge(tx, await targetedDevices(tx, body.target), { kind: "termination" }));
  refuseUnexpected(body.expected, eligible.length);
  if (eligible.length > MOST_TERMINATIONS) {
    throw new MusterError("invalid-input", `at most ${MOST_TERMINATIONS} devices at a time`, { errors: [{ pointer: "/target", detail: `these are ${eligible.length} devices` }] });
  }
  let done = 0;
  for (const { id } of eligible) {
    const ended = await requestTermination(id, body.method, by).then(() => false, endedMeanwhile);
    if (!ended) done += 1;
  }
  return { done, left: left.length + eligible.length - done };
}

function endedMeanwhile(error: unknown): true {
  if (error instanceof MusterError && error.code === "conflict") return true;
  throw error;
}

async function judge(tx: Executor, ids: readonly string[], action: DeviceAction): Promise<Judged> {
  if (action.kind === "command") return judgeCommandFor(tx, ids, action);
  const standing = await readStanding(tx, ids, action.kind === "group" ? action.groupId : null);
  const known = new Set(standing.map((row) => row.id));
  const judged: Judged = { total: ids.length, eligible: [], left: ids.filter((id) => !known.has(id)).map((id) => ({ id, reason: "There is no such device." })) };
  for (const row of standing) {
    const reason = REASONS[action.kind](row);
    if (reason === null) judged.eligible.push({ id: row.id, enrollmentId: row.enrollmentId ?? "" });
    else judged.left.push({ id: row.id, reason });
  }
  return judged;
}

const notManaged = ({ enrollmentId, state }: StandingRow): string | null => (enrollmentId === null ? "It was never enrolled." : state === "ended" ? "Its management has ended." : null);

/** What speaks against it; null when nothing does. */
const REASONS: Record<Exclude<DeviceAction["kind"], "command">, (row: StandingRow) => string | null> = {
  push: (row) => notManaged(row) ?? (row.push === "missing" ? "It has not sent a push token yet." : row.push === "dead" ? "Apple called its push token dead: it cannot be woken." : null),
  termination: (row) => notManaged(row) ?? (row.state === "unenrolling" ? "Its management is being ended already." : null),
  group: (row) => (row.member ? "It is in the group already." : null),
};

async function judgeCommandFor(tx: Executor, ids: readonly string[], action: Extract<DeviceAction, { kind: "command" }>): Promise<Judged> {
  const encoded = encodeBody(action);
  refuseEnrollmentProfile(encoded);
  const { recipients, skipped } = await chooseRecipients(tx, ids, encoded, { deduplicateKey: deduplicateKeyOf(encoded.requestType, encoded.command), override: action.override === true });
  return {
    total: ids.length,
    eligible: recipients.map(({ deviceId, enrollmentId }) => ({ id: deviceId, enrollmentId })),
    left: skipped.map(({ deviceId, reason }) => ({ id: deviceId, reason })),
  };
}
