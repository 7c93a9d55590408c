import { randomBytes } from "node:crypto";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { database } from "@/lib/db/database";
import { insertChallenge } from "./challenge-store";

const CHALLENGE_BYTES = 32;

/**
 * The SCEP challenge of one handed-out profile; only its hash is kept. A one-time challenge is worth one
 * certificate for the first key that comes with it; a reusable one a certificate for each key. One that renews the
 * identity of a life does not count as a use of its link and outlives it.
 */
export async function createChallenge(input: {
  linkId: string;
  reusable: boolean;
  topic: string;
  expiresAt: Date;
  renewsEnrollmentId?: string | null;
  /** The hardware it is for, where that was proved. */
  boundSerial?: string | null;
  boundUdid?: string | null;
}): Promise<string> {
  const challenge = randomBytes(CHALLENGE_BYTES).toString("base64url");
  const { renewsEnrollmentId = null, boundSerial = null, boundUdid = null } = input;
  await insertChallenge(database().pool, { ...input, renewsEnrollmentId, boundSerial, boundUdid, challengeHash: sha256Hex(challenge) });
  return challenge;
}
