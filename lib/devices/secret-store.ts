import { randomUUID } from "node:crypto";
import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import { seal, unseal } from "@/lib/db/sealed";
import { noteFactsChanged } from "./device-store";

export type SecretKind =
  | "unlock-token" | "bootstrap-token" | "lock-pin" | "erase-pin" | "firmware-password" | "recovery-lock-password" | "recovery-key" | "bypass-code";

/**
 * Keeps a secret sealed; a newer one of the same life, kind and source takes the place of the older. The serial number
 * is kept with it: it finds the secret when the record of the device is gone.
 */
export async function keepSecret(
  tx: Executor,
  secret: { deviceId: string; enrollmentId: string; kind: SecretKind; source: string; value: Uint8Array },
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT "id" FROM "EscrowedSecret" WHERE "enrollmentId" = $1 AND "kind" = $2 AND "source" = $3`,
    [secret.enrollmentId, secret.kind, secret.source],
  );
  const id = rows[0]?.id ?? randomUUID();
  const sealed = seal(secret.value, placeOf(id));
  await tx.query(
    `INSERT INTO "EscrowedSecret" ("id","deviceId","serialNumber","enrollmentId","kind","source","valueSealed","learnedAt")
     VALUES ($1,$2,(SELECT "serialNumber" FROM "Device" WHERE "id" = $2),$3,$4,$5,$6,now())
     ON CONFLICT ("id") DO UPDATE SET "valueSealed" = EXCLUDED."valueSealed", "serialNumber" = EXCLUDED."serialNumber", "learnedAt" = EXCLUDED."learnedAt"`,
    [id, secret.deviceId, secret.enrollmentId, secret.kind, secret.source, sealed],
  );
  if (rows.length === 0 && secret.source === "") await noteFactsChanged(tx, secret.deviceId);
}

export interface SecretHeldRow {
  id: string;
  kind: string;
  learnedAt: Date;
  enrollmentId: string | null;
  /** The command that set it; null for what the device told by itself. */
  commandId: string | null;
}

/** Which secrets are held, without their values. */
export async function listSecretsHeld(deviceId: string): Promise<SecretHeldRow[]> {
  const { rows } = await database().pool.query<SecretHeldRow>(
    `SELECT "id","kind","learnedAt","enrollmentId", CASE WHEN "source" ~ '^[0-9a-f-]{36}$' THEN "source" END AS "commandId"
     FROM "EscrowedSecret" WHERE "deviceId" = $1 ORDER BY "learnedAt" DESC`,
    [deviceId],
  );
  return rows;
}

export interface OpenedSecret {
  id: string;
  kind: string;
  learnedAt: Date;
  enrollmentId: string | null;
  value: Buffer;
}

/** One secret of a device with its value; null when it holds no such secret. */
export async function openSecret(executor: Executor, deviceId: string, id: string): Promise<OpenedSecret | null> {
  const { rows } = await executor.query<Omit<OpenedSecret, "value"> & { valueSealed: Buffer }>(
    `SELECT "id","kind","learnedAt","enrollmentId","valueSealed" FROM "EscrowedSecret" WHERE "deviceId" = $1 AND "id" = $2`,
    [deviceId, id],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { valueSealed, ...plain } = row;
  return { ...plain, value: unseal(valueSealed, placeOf(id)) };
}

/** The secret of this kind that this very life has told us; null when there is none. Those of earlier lives do not count. */
export async function readSecret(executor: Executor, enrollmentId: string, kind: SecretKind): Promise<Buffer | null> {
  const { rows } = await executor.query<{ id: string; valueSealed: Buffer }>(
    `SELECT "id","valueSealed" FROM "EscrowedSecret" WHERE "enrollmentId" = $1 AND "kind" = $2 AND "source" = ''`,
    [enrollmentId, kind],
  );
  const [row] = rows;
  return row === undefined ? null : unseal(row.valueSealed, placeOf(row.id));
}

/** Forgets the secret of this kind of this life, as its device wants. Answers whether there was one. */
export async function removeSecret(tx: Executor, enrollmentId: string, kind: SecretKind): Promise<boolean> {
  const { rows } = await tx.query<{ deviceId: string | null }>(
    `DELETE FROM "EscrowedSecret" WHERE "enrollmentId" = $1 AND "kind" = $2 AND "source" = '' RETURNING "deviceId"`,
    [enrollmentId, kind],
  );
  const [removed] = rows;
  if (removed !== undefined && removed.deviceId !== null) await noteFactsChanged(tx, removed.deviceId);
  return removed !== undefined;
}

/** Keeps what is known of a device whose record is about to go for so many days; its serial number finds it. */
export async function keepSecretsFor(tx: Executor, deviceId: string, days: number): Promise<void> {
  await tx.query(`UPDATE "EscrowedSecret" SET "keepUntil" = now() + $2 * interval '1 day' WHERE "deviceId" = $1`, [deviceId, days]);
}

function placeOf(id: string) {
  return { table: "EscrowedSecret", row: id, column: "valueSealed" };
}
