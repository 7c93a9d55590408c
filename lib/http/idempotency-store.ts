import { randomUUID } from "node:crypto";
import { database } from "@/lib/db/database";
import { seal, unseal } from "@/lib/db/sealed";

/** What is known of a key: it is ours to work on, somebody works on it, or its answer is there. */
export type Claim =
  | { kind: "ours"; id: string }
  | { kind: "running"; requestHash: string }
  | { kind: "answered"; requestHash: string; status: number; json: string };

interface StoredRecord {
  id: string;
  requestHash: string;
  status: number | null;
  body: { sealed: string } | null;
}

/** A node that vanished in the middle of its work holds a key no longer than this. */
const ABANDONED = "1 minute";
const KEPT = "1 day";

/** Takes the key for this request, or tells who has it. */
export async function claimKey(actorId: string, key: string, requestHash: string): Promise<Claim> {
  const { pool } = database();
  await pool.query(`DELETE FROM "IdempotencyRecord" WHERE "createdAt" < now() - $1::interval`, [KEPT]);
  const taken = await pool.query<{ id: string }>(
    `INSERT INTO "IdempotencyRecord" ("id", "actorId", "key", "requestHash") VALUES ($1, $2, $3, $4)
     ON CONFLICT ("actorId", "key") DO UPDATE SET "createdAt" = now()
       WHERE "IdempotencyRecord"."status" IS NULL AND "IdempotencyRecord"."requestHash" = excluded."requestHash"
         AND "IdempotencyRecord"."createdAt" < now() - $5::interval
     RETURNING "id"`,
    [randomUUID(), actorId, key, requestHash, ABANDONED],
  );
  const ours = taken.rows[0];
  if (ours !== undefined) return { kind: "ours", id: ours.id };
  const { rows } = await pool.query<StoredRecord>(
    `SELECT "id", "requestHash", "status", "body" FROM "IdempotencyRecord" WHERE "actorId" = $1 AND "key" = $2`,
    [actorId, key],
  );
  // No row: the first request failed between the two statements, so the next look may take the key.
  return rows[0] === undefined ? { kind: "running", requestHash } : claimOf(rows[0]);
}

function claimOf({ id, requestHash, status, body }: StoredRecord): Claim {
  if (status === null || body === null) return { kind: "running", requestHash };
  const json = unseal(Buffer.from(body.sealed, "base64"), placeOf(id)).toString();
  return { kind: "answered", requestHash, status, json };
}

/** Keeps the answer for repeated requests; sealed, since answers may hold tokens that are shown once. */
export async function keepAnswer(id: string, status: number, json: string): Promise<void> {
  const body = { sealed: seal(Buffer.from(json), placeOf(id)).toString("base64") };
  await database().pool.query(`UPDATE "IdempotencyRecord" SET "status" = $2, "body" = $3 WHERE "id" = $1`, [id, status, body]);
}

/** Gives the key back: the request failed and may be tried again. */
export async function releaseKey(id: string): Promise<void> {
  await database().pool.query(`DELETE FROM "IdempotencyRecord" WHERE "id" = $1 AND "status" IS NULL`, [id]);
}

function placeOf(id: string) {
  return { table: "IdempotencyRecord", row: id, column: "body" };
}
