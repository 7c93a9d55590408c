import { randomUUID } from "node:crypto";
import type { IdentityKind } from "@/lib/contracts/words";
import type { Executor } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";
import type { ManagementTerms } from "@/lib/protocol/profile/management-terms";

/** What the certificate is for: to be managed with, or to fetch the profile in phase 3 of the OTA profile service. */
export type ChallengePurpose = "management" | "ota";

/** A challenge with what matters of its link. */
export interface ChallengeRow {
  id: string;
  linkId: string;
  linkName: string;
  /** The only way it is worth a certificate. */
  identityKind: IdentityKind;
  purpose: ChallengePurpose;
  /** The key that came first; null until then, and always on a reusable profile. */
  publicKeyHash: string | null;
  reusable: boolean;
  topic: string;
  /** The life whose identity it renews; null for a first one. */
  renewsEnrollmentId: string | null;
  /** The hardware it was handed to; null where that is not known. */
  boundSerial: string | null;
  boundUdid: string | null;
  expiresAt: Date;
  linkRevokedAt: Date | null;
  linkExpiresAt: Date | null;
  linkUses: number;
  linkMaxUses: number | null;
  /** Serial numbers that may use the link; empty: any. */
  linkSerials: string[];
}

export interface NewChallenge {
  linkId: string;
  identityKind: IdentityKind;
  /** Of the profile it will stand in. */
  terms: ManagementTerms;
  reusable: boolean;
  expiresAt: Date;
  renewsEnrollmentId: string | null;
  /** The hardware it is handed to, where that was proved; null otherwise. */
  boundSerial: string | null;
  boundUdid: string | null;
  /** "management" when left out. */
  purpose?: ChallengePurpose;
  /** The page the profile was downloaded from. */
  visitHash?: string | null;
}

/** Answers its id. */
export async function insertChallenge(executor: Executor, challengeHash: string, input: NewChallenge): Promise<string> {
  const id = randomUUID();
  await executor.query(
    `INSERT INTO "ScepChallenge" ("id", "linkId", "challengeHash", "identityKind", "terms", "reusable", "topic", "expiresAt", "renewsEnrollmentId", "boundSerial", "boundUdid", "purpose", "visitHash")
     VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [id, input.linkId, challengeHash, input.identityKind, toJsonb(input.terms), input.reusable, input.terms.topic, input.expiresAt, input.renewsEnrollmentId, input.boundSerial, input.boundUdid,
      input.purpose ?? "management", input.visitHash ?? null],
  );
  return id;
}

/** The challenge and its link, both locked until the transaction ends; null when there is no such challenge. */
export async function lockChallenge(tx: Executor, challengeHash: string): Promise<ChallengeRow | null> {
  const { rows } = await tx.query<ChallengeRow>(
    `SELECT c."id", c."linkId", l."name" AS "linkName", c."identityKind", c."purpose", c."publicKeyHash", c."reusable", c."topic", c."renewsEnrollmentId", c."boundSerial", c."boundUdid", c."expiresAt",
       l."revokedAt" AS "linkRevokedAt", l."expiresAt" AS "linkExpiresAt", l."uses" AS "linkUses", l."maxUses" AS "linkMaxUses", l."serials" AS "linkSerials"
     FROM "ScepChallenge" c JOIN "EnrollmentLink" l ON l."id" = c."linkId"
     WHERE c."challengeHash" = $1 FOR UPDATE`,
    [challengeHash],
  );
  return rows[0] ?? null;
}

/** Binds a one-time challenge to its key and counts the use of the link, unless it renews or only fetches a profile; the caller holds the locks of lockChallenge. */
export async function spendChallenge(tx: Executor, challenge: ChallengeRow, publicKeyHash: string): Promise<void> {
  if (!challenge.reusable) {
    await tx.query(`UPDATE "ScepChallenge" SET "publicKeyHash" = $2 WHERE "id" = $1`, [challenge.id, publicKeyHash]);
  }
  if (challenge.renewsEnrollmentId !== null || challenge.purpose === "ota") return;
  await tx.query(`UPDATE "EnrollmentLink" SET "uses" = "uses" + 1 WHERE "id" = $1`, [challenge.linkId]);
}
