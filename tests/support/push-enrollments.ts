import { randomBytes, randomUUID } from "node:crypto";
import { database } from "@/lib/db/database";
import { seal } from "@/lib/db/sealed";

export interface PushEnrollment {
  id: string;
  deviceId: string;
  channelKey: string;
  /** Lower-case hex. */
  token: string;
  magic: string;
}

/** Enrolled devices with a push token that connected long ago, written straight into the tables of push. */
export async function enrollForPush(topic: string, count: number, changes: Record<string, unknown> = {}): Promise<PushEnrollment[]> {
  const made = Array.from({ length: count }, () => {
    const [id, deviceId, channelKey] = [randomUUID(), randomUUID(), randomUUID().toUpperCase()];
    return { id, deviceId, channelKey, token: randomBytes(32).toString("hex"), magic: randomUUID() };
  });
  const place = (id: string, column: string) => ({ table: "Enrollment", row: id, column });
  const { pool } = database();
  await pool.query(`INSERT INTO "Device" ("id", "udid", "platform") SELECT *, 'ios' FROM unnest($1::uuid[], $2::text[])`, [
    made.map(({ deviceId }) => deviceId),
    made.map(({ channelKey }) => channelKey),
  ]);
  await pool.query(
    `INSERT INTO "Enrollment" ("id", "deviceId", "channel", "channelKey", "liveKey", "state", "topic", "enrolledAt", "firstConnectAt",
       "tokenUpdatedAt", "tokenSealed", "magicSealed")
     SELECT id, device, 'device', key, key, 'enrolled', $4, now() - interval '1 hour', now() - interval '1 hour', now() - interval '1 hour', token, magic
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $5::bytea[], $6::bytea[]) AS e(id, device, key, token, magic)`,
    [
      made.map(({ id }) => id), made.map(({ deviceId }) => deviceId), made.map(({ channelKey }) => channelKey), topic,
      made.map(({ id, token }) => seal(Buffer.from(token, "hex"), place(id, "tokenSealed"))),
      made.map(({ id, magic }) => seal(Buffer.from(magic), place(id, "magicSealed"))),
    ],
  );
  if (Object.keys(changes).length > 0) await changeEnrollments(made.map(({ id }) => id), changes);
  return made;
}

/** One enrollment, as above. */
export async function enrollOneForPush(topic: string, changes: Record<string, unknown> = {}): Promise<PushEnrollment> {
  const [made] = await enrollForPush(topic, 1, changes);
  if (made === undefined) throw new Error("no enrollment was made");
  return made;
}

/** Sets columns as another room would. */
export async function changeEnrollments(ids: readonly string[], changes: Record<string, unknown>): Promise<void> {
  const columns = Object.keys(changes);
  const assignments = columns.map((column, index) => `"${column}" = $${index + 2}`).join(", ");
  await database().pool.query(`UPDATE "Enrollment" SET ${assignments} WHERE "id" = ANY($1::uuid[])`, [ids, ...Object.values(changes)]);
}

/** A new token of a TokenUpdate. Answers it as hex. */
export async function updateToken(id: string): Promise<string> {
  const token = randomBytes(32);
  const tokenSealed = seal(token, { table: "Enrollment", row: id, column: "tokenSealed" });
  await changeEnrollments([id], { tokenSealed, tokenUpdatedAt: new Date(), tokenDeadAt: null });
  return token.toString("hex");
}

export interface PushColumns {
  state: string;
  pushDueAt: Date | null;
  pushClaimedUntil: Date | null;
  pushesUnanswered: number;
  pushSweeps: number;
  lastPushAt: Date | null;
  lastPushStatus: number | null;
  lastPushReason: string | null;
  lastPushId: string | null;
  tokenDeadAt: Date | null;
  enrolledAt: Date | null;
}

export async function readPushColumns(id: string): Promise<PushColumns> {
  const { rows } = await database().pool.query<PushColumns>(
    `SELECT "state", "pushDueAt", "pushClaimedUntil", "pushesUnanswered", "pushSweeps", "lastPushAt", "lastPushStatus", "lastPushReason", "lastPushId",
       "tokenDeadAt", "enrolledAt" FROM "Enrollment" WHERE "id" = $1`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`there is no enrollment ${id}`);
  return row;
}

export interface PushEvent {
  kind: string;
  deviceId: string | null;
  enrollmentId: string | null;
  data: Record<string, unknown>;
}

/** What happened to pushes of the topic, oldest first. */
export async function readPushEvents(topic: string): Promise<PushEvent[]> {
  const { rows } = await database().pool.query<PushEvent>(
    `SELECT "kind", "deviceId", "enrollmentId", "data" FROM "Event" WHERE "kind" LIKE 'push.%' AND "data"->>'topic' = $1 ORDER BY "id"`,
    [topic],
  );
  return rows;
}
