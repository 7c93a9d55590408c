import { eligibilityFacts } from "@/lib/commands/eligibility-service";
import { recurringWork } from "@/lib/config/recurring-work";
import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import { onSignal } from "@/lib/db/signals";
import { transaction } from "@/lib/db/transaction";
import { recordEvents, type NewEvent } from "@/lib/events/event-log";
import type { ClaimedCheck, FinishedCheck } from "./check-store";
import { claimChecks, finishChecks, forgetEnded, markEndedCommandsDue } from "./check-store";
import type { Wanted } from "./next-step";
import { isObsolete } from "./next-step";
import type { Known, Plan } from "./plan";
import { planFor, wantedOf } from "./plan";
import type { LockedEnrollment } from "./reconcile-store";
import { askedForList, assignedVersions, lockEnrollments, readCommandFacts, readSightings, readStandings, removeStandings, saveStandings, withdrawCommands } from "./reconcile-store";
import { sendProfiles } from "./send-profiles";

const POLL_MS = 5_000;
const SWEEP_MS = 60_000;
/** Enrollments in one transaction. */
const CHUNK = 100;
/** Somebody else was at it. */
const BUSY_MS = 1_000;
/** It may be sent nothing now, but may be later. */
const NOT_NOW_MS = 5 * 60_000;
const OBSOLETE = "What it was for is no longer wanted.";

/** Holds what is due against what it should have, chunk by chunk. Several nodes may do it side by side. */
export async function reconcileProfiles(): Promise<void> {
  for (;;) {
    const claimed = await claimChecks(database().pool, CHUNK);
    if (claimed.length > 0) await transaction((tx) => reconcile(tx, claimed));
    if (claimed.length < CHUNK) return;
  }
}

async function reconcile(tx: Executor, claimed: readonly ClaimedCheck[]): Promise<void> {
  const now = new Date();
  const locked = await lockEnrollments(tx, claimed.map(({ enrollmentId }) => enrollmentId));
  const byId = new Map(locked.map((enrollment) => [enrollment.enrollmentId, enrollment]));
  await forgetEnded(tx, locked.filter(({ ended }) => ended).map(({ enrollmentId }) => enrollmentId));
  const able = locked.filter(({ state }) => state === "enrolled");
  const known = await learn(tx, able, claimed);
  const plans = known.map((each) => planFor(each, now));
  await carryOut(tx, plans, known);
  const planned = new Map(plans.map((plan) => [plan.enrollment.enrollmentId, plan]));
  await finishChecks(tx, claimed.map((check): FinishedCheck => {
    const plan = planned.get(check.enrollmentId);
    const wait = byId.has(check.enrollmentId) ? NOT_NOW_MS : BUSY_MS;
    if (plan === undefined) return { ...check, nextAt: new Date(now.getTime() + wait) };
    return { ...check, nextAt: plan.nextAt, listAskedAt: plan.askForList ? new Date() : check.listAskedAt };
  }));
}

/** Reads everything that the plans are made of, and takes back what is no longer wanted and has not left. */
async function learn(tx: Executor, enrollments: readonly LockedEnrollment[], claimed: readonly ClaimedCheck[]): Promise<Known[]> {
  const ids = enrollments.map(({ enrollmentId }) => enrollmentId);
  if (ids.length === 0) return [];
  const assigned = byEnrollment(await assignedVersions(tx, ids));
  const standings = byEnrollment(await readStandings(tx, ids));
  const facts = await eligibilityFacts(tx, ids);
  const commands = await readCommandFacts(tx, [...standings.values()].flat().flatMap(({ commandId }) => commandId ?? []));
  const lists = await readSightings(tx, ids);
  const asked = await askedForList(tx, ids);
  const askedAt = new Map(claimed.map(({ enrollmentId, listAskedAt }) => [enrollmentId, listAskedAt]));
  const known = enrollments.map((enrollment): Known => {
    const id = enrollment.enrollmentId;
    const wanted = wantedOf(enrollment, assigned.get(id) ?? [], facts.get(id));
    return { enrollment, standings: standings.get(id) ?? [], wanted, commands, list: lists.get(id) ?? null, listAskedAt: askedAt.get(id) ?? null, asked: asked.has(id) };
  });
  await withdrawObsolete(tx, known, commands);
  return known;
}

function byEnrollment<T extends { enrollmentId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(row.enrollmentId, [...(groups.get(row.enrollmentId) ?? []), row]);
  return groups;
}

async function withdrawObsolete(tx: Executor, known: readonly Known[], commands: Map<string, { state: string; open: boolean }>): Promise<void> {
  const obsolete = known.flatMap(({ standings, wanted, commands: facts }) =>
    standings.flatMap((standing) => {
      const command = standing.commandId === null ? null : (facts.get(standing.commandId) ?? null);
      return standing.commandId !== null && isObsolete(standing, command, wanted.get(standing.identifier) ?? null) ? [standing.commandId] : [];
    }),
  );
  const deviceOf = new Map(known.map(({ enrollment }) => [enrollment.enrollmentId, enrollment.deviceId]));
  const withdrawn = await withdrawCommands(tx, obsolete, OBSOLETE);
  for (const { id } of withdrawn) Object.assign(commands.get(id) ?? {}, { state: "withdrawn", open: false });
  await recordEvents(tx, withdrawn.map(({ id, enrollmentId, requestType }): NewEvent => ({
    kind: "command.cancelled", actor: "system", deviceId: deviceOf.get(enrollmentId) ?? null, enrollmentId, commandId: id, data: { requestType, mayStillRun: false, cause: OBSOLETE },
  })));
}

async function carryOut(tx: Executor, plans: readonly Plan[], known: readonly Known[]): Promise<void> {
  const wanted = new Map(known.map((each) => [each.enrollment.enrollmentId, each.wanted]));
  await removeStandings(tx, plans.flatMap(({ enrollment: { enrollmentId }, remove }) => remove.map((identifier) => ({ enrollmentId, identifier }))));
  await sendProfiles(tx, plans, (enrollmentId) => wanted.get(enrollmentId) ?? new Map<string, Wanted>());
  await saveStandings(tx, plans.flatMap(({ save }) => save));
  await recordEvents(tx, plans.flatMap(eventsOf));
}

function eventsOf({ enrollment: { enrollmentId, deviceId }, happened }: Plan): NewEvent[] {
  return happened.map(({ kind, identifier, standing }) => ({
    kind: `configuration-profile.${kind}` as const, actor: "system", deviceId, enrollmentId,
    data: { identifier, profileId: standing?.profileId ?? null, ...(kind === "value-missing" ? { missing: standing?.missing ?? [] } : {}), ...(kind === "drifted" ? { seen: standing?.driftUuid ?? null } : {}) },
  }));
}

/** Looks at once when something changes, and every few seconds. */
export function startProfileReconciliation(): { stop(): Promise<void> } {
  const work = recurringWork(POLL_MS, reconcileProfiles, "profiles were not reconciled; it is tried again");
  const sweep = recurringWork(SWEEP_MS, () => markEndedCommandsDue(database().pool), "ended commands were not looked at; it is tried again");
  const unsubscribe = onSignal("profiles", work.wake);
  return {
    async stop() {
      unsubscribe();
      await Promise.all([work.stop(), sweep.stop()]);
    },
  };
}
