import { randomBytes } from "node:crypto";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { database } from "@/lib/db/database";
import { insertChallenge, type NewChallenge } from "./challenge-store";

const SECRET_BYTES = 32;

/**
 * The secret of one handed-out profile, be it a SCEP challenge or the ClientIdentifier of ACME; only its hash is kept.
 * A one-time secret is worth one certificate for the first key that comes with it; a reusable one a certificate for
 * each key. One that renews the identity of a life does not count as a use of its link and outlives it.
 */
export async function createChallenge(input: NewChallenge): Promise<{ id: string; secret: string }> {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  return { id: await insertChallenge(database().pool, sha256Hex(secret), input), secret };
}
