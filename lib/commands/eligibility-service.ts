import { MusterError } from "@/lib/contracts/errors";
import type { Executor } from "@/lib/db/database";
import { autocommit } from "@/lib/db/prepared";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { COMMANDS } from "@/lib/protocol/commands/catalog";
import { eligibility, type Eligibility, type EligibilityFacts } from "@/lib/protocol/commands/eligibility";
import { readCommandOf } from "@/lib/protocol/commands/read-command";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import type { EligibilityRow } from "./eligibility-store";
import { markJudged, readEligibilityRows, withdrawCommand } from "./eligibility-store";
import { openRequest } from "./queue-command";

const FREE: Eligibility = { eligible: true, reasons: [] };

export interface KnownFacts extends EligibilityFacts {
  /** Another one whenever one of them has changed. */
  version: number;
}

/** What is known of these enrollments, by their ids; one statement for all of them. */
export async function eligibilityFacts(executor: Executor, enrollmentIds: readonly string[]): Promise<Map<string, KnownFacts>> {
  const rows = await readEligibilityRows(executor, enrollmentIds);
  return new Map(rows.map((row) => [row.enrollmentId, factsOf(row)]));
}

/** Only devices of Automated Device Enrollment wait in Setup Assistant, and only enrollments of users hide the UDID. */
function factsOf(row: EligibilityRow): KnownFacts {
  return {
    platform: row.platform,
    osVersion: row.osVersion,
    supervised: row.supervised,
    ade: row.awaitingConfiguration ? true : flag(row.enrolledViaDep),
    userEnrollment: !row.hasUdid || flag(row.isUserEnrollment) === true,
    // Of iPads only shared ones have user channels; that is known before the device has answered anything.
    sharedIpad: row.channel === "user" && (row.platform === "ipados" || row.platform === "ios") ? true : flag(row.isMultiUser),
    channel: row.channel,
    accessRights: row.accessRights,
    secrets: row.secrets,
    version: row.factsVersion,
  };
}

function flag(text: string | null): boolean | null {
  return text === "true" ? true : text === "false" ? false : null;
}

/** Whether a command may go to an enrollment; one that the catalog does not know always may. */
export function judgeCommand(requestType: string, facts: EligibilityFacts | undefined, command: PlistDictionary | null): Eligibility {
  const spec = COMMANDS[requestType];
  return spec === undefined || facts === undefined ? FREE : eligibility(spec, facts, command);
}

/**
 * Lets a command pass that fits its enrollment, or that an operator sends although it does not, where that may help.
 * Answers whether it was overridden.
 * @throws MusterError conflict, with the reasons in `meta`
 */
export function refuseIneligible(judged: Eligibility, requestType: string, override: boolean): boolean {
  if (judged.eligible) return false;
  const overridable = judged.reasons.every((reason) => reason.overridable);
  if (override && overridable) return true;
  const sentences = judged.reasons.map((reason) => reason.sentence).join(" ");
  throw new MusterError("conflict", `${requestType} is not for this device. ${sentences}`, { meta: { reasons: judged.reasons, overridable } });
}

/** A command on its way out. */
interface WaitingCommand {
  id: string;
  requestType: string;
  requestSealed: Uint8Array;
}

/**
 * Judges a command that waits, by what is known of its device now: it may have ceased to fit since it was queued (an
 * update, another kind of enrollment), and then it ends.
 */
export async function judgeWaiting(recipient: { enrollmentId: string; deviceId: string }, waiting: WaitingCommand): Promise<void> {
  const facts = (await eligibilityFacts(autocommit, [recipient.enrollmentId])).get(recipient.enrollmentId);
  if (facts === undefined) throw new MusterError("internal", "a command waits for an enrollment that is not there");
  const judged = judgeCommand(waiting.requestType, facts, commandToJudge(waiting));
  if (judged.eligible) return markJudged(autocommit, waiting.id, facts.version);
  const cause = judged.reasons.map((reason) => reason.sentence).join(" ").slice(0, 1_000);
  await transaction(async (tx) => {
    if (!(await withdrawCommand(tx, waiting.id, cause))) return;
    await recordEvents(tx, [{
      kind: "command.cancelled", actor: "system", ...recipient, commandId: waiting.id, data: { requestType: waiting.requestType, mayStillRun: false, cause },
    }]);
  });
}

/** The request is opened only where its content matters: settings are judged one by one, and a token may be in it. */
function commandToJudge({ id, requestType, requestSealed }: WaitingCommand): PlistDictionary | null {
  const matters = COMMANDS[requestType]?.parameters.some((parameter) => parameter.escrow !== undefined || parameter.items?.variants !== undefined);
  return matters === true ? readCommandOf(openRequest(id, requestSealed)) : null;
}
