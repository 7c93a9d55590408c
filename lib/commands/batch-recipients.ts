import type { BatchTarget } from "@/lib/contracts/batches";
import { MusterError } from "@/lib/contracts/errors";
import type { Executor } from "@/lib/db/database";
import { COMMANDS } from "@/lib/protocol/commands/catalog";
import { secretOfRequest } from "@/lib/protocol/commands/request-secrets";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import type { BatchRecipient } from "./batch-queue";
import type { SkippedTarget, TargetRow } from "./batch-store";
import { findTargetDevices, readTargets } from "./batch-store";
import type { Encoded } from "./command-service";
import { ONE_AT_A_TIME } from "./command-service";
import { completeCommand } from "./complete-command";
import { eligibilityFacts, judgeCommand, type KnownFacts } from "./eligibility-service";

export interface ChosenRecipients {
  recipients: BatchRecipient[];
  skipped: SkippedTarget[];
  /** Completes the command for one of them; null when all get the very same. */
  commandFor: ((recipient: BatchRecipient, command: PlistDictionary) => Promise<PlistDictionary>) | null;
}

/** Which of the devices get the command, and why the others do not. In the order of their enrollments. */
export async function chooseRecipients(
  tx: Executor,
  deviceIds: readonly string[],
  encoded: Encoded,
  { deduplicateKey, override }: { deduplicateKey: string | null; override: boolean },
): Promise<ChosenRecipients> {
  const { requestType } = encoded;
  const targets = await readTargets(tx, deviceIds, { requestType, deduplicateKey, alone: ONE_AT_A_TIME.has(requestType) });
  const facts = await eligibilityFacts(tx, targets.flatMap((target) => target.enrollmentId ?? []));
  const recipients: BatchRecipient[] = [];
  const skipped: SkippedTarget[] = [];
  for (const target of targets) {
    const { deviceId, enrollmentId } = target;
    const verdict = judgeTarget(target, encoded, enrollmentId === null ? undefined : facts.get(enrollmentId), override);
    if ("reason" in verdict) skipped.push({ deviceId, reason: verdict.reason });
    else recipients.push({ deviceId, ...verdict });
  }
  if (!isMadeForEach(encoded)) return { recipients, skipped, commandFor: null };
  const commandFor = ({ enrollmentId }: BatchRecipient, command: PlistDictionary) =>
    completeCommand(tx, { enrollmentId, platform: facts.get(enrollmentId)?.platform ?? "unknown" }, requestType, command);
  return { recipients, skipped, commandFor };
}

/** Which devices these are at this moment. @throws MusterError invalid-input when the group is not there */
export async function targetedDevices(tx: Executor, target: BatchTarget): Promise<string[]> {
  const ids = await findTargetDevices(tx, target);
  if (ids === null) throw new MusterError("invalid-input", "there is no such group", { errors: [{ pointer: "/target/groupId", detail: "no group has this id" }] });
  return ids;
}

/** Whoever said how many devices it would be looks again when it is another number. @throws MusterError conflict */
export function refuseUnexpected(expected: number | undefined, found: number): void {
  if (expected === undefined || expected === found) return;
  throw new MusterError("conflict", `${found === 1 ? "1 device" : `${found} devices`} can take it now, not ${expected}: look at them again`, { meta: { eligible: found } });
}

type Verdict = { reason: string } | { enrollmentId: string; overridden: boolean; judgedVersion: number | null };

function judgeTarget(target: TargetRow, { requestType, command }: Encoded, facts: KnownFacts | undefined, override: boolean): Verdict {
  const { enrollmentId } = target;
  if (!target.known) return { reason: "There is no such device." };
  if (enrollmentId === null) return { reason: "It was never enrolled." };
  if (target.state === "ended") return { reason: "Its management has ended." };
  if (target.state === "quarantined") return { reason: "It is quarantined: it gets no commands until an admin decides." };
  if (target.twin) return { reason: "An equal command waits there already." };
  if (target.open && ONE_AT_A_TIME.has(requestType)) return { reason: `A ${requestType} is still open there.` };
  const { eligible, reasons } = judgeCommand(requestType, facts, command);
  if (eligible) return { enrollmentId, overridden: false, judgedVersion: facts?.version ?? null };
  if (override && reasons.every((reason) => reason.overridable)) return { enrollmentId, overridden: true, judgedVersion: null };
  return { reason: reasons.map((reason) => reason.sentence).join(" ") };
}

/** A PIN is made, or a secret kept, for each device; or a secret of the device goes back to it. */
function isMadeForEach({ requestType, command }: Encoded): boolean {
  if (ONE_AT_A_TIME.has(requestType) || secretOfRequest(requestType, command) !== null) return true;
  return COMMANDS[requestType]?.parameters.some((parameter) => parameter.escrow !== undefined) === true;
}
