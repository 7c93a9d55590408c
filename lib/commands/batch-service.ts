import { randomUUID } from "node:crypto";
import type { RetryBatchBody, SendBatchBody } from "@/lib/contracts/batches";
import { MusterError } from "@/lib/contracts/errors";
import { decodeSequenceCursor, decodeTimeCursor } from "@/lib/db/cursor";
import { pageOf, type Page } from "@/lib/db/page";
import type { Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { commandPlist } from "@/lib/protocol/commands/command-plist";
import { readCommandOf } from "@/lib/protocol/commands/read-command";
import { pushMany, queueForMany, queueOneByOne } from "./batch-queue";
import type { BatchRow, SkippedTarget, StoredTarget } from "./batch-store";
import {
  cancelBatchCommands, countBatchRows, countBatchStates, findBatchDevices, findSilentEnrollments, insertBatch, listBatchRows, readBatchRequest,
  readBatchRow,
} from "./batch-store";
import { chooseRecipients, refuseUnexpected, targetedDevices } from "./batch-recipients";
import type { Encoded } from "./command-service";
import { encodeBody, refuseEnrollmentProfile, timesOf } from "./command-service";
import { countBatchCommandRows, listBatchCommandRows, type BatchCommandRow } from "./command-list-store";
import { deduplicateKeyOf, openBatchRequest, sealBatchRequest } from "./queue-command";

/** Every target keeps the command sealed for itself. */
const MAX_BATCH_BYTES = 2_000_000_000;

export interface Batch extends BatchRow {
  byState: Record<string, number>;
}

/**
 * Queues a command for many devices. Which, is settled at this moment. All of it is one transaction: either the
 * batch is there with every command and event, or, when the server dies meanwhile, nothing of it.
 * @throws MusterError invalid-input with pointers, conflict when fewer or more can take it than were expected
 */
export async function sendBatch(body: SendBatchBody, actor: string): Promise<Batch> {
  const encoded = encodeBody(body);
  refuseEnrollmentProfile(encoded);
  const times = timesOf(body);
  const id = await transaction(async (tx) => {
    const deviceIds = await targetedDevices(tx, body.target);
    return makeBatch(tx, { encoded, target: body.target, deviceIds, skipped: [], actor, override: body.override === true, push: body.push !== false, expected: body.expected, ...times });
  });
  return readBatch(id);
}

interface BatchPlan {
  encoded: Encoded;
  target: StoredTarget;
  deviceIds: readonly string[];
  /** Known to get nothing before anybody looked. */
  skipped: readonly SkippedTarget[];
  actor: string;
  override: boolean;
  push: boolean;
  /** How many devices have to be able to take it; undefined: any number. */
  expected: number | undefined;
  notBefore: Date | null;
  expiresAt: Date | null;
}

async function makeBatch(tx: Executor, plan: BatchPlan): Promise<string> {
  const { encoded, target, actor, notBefore, expiresAt } = plan;
  const { requestType, command } = encoded;
  const deduplicateKey = deduplicateKeyOf(requestType, command);
  const chosen = await chooseRecipients(tx, plan.deviceIds, encoded, { deduplicateKey: notBefore === null ? deduplicateKey : null, override: plan.override });
  refuseUnexpected(plan.expected, chosen.recipients.length);
  const plist = commandPlist("", command);
  if (chosen.recipients.length * plist.length > MAX_BATCH_BYTES) {
    throw new MusterError("invalid-input", "this command is too large for so many devices", { errors: [{ pointer: "/target", detail: `at most ${Math.floor(MAX_BATCH_BYTES / plist.length)} devices for a command of this size` }] });
  }
  const id = randomUUID();
  const skipped = [...plan.skipped, ...chosen.skipped];
  const total = chosen.recipients.length;
  await insertBatch(tx, { id, requestType, requestSealed: sealBatchRequest(id, plist), target, total, skipped, createdBy: actor });
  const batch = { batchId: id, requestType, command, createdBy: actor, notBefore, expiresAt, deduplicateKey };
  if (chosen.commandFor === null) await queueForMany(tx, batch, chosen.recipients);
  else await queueOneByOne(tx, batch, chosen.recipients, chosen.commandFor);
  await recordEvents(tx, [{ kind: "batch.sent", actor, data: { batchId: id, requestType, total, skipped: skipped.length } }]);
  if (plan.push) await pushMany(tx, chosen.recipients.map((recipient) => recipient.enrollmentId), notBefore);
  return id;
}

/** What the device answered in the negative. */
const FAILED = ["failed", "malformed"] as const;
/** What ended without a word of the device. */
const UNANSWERED = ["poisoned", "expired"] as const;

/**
 * Makes a new batch of a part of this one. `failed`: whose device answered that it failed. `silent`: whose command was
 * taken out or ran out of time; one that still waits is not queued twice, its device is pushed again.
 * @throws MusterError not-found
 */
export async function retryBatch(batchId: string, { which }: RetryBatchBody, actor: string): Promise<Batch> {
  const id = await transaction(async (tx) => {
    const before = await readBatchRequest(tx, batchId);
    if (before === null) throw new MusterError("not-found", `no batch ${batchId}`);
    const encoded = { requestType: before.requestType, command: readCommandOf(openBatchRequest(batchId, before.requestSealed)) };
    const deviceIds = await findBatchDevices(tx, batchId, which === "failed" ? FAILED : UNANSWERED);
    const waiting = which === "failed" ? [] : await findSilentEnrollments(tx, batchId);
    await pushMany(tx, waiting.map((row) => row.enrollmentId), null);
    const skipped = waiting.map(({ deviceId }) => ({ deviceId, reason: "Its command still waits: the device is pushed again." }));
    return makeBatch(tx, { encoded, target: { batchId, which }, deviceIds, skipped, actor, override: before.overridden, push: true, expected: undefined, notBefore: null, expiresAt: null });
  });
  return readBatch(id);
}

/**
 * Takes what is open of a batch out of the queues. `cancelled` will not run; `mayStillRun` had been delivered and
 * has no answer yet. @throws MusterError not-found
 */
export async function cancelBatch(batchId: string, actor: string): Promise<{ cancelled: number; mayStillRun: number }> {
  const batch = await readBatch(batchId);
  const cause = `Cancelled by ${actor} with its batch.`;
  return transaction(async (tx) => {
    const rows = await cancelBatchCommands(tx, batchId, cause);
    const mayStillRun = rows.filter((row) => row.delivered).length;
    const counts = { cancelled: rows.length - mayStillRun, mayStillRun };
    await recordEvents(tx, rows.map(({ id, deviceId, enrollmentId, delivered }) => ({
      kind: "command.cancelled" as const, actor, deviceId, enrollmentId, commandId: id, data: { requestType: batch.requestType, mayStillRun: delivered, cause, ofBatch: batchId },
    })));
    await recordEvents(tx, [{ kind: "batch.cancelled", actor, data: { batchId, requestType: batch.requestType, ...counts } }]);
    return counts;
  });
}

/** A batch with how many of its commands are in each state. @throws MusterError not-found */
export async function readBatch(id: string): Promise<Batch> {
  const row = await readBatchRow(id);
  if (row === null) throw new MusterError("not-found", `no batch ${id}`);
  return { ...row, byState: (await countBatchStates([id])).get(id) ?? {} };
}

/** One page of batches, newest first. */
export async function listBatches(query: { cursor?: string | undefined; limit: number }): Promise<Page<Batch>> {
  const before = query.cursor === undefined ? null : decodeTimeCursor(query.cursor);
  const [rows, total] = await Promise.all([listBatchRows(before, query.limit + 1), countBatchRows()]);
  const page = pageOf(rows, query.limit, total, (last) => [last.createdAt.toISOString(), last.id]);
  const states = await countBatchStates(page.items.map((row) => row.id));
  return { ...page, items: page.items.map((row) => ({ ...row, byState: states.get(row.id) ?? {} })) };
}

/** The commands of a batch, last queued first. @throws MusterError not-found */
export async function listBatchCommands(
  id: string,
  query: { state?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<BatchCommandRow>> {
  if ((await readBatchRow(id)) === null) throw new MusterError("not-found", `no batch ${id}`);
  const state = query.state ?? null;
  const before = query.cursor === undefined ? null : decodeSequenceCursor(query.cursor);
  const [rows, total] = await Promise.all([listBatchCommandRows(id, state, before, query.limit + 1), countBatchCommandRows(id, state)]);
  return pageOf(rows, query.limit, total, (last) => [last.sequence, last.id]);
}
