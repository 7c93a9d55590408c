import { randomUUID } from "node:crypto";
import type { Executor } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import { commandPlist } from "@/lib/protocol/commands/command-plist";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { requestPush } from "@/lib/push/push-schedule";
import { insertCommands } from "./command-store";
import { queueCommand, rankOf, sealRequest } from "./queue-command";

/** Rows in one statement; fewer where the command is large. */
const CHUNK_ROWS = 1_000;
const CHUNK_BYTES = 8_000_000;
/** A fleet that connects at once would be a flood: so many pushes at a time, so far apart. */
const PUSHES_AT_A_TIME = 1_000;
const PUSH_PAUSE_MS = 2_000;

export interface BatchCommand {
  batchId: string;
  requestType: string;
  command: PlistDictionary;
  createdBy: string;
  notBefore: Date | null;
  expiresAt: Date | null;
  deduplicateKey: string | null;
}

export interface BatchRecipient {
  deviceId: string;
  enrollmentId: string;
  overridden: boolean;
  judgedVersion: number | null;
}

/** Queues the same command for every recipient, each sealed with a CommandUUID of its own, by a few statements. */
export async function queueForMany(tx: Executor, { batchId, requestType, command, ...batch }: BatchCommand, recipients: readonly BatchRecipient[]): Promise<void> {
  const state = batch.notBefore !== null && batch.notBefore.getTime() > Date.now() ? "scheduled" : "queued";
  const place = randomUUID();
  const [head = "", tail = ""] = commandPlist(place, command).split(place);
  const rows = Math.max(1, Math.min(CHUNK_ROWS, Math.floor(CHUNK_BYTES / (head.length + tail.length))));
  for (const chunk of chunksOf(recipients, rows)) {
    const made = chunk.map((recipient) => ({ ...recipient, id: randomUUID() }));
    await insertCommands(tx, made.map(({ id, enrollmentId, overridden, judgedVersion }) => ({
      ...batch, id, enrollmentId, requestType, requestSealed: sealRequest(id, head + id + tail), state, queueRank: rankOf(requestType), batchId, overridden, judgedVersion,
    })));
    await recordEvents(tx, made.map(({ id, deviceId, enrollmentId }) => ({
      kind: "command.queued" as const, actor: batch.createdBy, deviceId, enrollmentId, commandId: id, data: { requestType, ofBatch: batchId },
    })));
  }
}

/** The same for a command that is made for each recipient: with a PIN to keep, or a secret of the device in it. */
export async function queueOneByOne(
  tx: Executor,
  { command, ...batch }: BatchCommand,
  recipients: readonly BatchRecipient[],
  commandFor: (recipient: BatchRecipient, command: PlistDictionary) => Promise<PlistDictionary>,
): Promise<void> {
  for (const recipient of recipients) await queueCommand(tx, { ...batch, ...recipient, command: await commandFor(recipient, command) });
}

/** Wakes the recipients, many of them little by little. */
export async function pushMany(tx: Executor, enrollmentIds: readonly string[], notBefore: Date | null): Promise<void> {
  const from = notBefore?.getTime() ?? Date.now();
  for (const [index, chunk] of chunksOf(enrollmentIds, PUSHES_AT_A_TIME).entries()) {
    await requestPush(tx, chunk, notBefore === null && index === 0 ? null : new Date(from + index * PUSH_PAUSE_MS));
  }
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
