import type { AttestedHardware } from "@/lib/contracts/identities";
import type { Executor } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";
import type { ProblemDocument } from "./acme-problem";

export interface AcmeOrderRow {
  id: string;
  challengeId: string;
  identifierSealed: Buffer;
  account: string;
  token: string;
  state: "pending" | "ready" | "valid" | "invalid";
  problem: ProblemDocument | null;
  publicKeyHash: string | null;
  attestation: AttestedHardware | null;
  certificate: Buffer | null;
  expiresAt: Date;
}

export async function insertOrder(
  tx: Executor,
  order: Pick<AcmeOrderRow, "id" | "challengeId" | "identifierSealed" | "account" | "token" | "expiresAt">,
): Promise<void> {
  await tx.query(
    `INSERT INTO "AcmeOrder" ("id", "challengeId", "identifierSealed", "account", "token", "expiresAt") VALUES ($1, $2, $3, $4, $5, $6)`,
    [order.id, order.challengeId, order.identifierSealed, order.account, order.token, order.expiresAt],
  );
}

/** One that this account began for the same identifier and can still finish; null when there is none. */
export async function findOpenOrder(tx: Executor, challengeId: string, account: string): Promise<AcmeOrderRow | null> {
  const { rows } = await tx.query<AcmeOrderRow>(
    `SELECT * FROM "AcmeOrder" WHERE "challengeId" = $1 AND "account" = $2 AND "state" IN ('pending', 'ready') AND "expiresAt" > now() ORDER BY "createdAt" DESC LIMIT 1`,
    [challengeId, account],
  );
  return rows[0] ?? null;
}

/** Of this account only, locked until the transaction ends; null for any other. */
export async function lockOrder(tx: Executor, id: string, account: string): Promise<AcmeOrderRow | null> {
  const { rows } = await tx.query<AcmeOrderRow>(`SELECT * FROM "AcmeOrder" WHERE "id" = $1 AND "account" = $2 FOR UPDATE`, [id, account]);
  return rows[0] ?? null;
}

export async function saveOrder(tx: Executor, order: AcmeOrderRow): Promise<void> {
  const json = (value: unknown) => (value === null ? null : toJsonb(value));
  await tx.query(
    `UPDATE "AcmeOrder" SET "state" = $2, "problem" = $3::jsonb, "publicKeyHash" = $4, "attestation" = $5::jsonb, "certificate" = $6 WHERE "id" = $1`,
    [order.id, order.state, json(order.problem), order.publicKeyHash, json(order.attestation), order.certificate],
  );
}
