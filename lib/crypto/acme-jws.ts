import { calculateJwkThumbprint, flattenedVerify, type FlattenedJWSInput, type JWK } from "jose";
import { CryptoError } from "./crypto-error";

/** The public key of an ACME account: nothing but what makes up the key. */
export interface AccountKey {
  jwk: JWK;
  /** RFC 7638, SHA-256, base64url. */
  thumbprint: string;
}

/** What devices and usual clients sign with; RSA below 2048 bits is refused. */
const ALGORITHMS = ["ES256", "ES384", "RS256"];
const MEMBERS: Readonly<Record<string, readonly string[]>> = { EC: ["kty", "crv", "x", "y"], RSA: ["kty", "n", "e"] };

/** Reads a key that somebody presents as his own. @throws CryptoError for any but EC and RSA */
export async function readAccountKey(presented: unknown): Promise<AccountKey> {
  const given = typeof presented === "object" && presented !== null ? (presented as Record<string, unknown>) : {};
  const members = typeof given["kty"] === "string" ? MEMBERS[given["kty"]] : undefined;
  if (members === undefined) throw new CryptoError("the account key is neither EC nor RSA");
  const jwk = Object.fromEntries(members.map((name) => [name, given[name]])) as JWK;
  try {
    return { jwk, thumbprint: await calculateJwkThumbprint(jwk) };
  } catch (cause) {
    throw new CryptoError("the account key cannot be read", { cause });
  }
}

/** The payload of a flattened JWS (RFC 7515 section 7.2.2) that this key has signed. @throws CryptoError */
export async function verifyJws(jws: FlattenedJWSInput, { jwk }: AccountKey): Promise<Buffer> {
  try {
    return Buffer.from((await flattenedVerify(jws, jwk, { algorithms: ALGORITHMS })).payload);
  } catch (cause) {
    throw new CryptoError("the signature does not fit", { cause });
  }
}
