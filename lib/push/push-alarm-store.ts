import type { Executor } from "@/lib/db/database";

const QUIET = `interval '10 minutes'`;

export interface PushAlarm {
  status: number | null;
  reason: string | null;
  sentence: string;
}

/** Remembers the alarm of a topic. False when one was raised in the last ten minutes, by whichever node. */
export async function rememberAlarm(executor: Executor, topic: string, alarm: PushAlarm): Promise<boolean> {
  const { rowCount } = await executor.query(
    `INSERT INTO "Setting" ("key", "value", "updatedAt") VALUES ($1, $2, now())
     ON CONFLICT ("key") DO UPDATE SET "value" = EXCLUDED."value", "updatedAt" = now() WHERE "Setting"."updatedAt" <= now() - ${QUIET}`,
    [`push-alarm:${topic}`, JSON.stringify(alarm)],
  );
  return rowCount === 1;
}
