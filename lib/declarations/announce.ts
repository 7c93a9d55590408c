import { randomUUID } from "node:crypto";
import { insertCommands } from "@/lib/commands/command-store";
import { rankOf, sealRequest } from "@/lib/commands/queue-command";
import { findWaitingCommands, replaceWaitingRequests } from "@/lib/commands/waiting-command-store";
import type { Executor } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import { commandPlist } from "@/lib/protocol/commands/command-plist";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { requestPush } from "@/lib/push/push-schedule";

const REQUEST_TYPE = "DeclarativeManagement";
/** Not before the first of the pushes that follow upon an enrollment. */
const FRESH_PUSH_AFTER_MS = 2_000;
const DEDUPLICATE_KEY = "declarative-management";

export interface Announcement {
  enrollmentId: string;
  deviceId: string;
  token: string;
  /** It has just enrolled: its first push must not come before APNs knows of it. */
  fresh: boolean;
}

/** What `tokens` answers, and what the command carries (Apple, "TokensResponse"). */
export function syncTokens(token: string, at: Date): { SyncTokens: { Timestamp: string; DeclarationsToken: string } } {
  return { SyncTokens: { Timestamp: at.toISOString().replace(/\.\d+Z$/, "Z"), DeclarationsToken: token } };
}

/**
 * Tells each enrollment by a DeclarativeManagement command that its declarations are others now, and pushes it. One that
 * still waits for the device is brought up to date instead: a device stops at a token it knows already.
 */
export async function announce(tx: Executor, announcements: readonly Announcement[], actor: string): Promise<void> {
  if (announcements.length === 0) return;
  const at = new Date();
  const byEnrollment = new Map(announcements.map((announcement) => [announcement.enrollmentId, announcement]));
  const waiting = await findWaitingCommands(tx, [...byEnrollment.keys()], DEDUPLICATE_KEY);
  const renewed = waiting.flatMap(({ id, enrollmentId }) => {
    const token = byEnrollment.get(enrollmentId)?.token;
    return token === undefined ? [] : [{ id, requestSealed: sealed(id, token, at) }];
  });
  const served = new Set(await replaceWaitingRequests(tx, renewed));
  const unserved = announcements.filter(({ enrollmentId }) => !served.has(enrollmentId)).map((announcement) => ({ ...announcement, id: randomUUID() }));
  await insertCommands(tx, unserved.map(({ id, enrollmentId, token }) => ({
    id, enrollmentId, requestType: REQUEST_TYPE, requestSealed: sealed(id, token, at), state: "queued" as const, queueRank: rankOf(REQUEST_TYPE),
    notBefore: null, expiresAt: null, createdBy: actor, deduplicateKey: DEDUPLICATE_KEY, batchId: null, overridden: false, judgedVersion: null,
  })));
  await recordEvents(tx, unserved.map(({ id, enrollmentId, deviceId }) => ({
    kind: "command.queued" as const, actor, deviceId, enrollmentId, commandId: id, data: { requestType: REQUEST_TYPE },
  })));
  const idsOf = (fresh: boolean) => announcements.filter((announcement) => announcement.fresh === fresh).map(({ enrollmentId }) => enrollmentId);
  await requestPush(tx, idsOf(false));
  await requestPush(tx, idsOf(true), new Date(at.getTime() + FRESH_PUSH_AFTER_MS));
}

function sealed(id: string, token: string, at: Date): Buffer {
  const command: PlistDictionary = { RequestType: REQUEST_TYPE, Data: Buffer.from(JSON.stringify(syncTokens(token, at))) };
  return sealRequest(id, commandPlist(id, command));
}
