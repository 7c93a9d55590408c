import type { AdeProblem } from "@/lib/contracts/ade-words";
import { database } from "@/lib/db/database";
import { PUSH_HEALTH_SQL } from "@/lib/devices/device-filter-store";
import { COMMANDS_COUNT_DAYS } from "@/lib/contracts/device-filter";

async function counts(sql: string): Promise<Record<string, number>> {
  const { rows } = await database().pool.query<{ key: string; total: number }>(sql);
  return Object.fromEntries(rows.map((row) => [row.key, row.total]));
}

/** Nearly all devices are of the words that are left out. */
const RARE_STATES = `'authenticating','quarantined','unenrolling'`;
const RARE_PUSH = `'missing','dead','failing','unanswered'`;
/** The newest life of a device that goes on; what waits for a decision beside it has no key. */
const NEWEST = `e."channel" = 'device' AND e."liveKey" IS NOT NULL`;

/** Devices by the rare states of their newest life, by "enrolled" and by "none" where there was none, and the managed ones by what is wrong with their push. */
export async function countLives(): Promise<{ byState: Record<string, number>; byPush: Record<string, number> }> {
  const { rows } = await database().pool.query<{ of: "state" | "push"; word: string; total: number }>(
    `SELECT 'state' AS "of", e."state" AS "word", count(*)::int AS "total" FROM "Enrollment" e WHERE e."state" IN (${RARE_STATES}) AND ${NEWEST} GROUP BY 2
     UNION ALL SELECT 'state', 'enrolled', count(*)::int FROM "Enrollment" e WHERE e."state" = 'enrolled' AND e."channel" = 'device'
     UNION ALL SELECT 'push', ${PUSH_HEALTH_SQL}, count(*)::int FROM "Enrollment" e WHERE (${PUSH_HEALTH_SQL}) IN (${RARE_PUSH}) AND e."endedAt" IS NULL AND ${NEWEST} GROUP BY 2
     UNION ALL SELECT 'state', 'none', count(*)::int FROM "Device" WHERE "enrollmentId" IS NULL`,
  );
  const part = (of: string): Record<string, number> => Object.fromEntries(rows.filter((row) => row.of === of).map((row) => [row.word, row.total]));
  return { byState: part("state"), byPush: part("push") };
}

export interface VersionCountRow {
  platform: string;
  osVersion: string | null;
  simulated: boolean;
  total: number;
}

/** Devices by platform and version, the most frequent first. */
export async function countVersions(): Promise<VersionCountRow[]> {
  const { rows } = await database().pool.query<VersionCountRow>(
    `SELECT "platform", "osVersion", "simulated", count(*)::int AS "total" FROM "Device" GROUP BY 1, 2, 3 ORDER BY 4 DESC`,
  );
  return rows;
}

/** Open commands, and those that ended lately: each out of the index that holds nothing else. */
export async function countCommandsByState(): Promise<Record<string, number>> {
  return counts(
    `SELECT "state" AS "key", count(*)::int AS "total" FROM "Command" WHERE "queueRank" IS NOT NULL GROUP BY 1
     UNION ALL SELECT "state", count(*)::int FROM "Command" WHERE "endedAt" > now() - interval '${COMMANDS_COUNT_DAYS} days' GROUP BY 1`,
  );
}

/** When the command that has waited longest was queued; null when none waits. */
export async function oldestQueued(): Promise<Date | null> {
  const { rows } = await database().pool.query<{ at: Date | null }>(`SELECT min("queuedAt") AS "at" FROM "Command" WHERE "queueRank" IS NOT NULL AND "state" <> 'scheduled'`);
  return rows[0]?.at ?? null;
}

export async function countRecentStrangers(): Promise<number> {
  return (await counts(`SELECT 'recent' AS "key", count(*)::int AS "total" FROM "UnknownContact" WHERE "lastSeenAt" > now() - interval '7 days'`)).recent ?? 0;
}

export async function countLinks(): Promise<number> {
  return (await counts(`SELECT 'all' AS "key", count(*)::int AS "total" FROM "EnrollmentLink"`)).all ?? 0;
}

/** What waits for a person. */
export async function countDecisionsWaiting(): Promise<{ admissionsWaiting: number; restoresWaiting: number; terminationsHeld: number }> {
  const found = await counts(
    `SELECT 'admissions' AS "key", count(*)::int AS "total" FROM "Admission" WHERE "state" = 'waiting'
     UNION ALL SELECT 'restores', count(*)::int FROM "Restore" WHERE "state" = 'waiting'
     UNION ALL SELECT 'terminations', count(*)::int FROM "Enrollment" WHERE "state" = 'unenrolling' AND "terminationHeldAt" IS NOT NULL`,
  );
  return { admissionsWaiting: found.admissions ?? 0, restoresWaiting: found.restores ?? 0, terminationsHeld: found.terminations ?? 0 };
}

export interface AdeServerRow {
  id: string;
  name: string;
  tokenExpiresAt: Date;
  problem: AdeProblem | null;
}

/** Servers for Automated Device Enrollment that have a token, first to end first. */
export async function listAdeServers(): Promise<AdeServerRow[]> {
  const { rows } = await database().pool.query<AdeServerRow>(
    `SELECT "id", "name", "tokenExpiresAt", "problem" FROM "AdeServer" WHERE "tokenExpiresAt" IS NOT NULL ORDER BY "tokenExpiresAt", "id"`,
  );
  return rows;
}
