import { createHash, randomUUID } from "node:crypto";
import type { Executor } from "@/lib/db/database";
import { seal, unseal } from "@/lib/db/sealed";
import { keepSecret } from "@/lib/devices/secret-store";
import { recordEvents } from "@/lib/events/event-log";
import { COMMANDS } from "@/lib/protocol/commands/catalog";
import { commandPlist } from "@/lib/protocol/commands/command-plist";
import { secretOfRequest } from "@/lib/protocol/commands/request-secrets";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { insertCommands } from "./command-store";

/** Commands of other request types wait behind these: DESIGN's order of the queue. */
const DEFAULT_RANK = 2;

export interface CommandToQueue {
  enrollmentId: string;
  deviceId: string;
  requestType: string;
  command: PlistDictionary;
  createdBy: string;
  notBefore: Date | null;
  expiresAt: Date | null;
  deduplicateKey: string | null;
  /** The batch it is one of; none when left out. */
  batchId?: string;
  /** Sent although eligibility spoke against it. */
  overridden?: boolean;
  /** The version of the facts by which it was found eligible; left out, it is judged at its delivery. */
  judgedVersion?: number | null;
}

/** Place in the queue: security, then what ends Setup Assistant, then everything else. */
export function rankOf(requestType: string): number {
  return COMMANDS[requestType]?.rank ?? DEFAULT_RANK;
}

/**
 * Writes a command into its queue, encoded and sealed, with its event. A PIN or password in it is escrowed in
 * the same transaction: a locked device whose PIN was lost is a brick. Answers the CommandUUID.
 */
export async function queueCommand(tx: Executor, wanted: CommandToQueue): Promise<{ id: string; state: "queued" | "scheduled" }> {
  const id = randomUUID();
  const state = wanted.notBefore !== null && wanted.notBefore.getTime() > Date.now() ? "scheduled" : "queued";
  const requestSealed = sealRequest(id, commandPlist(id, wanted.command));
  await insertCommands(tx, [{
    id, enrollmentId: wanted.enrollmentId, requestType: wanted.requestType, requestSealed, state,
    queueRank: rankOf(wanted.requestType), notBefore: wanted.notBefore, expiresAt: wanted.expiresAt, createdBy: wanted.createdBy,
    deduplicateKey: wanted.deduplicateKey, batchId: wanted.batchId ?? null, overridden: wanted.overridden ?? false,
    judgedVersion: wanted.judgedVersion ?? null,
  }]);
  const secret = secretOfRequest(wanted.requestType, wanted.command);
  if (secret !== null) {
    await keepSecret(tx, { deviceId: wanted.deviceId, enrollmentId: wanted.enrollmentId, kind: secret.kind, source: id, value: Buffer.from(secret.value) });
  }
  await recordEvents(tx, [{
    kind: "command.queued", actor: wanted.createdBy, deviceId: wanted.deviceId, enrollmentId: wanted.enrollmentId, commandId: id,
    data: { requestType: wanted.requestType, ...(wanted.batchId === undefined ? {} : { ofBatch: wanted.batchId }) },
  }]);
  return { id, state };
}

/** Requests hold PINs, passwords and profiles with secrets, so every one is sealed. */
export function sealRequest(id: string, plist: string): Buffer {
  return seal(Buffer.from(plist), { table: "Command", row: id, column: "requestSealed" });
}
export function openRequest(id: string, sealed: Uint8Array): Buffer {
  return unseal(sealed, { table: "Command", row: id, column: "requestSealed" });
}
export function sealResponse(id: string, plist: Uint8Array): Buffer {
  return seal(plist, { table: "Command", row: id, column: "responseSealed" });
}
export function openResponse(id: string, sealed: Uint8Array): Buffer {
  return unseal(sealed, { table: "Command", row: id, column: "responseSealed" });
}

/** The command that all targets of a batch get, without a UUID. */
export function sealBatchRequest(batchId: string, plist: string): Buffer {
  return seal(Buffer.from(plist), { table: "CommandBatch", row: batchId, column: "requestSealed" });
}
export function openBatchRequest(batchId: string, sealed: Uint8Array): Buffer {
  return unseal(sealed, { table: "CommandBatch", row: batchId, column: "requestSealed" });
}

/** Equal commands have equal keys; null for a command that must not be merged with another. */
export function deduplicateKeyOf(requestType: string, command: PlistDictionary): string | null {
  if (COMMANDS[requestType]?.query !== true) return null;
  return createHash("sha256").update(commandPlist("", command)).digest("hex");
}
