import type { Executor } from "@/lib/db/database";

/** The topic of a life, which no later profile may change; null when there is no such life. */
export async function readTopicOfLife(executor: Executor, enrollmentId: string): Promise<string | null> {
  const { rows } = await executor.query<{ topic: string }>(`SELECT "topic" FROM "Enrollment" WHERE "id" = $1`, [enrollmentId]);
  return rows[0]?.topic ?? null;
}
