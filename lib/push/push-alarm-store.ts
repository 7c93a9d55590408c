import { database, type Executor } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";

const QUIET = `interval '10 minutes'`;
const KEY = "push-alarm:";

export interface PushAlarm {
  status: number | null;
  reason: string | null;
  sentence: string;
}

export interface StandingAlarm extends PushAlarm {
  topic: string;
  since: Date;
}

/** Remembers the alarm of a topic and since when it stands. False when one was raised in the last ten minutes, by whichever node. */
export async function rememberAlarm(executor: Executor, topic: string, alarm: PushAlarm): Promise<boolean> {
  const { rowCount } = await executor.query(
    `INSERT INTO "Setting" ("key", "value", "updatedAt") VALUES ($1, $2::jsonb || jsonb_build_object('since', now()), now())
     ON CONFLICT ("key") DO UPDATE SET "value" = EXCLUDED."value" || jsonb_build_object('since', COALESCE("Setting"."value"->'since', to_jsonb(now()))), "updatedAt" = now()
     WHERE "Setting"."updatedAt" <= now() - ${QUIET}`,
    [KEY + topic, toJsonb(alarm)],
  );
  return rowCount === 1;
}

/** Answers whether there was an alarm. */
export async function forgetAlarm(executor: Executor, topic: string): Promise<boolean> {
  const { rowCount } = await executor.query(`DELETE FROM "Setting" WHERE "key" = $1`, [KEY + topic]);
  return rowCount === 1;
}

/** The alarms that stand, oldest first; null asks for those of every topic. */
export async function findAlarms(topic: string | null): Promise<StandingAlarm[]> {
  const { rows } = await database().pool.query<StandingAlarm>(
    `SELECT substr("key", length($1) + 1) AS "topic", ("value"->>'status')::int AS "status", "value"->>'reason' AS "reason",
       "value"->>'sentence' AS "sentence", COALESCE(("value"->>'since')::timestamptz, "updatedAt") AS "since"
     FROM "Setting" WHERE starts_with("key", $1) AND ($2::text IS NULL OR "key" = $1 || $2) ORDER BY "since", "key"`,
    [KEY, topic],
  );
  return rows;
}
