import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { processWide } from "@/lib/config/process-wide";
import { database } from "@/lib/db/database";
import { seal, unseal } from "@/lib/db/sealed";
import { uuidOrNull } from "@/lib/db/uuid";
import { maskedBody } from "@/lib/protocol/results/masked-body";

/** An exchange as the endpoint noted it; bodies as they travelled. */
export interface NotedExchange {
  at: Date;
  kind: string;
  idle: boolean;
  count: number;
  userName: string | null;
  status: number;
  refusal: string | null;
  bytesIn: number;
  bytesOut: number;
  durationMs: number;
  fingerprint: string;
  clockSkewSeconds: number | null;
  remoteAddress: string;
  request: Buffer | null;
  answer: Buffer | null;
}

export interface ExchangeRow extends Omit<NotedExchange, "request" | "answer"> {
  id: string;
  deviceId: string;
  reportedId: string | null;
  deliveredId: string | null;
  /** The request types of those commands, while they are remembered. */
  reportedType: string | null;
  deliveredType: string | null;
  subject: string | null;
  notAfter: Date | null;
  requestSealed: Buffer | null;
  answerSealed: Buffer | null;
}

/** Of each device are kept so many with their bodies, and so many counts of idle polls. */
export const KEPT = { full: 300, idle: 200 } as const;
/** A device is looked at again after so many new rows on this node, so it holds at most so many more. */
const TRIM_AFTER = 50;
/** Devices whose rows are counted; beyond that the count begins anew. */
const MOST_COUNTED = 50_000;
/** Longer bodies are not kept; what is masked of a shorter one is cut at the second figure. */
export const LONGEST_BODY = 512 * 1024;
const LONGEST_TEXT = 64 * 1024;
/** Packs our short texts as small as the defaults do, in a sixth of the time: those take and clear 256 KiB for each. */
const PACKING = { level: 1, windowBits: 13, memLevel: 6 };
/** Repetitive text packs well, and no text of ours is longer than this. */
const LONGEST_INFLATED = 8 * LONGEST_TEXT;

/** Masking the exchanges of a busy second takes far longer than a poll may wait: after so much of it others have their turn. */
const TURN_MS = 5;

const addedSinceTrim = processWide("exchange-counts", () => new Map<string, number>());

const INSERT = `
  INSERT INTO "Exchange" ("id","deviceId","at","kind","idle","count","userName","reportedId","deliveredId","status","refusal","bytesIn","bytesOut",
    "durationMs","fingerprint","clockSkewSeconds","remoteAddress","requestSealed","answerSealed")
  SELECT x."id", e."deviceId", x."at", x."kind", x."idle", x."count", x."userName", x."reported", x."delivered", x."status", x."refusal", x."in", x."out",
    x."duration", x."fingerprint", x."skew", x."address", x."request", x."answer"
  FROM unnest($1::uuid[],$2::timestamptz[],$3::text[],$4::bool[],$5::int[],$6::text[],$7::uuid[],$8::uuid[],$9::int[],$10::text[],$11::int[],$12::int[],
      $13::int[],$14::text[],$15::int[],$16::text[],$17::bytea[],$18::bytea[])
    AS x("id","at","kind","idle","count","userName","reported","delivered","status","refusal","in","out","duration","fingerprint","skew","address","request","answer")
  JOIN "Identity" i ON i."fingerprint" = x."fingerprint" JOIN "Enrollment" e ON e."id" = i."enrollmentId"
  RETURNING "deviceId"`;

/**
 * Writes exchanges in one statement, each under the device its certificate is bound to by now; those of a certificate
 * that is bound to none are dropped. Bodies are masked before they are sealed, so that no secret is ever among them.
 */
export async function keepExchanges(batch: readonly NotedExchange[]): Promise<void> {
  const rows = await toRows(batch);
  const column = <K extends keyof (typeof rows)[number]>(key: K) => rows.map((row) => row[key]);
  const { rows: kept } = await database().pool.query<{ deviceId: string }>(INSERT, [
    column("id"), column("at"), column("kind"), column("idle"), column("count"), column("userName"), column("reportedId"), column("deliveredId"),
    column("status"), column("refusal"), column("bytesIn"), column("bytesOut"), column("durationMs"), column("fingerprint"), column("clockSkewSeconds"),
    column("remoteAddress"), column("requestSealed"), column("answerSealed"),
  ]);
  await trim(kept.map((row) => row.deviceId));
}

async function toRows(batch: readonly NotedExchange[]) {
  const rows: ReturnType<typeof toRow>[] = [];
  let turnEnds = performance.now() + TURN_MS;
  for (const noted of batch) {
    rows.push(toRow(noted));
    if (performance.now() < turnEnds) continue;
    await setImmediate();
    turnEnds = performance.now() + TURN_MS;
  }
  return rows;
}

function toRow({ request, answer, ...plain }: NotedExchange) {
  const id = randomUUID();
  const said = bodyOf(request);
  const given = bodyOf(answer);
  return {
    ...plain,
    id,
    reportedId: uuidOrNull(said?.commandUuid ?? null),
    deliveredId: uuidOrNull(given?.commandUuid ?? null),
    requestSealed: said === null ? null : sealText(said.text, id, "requestSealed"),
    answerSealed: given === null ? null : sealText(given.text, id, "answerSealed"),
  };
}

function bodyOf(body: Buffer | null) {
  return body === null || body.length === 0 || body.length > LONGEST_BODY ? null : maskedBody(body);
}

function sealText(text: string, row: string, column: string): Buffer {
  const cut = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}\n… ${text.length - LONGEST_TEXT} more characters were not kept` : text;
  return seal(deflateRawSync(cut, PACKING), { table: "Exchange", row, column });
}

/** The text of a kept body; null when none was kept. */
export function openText(sealed: Buffer | null, row: string, column: "requestSealed" | "answerSealed"): string | null {
  return sealed === null ? null : inflateRawSync(unseal(sealed, { table: "Exchange", row, column }), { maxOutputLength: LONGEST_INFLATED }).toString();
}

/** Keeps the newest of each device that has had many since it was last looked at. */
async function trim(deviceIds: readonly string[]): Promise<void> {
  if (addedSinceTrim.size > MOST_COUNTED) addedSinceTrim.clear();
  const due = new Set<string>();
  for (const id of deviceIds) {
    // A device this process has not seen may have been filled up by an earlier one.
    const added = (addedSinceTrim.get(id) ?? TRIM_AFTER - 1) + 1;
    addedSinceTrim.set(id, added);
    if (added >= TRIM_AFTER) due.add(id);
  }
  if (due.size === 0) return;
  for (const id of due) addedSinceTrim.set(id, 0);
  for (const [idle, kept] of [[false, KEPT.full], [true, KEPT.idle]] as const) {
    await database().pool.query(
      `DELETE FROM "Exchange" x USING unnest($1::uuid[]) AS d("id") WHERE x."deviceId" = d."id" AND x."idle" = $2
         AND x."at" < (SELECT o."at" FROM "Exchange" o WHERE o."deviceId" = d."id" AND o."idle" = $2 ORDER BY o."at" DESC OFFSET $3 LIMIT 1)`,
      [[...due], idle, kept - 1],
    );
  }
}

/** Which exchanges a list holds: all, those that were more than an idle poll, or those that were refused. */
export type ExchangeSelection = "all" | "work" | "refused";
const SELECTED: Record<ExchangeSelection, string> = { all: "true", work: `NOT x."idle"`, refused: `x."status" >= 400` };

const COLUMNS = `x."id", x."deviceId", x."at", x."kind", x."idle", x."count", x."userName", x."reportedId", x."deliveredId", x."status", x."refusal", x."bytesIn",
  x."bytesOut", x."durationMs", x."fingerprint", x."clockSkewSeconds", x."remoteAddress", i."subject", i."notAfter",
  r."requestType" AS "reportedType", d."requestType" AS "deliveredType"`;
const FROM = `FROM "Exchange" x LEFT JOIN "Identity" i ON i."fingerprint" = x."fingerprint"
  LEFT JOIN "Command" r ON r."id" = x."reportedId" LEFT JOIN "Command" d ON d."id" = x."deliveredId"`;

/** Newest first, below the cursor when there is one; without the bodies. */
export async function listExchangeRows(deviceId: string, selection: ExchangeSelection, before: { at: Date; id: string } | null, limit: number): Promise<ExchangeRow[]> {
  const { rows } = await database().pool.query<ExchangeRow>(
    `SELECT ${COLUMNS}, NULL AS "requestSealed", NULL AS "answerSealed" ${FROM} WHERE x."deviceId" = $1 AND ${SELECTED[selection]}
       AND ($2::timestamptz IS NULL OR (x."at", x."id") < ($2, $3::uuid)) ORDER BY x."at" DESC, x."id" DESC LIMIT $4`,
    [deviceId, before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
}

export async function countExchangeRows(deviceId: string, selection: ExchangeSelection): Promise<number> {
  const { rows } = await database().pool.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM "Exchange" x WHERE x."deviceId" = $1 AND ${SELECTED[selection]}`, [deviceId]);
  return rows[0]?.total ?? 0;
}

/** With its bodies; null when this device has no such exchange. */
export async function readExchangeRow(deviceId: string, id: string): Promise<ExchangeRow | null> {
  const { rows } = await database().pool.query<ExchangeRow>(
    `SELECT ${COLUMNS}, x."requestSealed", x."answerSealed" ${FROM} WHERE x."deviceId" = $1 AND x."id" = $2`,
    [deviceId, id],
  );
  return rows[0] ?? null;
}
