import { randomUUID } from "node:crypto";
import type { Executor } from "@/lib/db/database";

/** A device that has proved what it is, between phase 2 and phase 3. */
export interface ProvedSession {
  id: string;
  visitHash: string | null;
}

export async function insertOtaSession(executor: Executor, session: { linkId: string; challengeHash: string; visitHash: string | null; expiresAt: Date }): Promise<void> {
  await executor.query(`INSERT INTO "OtaSession" ("id","linkId","challengeHash","visitHash","expiresAt") VALUES ($1,$2,$3,$4,$5)`, [
    randomUUID(), session.linkId, session.challengeHash, session.visitHash, session.expiresAt,
  ]);
}

/** Phase 2, once for each challenge. Null when it was never handed out by this link, is over, or was answered before. */
export async function claimOtaSession(
  tx: Executor,
  claim: { linkId: string; challengeHash: string; serialNumber: string | null; udid: string | null },
): Promise<{ id: string; expiresAt: Date } | null> {
  const { rows } = await tx.query<{ id: string; expiresAt: Date }>(
    `UPDATE "OtaSession" SET "provedAt" = now(), "serialNumber" = $3, "udid" = $4
     WHERE "linkId" = $1 AND "challengeHash" = $2 AND "provedAt" IS NULL AND "expiresAt" > now() RETURNING "id","expiresAt"`,
    [claim.linkId, claim.challengeHash, claim.serialNumber, claim.udid],
  );
  return rows[0] ?? null;
}

export async function setOtaChallenge(executor: Executor, id: string, scepChallengeId: string): Promise<void> {
  await executor.query(`UPDATE "OtaSession" SET "scepChallengeId" = $2 WHERE "id" = $1`, [id, scepChallengeId]);
}

/** Phase 3, once for each session. Null when it is over or was answered before. */
export async function completeOtaSession(executor: Executor, linkId: string, scepChallengeId: string): Promise<ProvedSession | null> {
  const { rows } = await executor.query<ProvedSession>(
    `UPDATE "OtaSession" SET "completedAt" = now()
     WHERE "linkId" = $1 AND "scepChallengeId" = $2 AND "completedAt" IS NULL AND "expiresAt" > now() RETURNING "id","visitHash"`,
    [linkId, scepChallengeId],
  );
  return rows[0] ?? null;
}
