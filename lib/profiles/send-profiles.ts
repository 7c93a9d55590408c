import { randomUUID } from "node:crypto";
import { insertCommands, type NewCommandRow } from "@/lib/commands/command-store";
import { rankOf, sealRequest } from "@/lib/commands/queue-command";
import type { Executor } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import { commandPlist } from "@/lib/protocol/commands/command-plist";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { ProtocolError } from "@/lib/protocol/protocol-error";
import { PROFILE_IDENTIFIER } from "@/lib/protocol/profile/profile-identifier";
import { requestPush } from "@/lib/push/push-schedule";
import { deviceContent } from "./device-content";
import { openProfile } from "./open-profile";
import type { Wanted } from "./next-step";
import { MOST_FAILURES } from "./next-step";
import type { Plan } from "./plan";
import { openVersions } from "./profile-store";

/** Not before the first of the pushes that follow upon an enrollment. */
const FRESH_PUSH_AFTER_MS = 2_000;
/** Requests written by one statement: profiles may have megabytes. */
const MOST_BYTES = 8 * 1024 * 1024;
const ACTOR = "system";

/** Queues what the plans want sent, notes it in their standings, and wakes the devices. */
export async function sendProfiles(tx: Executor, plans: readonly Plan[], wantedBy: (enrollmentId: string) => ReadonlyMap<string, Wanted>): Promise<void> {
  const contents = await contentsOf(tx, plans, wantedBy);
  const queue = new CommandQueue(tx);
  for (const plan of plans) {
    for (const { kind, identifier } of plan.send) {
      const row = plan.save.find((standing) => standing.identifier === identifier);
      if (row === undefined || identifier === PROFILE_IDENTIFIER) continue;
      const wanted = wantedBy(row.enrollmentId).get(identifier);
      if (kind === "remove") {
        Object.assign(row, { state: "removing", retryAt: null, commandId: await queue.add(plan, { RequestType: "RemoveProfile", Identifier: identifier }) });
      } else if (wanted !== undefined) {
        const payload = written(contents.get(wanted.versionId), wanted.versionId, plan);
        Object.assign(row, { sentVersionId: wanted.versionId, sentHash: wanted.valuesHash, retryAt: null });
        if (payload === null) Object.assign(row, { state: "failed", failures: MOST_FAILURES, reason: "A value of this device cannot stand in a property list." });
        else Object.assign(row, { state: "installing", commandId: await queue.add(plan, { RequestType: "InstallProfile", Payload: payload }) });
      }
    }
    if (plan.askForList) await queue.add(plan, { RequestType: "ProfileList" });
  }
  await queue.finish();
}

async function contentsOf(tx: Executor, plans: readonly Plan[], wantedBy: (enrollmentId: string) => ReadonlyMap<string, Wanted>): Promise<Map<string, PlistDictionary>> {
  const installs = plans.flatMap(({ enrollment, send }) => send.filter(({ kind }) => kind === "install").flatMap(({ identifier }) => wantedBy(enrollment.enrollmentId).get(identifier)?.versionId ?? []));
  const files = installs.length === 0 ? new Map<string, Buffer>() : await openVersions(tx, [...new Set(installs)]);
  return new Map([...files].map(([id, file]) => [id, openProfile(file).content]));
}

function written(content: PlistDictionary | undefined, versionId: string, { enrollment }: Plan): Buffer | null {
  if (content === undefined) return null;
  try {
    return deviceContent(content, versionId, enrollment.values);
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

/** Commands on their way into the database, a few megabytes at a time. */
class CommandQueue {
  readonly #tx: Executor;
  #rows: (NewCommandRow & { deviceId: string })[] = [];
  #bytes = 0;
  readonly #wake = { now: new Set<string>(), fresh: new Set<string>() };

  constructor(tx: Executor) {
    this.#tx = tx;
  }

  async add({ enrollment }: Plan, command: PlistDictionary & { RequestType: string }): Promise<string> {
    const id = randomUUID();
    const { enrollmentId, deviceId, fresh } = enrollment;
    const requestType = command.RequestType;
    const requestSealed = sealRequest(id, commandPlist(id, command));
    this.#rows.push({
      id, enrollmentId, deviceId, requestType, requestSealed, state: "queued", queueRank: rankOf(requestType), notBefore: null, expiresAt: null, createdBy: ACTOR,
      deduplicateKey: null, batchId: null, overridden: false, judgedVersion: null,
    });
    this.#bytes += requestSealed.length;
    this.#wake[fresh ? "fresh" : "now"].add(enrollmentId);
    if (this.#bytes > MOST_BYTES) await this.#flush();
    return id;
  }

  async finish(): Promise<void> {
    await this.#flush();
    await requestPush(this.#tx, [...this.#wake.now]);
    await requestPush(this.#tx, [...this.#wake.fresh], new Date(Date.now() + FRESH_PUSH_AFTER_MS));
  }

  async #flush(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    this.#bytes = 0;
    if (rows.length === 0) return;
    await insertCommands(this.#tx, rows);
    await recordEvents(this.#tx, rows.map(({ id, enrollmentId, deviceId, requestType }) => ({
      kind: "command.queued" as const, actor: ACTOR, deviceId, enrollmentId, commandId: id, data: { requestType },
    })));
  }
}
