import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, vi } from "vitest";
import { closeDatabase, database, openDatabase } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { queueCommand } from "@/lib/commands/queue-command";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { running, Stage } from "./stage";

export const MASTER_KEY = "5a".repeat(32);

/** A stage whose database and keys the test process shares: for what no API shows or does yet. */
export function withBackstage(env: Record<string, string> = {}): Stage {
  return sharing(new Stage(), env);
}

/** Runs the stage, and opens its database to the test process. */
export function sharing<S extends Stage>(stage: S, env: Record<string, string>): S {
  running(stage, { MASTER_KEY, ...env });
  beforeAll(() => {
    vi.stubEnv("MASTER_KEY", MASTER_KEY);
    openDatabase(stage.muster.databaseUrl);
  });
  afterAll(async () => {
    await closeDatabase();
    vi.unstubAllEnvs();
  });
  return stage;
}

export async function rows<R>(sql: string, params: unknown[] = []): Promise<R[]> {
  return (await database().pool.query<R & Record<string, unknown>>(sql, params)).rows;
}

/** A row of "Setting"; null removes it. */
export async function setSetting(key: string, value: unknown): Promise<void> {
  await rows(`DELETE FROM "Setting" WHERE "key" = $1`, [key]);
  if (value !== null) await rows(`INSERT INTO "Setting" ("key","value","updatedAt") VALUES ($1,$2::jsonb,now())`, [key, JSON.stringify(value)]);
}

export interface ChannelRow {
  id: string;
  deviceId: string;
  parentId: string | null;
  state: string;
  endedCause: string | null;
  awaitingConfiguration: boolean;
  notOnConsole: boolean | null;
  userShortName: string | null;
  userLongName: string | null;
}

/** The newest life under this key. @throws when there is none */
export async function channel(key: string): Promise<ChannelRow> {
  const [row] = await rows<ChannelRow>(`SELECT * FROM "Enrollment" WHERE "channelKey" = $1 ORDER BY "life" DESC LIMIT 1`, [key]);
  if (row === undefined) throw new Error(`no enrollment ${key}`);
  return row;
}

/** Puts a command into the queue of one channel. Answers its CommandUUID. */
export async function queueFor(to: { id: string; deviceId: string }, command: PlistDictionary & { RequestType: string }): Promise<string> {
  const { id } = await transaction((tx) => queueCommand(tx, {
    enrollmentId: to.id, deviceId: to.deviceId, requestType: command.RequestType, command, createdBy: "test", notBefore: null, expiresAt: null, deduplicateKey: null,
  }));
  return id;
}

/** The server writes down whom it heard of every two seconds. */
const PRESENCE_WRITTEN_MS = 2_500;

/** Lets the clock of the server's memory run: the device was last heard of so long ago. */
export async function letTimePass(deviceId: string, minutes: number): Promise<void> {
  await sleep(PRESENCE_WRITTEN_MS);
  await rows(`UPDATE "Enrollment" SET "lastSeenAt" = "lastSeenAt" - $2 * interval '1 minute', "endedAt" = "endedAt" - $2 * interval '1 minute' WHERE "deviceId" = $1`, [deviceId, minutes]);
}
