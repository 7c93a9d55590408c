import type { CommandState, ProfileState } from "@/lib/contracts/words";

const DAY_MS = 86_400_000;
/** Sent so often when the device refuses it; another version begins anew. */
export const MOST_FAILURES = 3;
/** Repairs within a day: whoever removes it again and again is not fought. */
const MOST_REPAIRS = 2;

/** Where a profile stands on an enrollment (DeviceProfile). */
export interface Standing {
  identifier: string;
  profileId: string | null;
  state: Exclude<ProfileState, "pending">;
  versionId: string | null;
  valuesHash: string | null;
  commandId: string | null;
  sentVersionId: string | null;
  sentHash: string | null;
  failures: number;
  retryAt: Date | null;
  errorChain: unknown;
  reason: string | null;
  missing: string[];
  settledAt: Date | null;
  installedAt: Date | null;
  seenAt: Date | null;
  driftedAt: Date | null;
  driftUuid: string | null;
  repairs: number;
  repairsSince: Date | null;
}

/** What an enrollment should have. */
export interface Wanted {
  profileId: string;
  versionId: string;
  valuesHash: string;
  /** Variables without a value. */
  missing: string[];
  /** Why a device cannot take any profile now; null when it can. */
  unfit: string | null;
}

/** The command a standing refers to; `withdrawn` before any device has seen it. */
export interface CommandFact {
  state: CommandState | "withdrawn";
  open: boolean;
  errorChain: unknown;
  cause: string | null;
  endedAt: Date | null;
}

/** What the newest list of the device says of this identifier; null: it is not in it. */
export interface Sighting {
  at: Date;
  uuid: string | null;
}

export type Happening = "installed" | "failed" | "removed" | "drifted" | "value-missing";

export interface Step {
  /** Null when nothing is left of it. */
  standing: Standing | null;
  send: "install" | "remove" | null;
  happened: Happening[];
}

interface Circumstances {
  standing: Standing | null;
  command: CommandFact | null;
  sighting: Sighting | null;
  wanted: Wanted | null;
  now: Date;
}

/** A command that still waits, for something that is no longer wanted: it can be taken back before the device sees it. */
export function isObsolete(standing: Standing, command: CommandFact | null, wanted: Wanted | null): boolean {
  if (command === null || !command.open || command.state === "delivered") return false;
  if (standing.state === "removing") return wanted !== null;
  return standing.state === "installing" && (wanted === null || !isSent(standing, wanted) || wanted.missing.length > 0);
}

/** How a profile goes on: what came of the last command, what the device lists, and what has to be sent for it to have what it should. */
export function nextStep({ standing, command, sighting, wanted, now }: Circumstances): Step {
  if (standing !== null && underWay(standing) && command?.open === true) return { standing, send: null, happened: [] };
  const settled = standing === null ? nothing() : settle(standing, command, now);
  const seen = settled.standing === null || sighting === null ? settled : look(settled, sighting);
  return wanted === null ? withoutWish(seen, now) : towards(seen, wanted, now);
}

const nothing = (): Step => ({ standing: null, send: null, happened: [] });
const underWay = ({ state, commandId }: Standing): boolean => commandId !== null && (state === "installing" || state === "removing");
const isSent = (standing: Standing, wanted: Wanted): boolean => standing.sentVersionId === wanted.versionId && standing.sentHash === wanted.valuesHash;
const isThere = (standing: Standing, wanted: Wanted): boolean => standing.versionId === wanted.versionId && standing.valuesHash === wanted.valuesHash;

/** Takes over what came of the command. */
function settle(standing: Standing, command: CommandFact | null, now: Date): Step {
  if (!underWay(standing) || standing.retryAt !== null) return { standing, send: null, happened: [] };
  if (command?.state === "withdrawn") {
    return standing.state === "removing" || standing.versionId !== null
      ? { standing: { ...standing, state: "installed", commandId: null, sentVersionId: standing.versionId, sentHash: standing.valuesHash }, send: null, happened: [] }
      : nothing();
  }
  const settledAt = command?.endedAt ?? now;
  if (command?.state === "acknowledged") {
    if (standing.state === "removing") return { standing: null, send: null, happened: ["removed"] };
    const installed: Standing = {
      ...standing, state: "installed", versionId: standing.sentVersionId, valuesHash: standing.sentHash, failures: 0, errorChain: null, reason: null, missing: [],
      settledAt, installedAt: settledAt,
    };
    return { standing: installed, send: null, happened: ["installed"] };
  }
  const failed: Standing = {
    ...standing, state: standing.state === "removing" ? "removing" : "failed", failures: standing.failures + 1, retryAt: new Date(now.getTime() + DAY_MS),
    errorChain: command?.errorChain ?? null, reason: reasonOf(command), settledAt,
  };
  return { standing: failed, send: null, happened: ["failed"] };
}

function reasonOf(command: CommandFact | null): string | null {
  if (command === null) return "What the device answered is no longer known.";
  if (command.state === "malformed") return "The device could not read the command.";
  return command.state === "failed" ? null : (command.cause ?? `The command ended without an answer: ${command.state}.`);
}

/** Holds it against a list that the device gave after it had last answered a command of ours. */
function look(step: Step, { at, uuid }: Sighting): Step {
  const { standing } = step;
  if (standing === null || (standing.settledAt !== null && at <= standing.settledAt)) return step;
  const has = uuid?.toLowerCase() ?? null;
  if (standing.state === "removing") return has === null ? { ...step, standing: null, happened: [...step.happened, "removed"] } : step;
  if (has !== null && has === standing.versionId) {
    return { ...step, standing: { ...standing, seenAt: at, state: standing.state === "drifted" ? "installed" : standing.state } };
  }
  // The answer was lost and the profile was not, or somebody has put back what was there.
  if (has !== null && has === standing.sentVersionId && (standing.state === "failed" || standing.state === "drifted")) {
    return { ...step, standing: { ...standing, ...AT_REST, state: "installed", versionId: has, valuesHash: standing.sentHash, seenAt: at } };
  }
  if (standing.versionId === null && standing.state !== "drifted") return step;
  const gone: Standing = { ...standing, versionId: null, valuesHash: null, driftedAt: at, driftUuid: uuid };
  if (standing.state !== "installed" && standing.state !== "drifted") return { ...step, standing: gone };
  return { ...step, standing: { ...gone, state: "drifted" }, happened: standing.state === "drifted" ? step.happened : [...step.happened, "drifted"] };
}

/** Nobody wants it: it is asked for back, if the device may have it. */
function withoutWish(step: Step, now: Date): Step {
  const { standing } = step;
  if (standing === null) return step;
  if (standing.state === "removing") {
    const again = standing.failures < MOST_FAILURES && standing.retryAt !== null && standing.retryAt <= now;
    return again ? { ...step, send: "remove" } : step;
  }
  const refused = standing.state === "failed" && Array.isArray(standing.errorChain);
  const mayHave = standing.versionId !== null || (standing.state === "drifted" ? standing.driftUuid !== null : standing.state === "failed" && standing.sentVersionId !== null && !refused);
  return mayHave ? { ...step, standing: { ...standing, ...AT_REST }, send: "remove" } : { ...step, standing: null };
}

const AT_REST = { failures: 0, retryAt: null, errorChain: null, reason: null, missing: [] as string[] };

/** It should be there, in this version and with these values. */
function towards(step: Step, wanted: Wanted, now: Date): Step {
  const standing: Standing = { ...(step.standing ?? fresh()), profileId: wanted.profileId };
  if (wanted.missing.length > 0) {
    const known = standing.state === "waiting-for-a-value" && standing.missing.join() === wanted.missing.join();
    return { ...step, standing: { ...standing, ...AT_REST, state: "waiting-for-a-value", missing: wanted.missing }, happened: known ? step.happened : [...step.happened, "value-missing"] };
  }
  if (isThere(standing, wanted)) return { ...step, standing: { ...standing, ...AT_REST, state: "installed" } };
  if (wanted.unfit !== null) return { ...step, standing: { ...standing, ...AT_REST, state: "failed", reason: wanted.unfit, retryAt: new Date(now.getTime() + DAY_MS) } };
  if (standing.state === "drifted" && isSent(standing, wanted)) return repaired({ ...step, standing }, standing, now);
  if (standing.state === "failed" && isSent(standing, wanted)) {
    const wait = standing.failures >= MOST_FAILURES || (standing.retryAt !== null && standing.retryAt > now);
    return wait ? { ...step, standing: standing.failures >= MOST_FAILURES ? { ...standing, retryAt: null } : standing } : { ...step, standing, send: "install" };
  }
  return { ...step, standing: { ...standing, ...AT_REST }, send: "install" };
}

function repaired(step: Step, standing: Standing, now: Date): Step {
  const began = standing.repairsSince !== null && now.getTime() - standing.repairsSince.getTime() < DAY_MS ? standing.repairsSince : null;
  const repairs = began === null ? 0 : standing.repairs;
  if (began !== null && repairs >= MOST_REPAIRS) return { ...step, standing: { ...standing, retryAt: new Date(began.getTime() + DAY_MS) } };
  return { ...step, standing: { ...standing, ...AT_REST, repairs: repairs + 1, repairsSince: began ?? now }, send: "install" };
}

function fresh(): Omit<Standing, "profileId"> {
  return {
    ...AT_REST, identifier: "", state: "installing", versionId: null, valuesHash: null, commandId: null, sentVersionId: null, sentHash: null, settledAt: null,
    installedAt: null, seenAt: null, driftedAt: null, driftUuid: null, repairs: 0, repairsSince: null,
  };
}
