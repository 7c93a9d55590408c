import type { Executor } from "@/lib/db/database";

/** Commands of this key that wait for their devices. */
export async function findWaitingCommands(tx: Executor, enrollmentIds: readonly string[], deduplicateKey: string): Promise<{ id: string; enrollmentId: string }[]> {
  const { rows } = await tx.query<{ id: string; enrollmentId: string }>(
    `SELECT "id","enrollmentId" FROM "Command" WHERE "enrollmentId" = ANY($1::uuid[]) AND "queueRank" IS NOT NULL AND "deduplicateKey" = $2
       AND "state" IN ('queued','deferred')`,
    [enrollmentIds, deduplicateKey],
  );
  return rows;
}

/** Gives commands another content, unless their devices have taken them meanwhile. Answers the enrollments of those that still wait. */
export async function replaceWaitingRequests(tx: Executor, requests: readonly { id: string; requestSealed: Uint8Array }[]): Promise<string[]> {
  if (requests.length === 0) return [];
  const { rows } = await tx.query<{ enrollmentId: string }>(
    `UPDATE "Command" c SET "requestSealed" = w."request" FROM unnest($1::uuid[], $2::bytea[]) AS w("id","request")
     WHERE c."id" = w."id" AND c."queueRank" IS NOT NULL AND c."state" IN ('queued','deferred') RETURNING c."enrollmentId"`,
    [requests.map(({ id }) => id), requests.map(({ requestSealed }) => requestSealed)],
  );
  return rows.map((row) => row.enrollmentId);
}
