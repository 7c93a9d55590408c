import type { KnownFacts } from "@/lib/commands/eligibility-service";
import { judgeCommand } from "@/lib/commands/eligibility-service";
import { missingValues, valuesHash } from "./device-content";
import type { CommandFact, Happening, Sighting, Standing, Wanted } from "./next-step";
import { nextStep } from "./next-step";
import type { AssignedVersion, LockedEnrollment, StandingRow } from "./reconcile-store";

const DAY_MS = 86_400_000;

/** All that is known of one enrollment and its profiles. */
export interface Known {
  enrollment: LockedEnrollment;
  standings: readonly StandingRow[];
  wanted: ReadonlyMap<string, Wanted>;
  commands: ReadonlyMap<string, CommandFact>;
  list: { at: Date; uuids: ReadonlyMap<string, string> } | null;
  listAskedAt: Date | null;
  /** It is asked for its list already. */
  asked: boolean;
}

export interface Sending {
  kind: "install" | "remove";
  identifier: string;
}

/** What follows for one enrollment. */
export interface Plan {
  enrollment: LockedEnrollment;
  save: StandingRow[];
  remove: string[];
  send: Sending[];
  happened: { kind: Happening; identifier: string; standing: Standing | null }[];
  askForList: boolean;
  nextAt: Date | null;
}

/** What an enrollment should have, by identifier. */
export function wantedOf({ values }: LockedEnrollment, assigned: readonly AssignedVersion[], facts: KnownFacts | undefined): Map<string, Wanted> {
  const judged = judgeCommand("InstallProfile", facts, null);
  const unfit = judged.eligible ? null : judged.reasons.map(({ sentence }) => sentence).join(" ");
  return new Map(
    assigned.map(({ identifier, profileId, versionId, variables }) => [
      identifier,
      { profileId, versionId, valuesHash: valuesHash(variables, values), missing: missingValues(variables, values), unfit },
    ]),
  );
}

/** Works out how every profile of an enrollment goes on. */
export function planFor(known: Known, now: Date): Plan {
  const { enrollment, standings, wanted, commands, list } = known;
  const before = new Map(standings.map((standing) => [standing.identifier, standing]));
  const plan: Plan = { enrollment, save: [], remove: [], send: [], happened: [], askForList: false, nextAt: null };
  const after: Standing[] = [];
  for (const identifier of new Set([...before.keys(), ...wanted.keys()])) {
    const standing = before.get(identifier) ?? null;
    const sighting: Sighting | null = list === null ? null : { at: list.at, uuid: list.uuids.get(identifier) ?? null };
    const command = standing?.commandId == null ? null : (commands.get(standing.commandId) ?? null);
    const step = nextStep({ standing, command, sighting, wanted: wanted.get(identifier) ?? null, now });
    plan.happened.push(...step.happened.map((kind) => ({ kind, identifier, standing: step.standing })));
    if (step.standing === null) {
      if (standing !== null) plan.remove.push(identifier);
      continue;
    }
    after.push(step.standing);
    const row = { ...step.standing, identifier, enrollmentId: enrollment.enrollmentId };
    if (step.send !== null) plan.send.push({ kind: step.send, identifier });
    if (step.send !== null || standing === null || differs(standing, step.standing)) plan.save.push(row);
  }
  plan.askForList = !known.asked && needsList(known, after, now);
  plan.nextAt = nextLook(known, after, now);
  return plan;
}

function differs(before: Standing, after: Standing): boolean {
  return (Object.keys(after) as (keyof Standing)[]).some((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

/** After the device has answered a command of ours its list tells whether it is so; then once a day. */
function needsList({ list, listAskedAt }: Known, standings: readonly Standing[], now: Date): boolean {
  if (standings.length === 0) return false;
  const answeredAt = latest(standings.map(({ settledAt }) => settledAt));
  const lookedAt = latest([list?.at ?? null, listAskedAt]);
  if (answeredAt !== null && (lookedAt === null || lookedAt < answeredAt)) return true;
  return standings.some(({ versionId }) => versionId !== null) && (lookedAt === null || now.getTime() - lookedAt.getTime() >= DAY_MS);
}

function nextLook({ list, listAskedAt }: Known, standings: readonly Standing[], now: Date): Date | null {
  if (standings.length === 0) return null;
  const retries = standings.flatMap(({ retryAt }) => (retryAt !== null && retryAt > now ? [retryAt.getTime()] : []));
  const lookedAt = latest([list?.at ?? null, listAskedAt]) ?? now;
  return new Date(Math.min(...retries, Math.max(lookedAt.getTime() + DAY_MS, now.getTime() + DAY_MS / 24)));
}

function latest(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce((newest, date) => (date !== null && (newest === null || date > newest) ? date : newest), null);
}
