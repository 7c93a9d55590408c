import { config } from "@/lib/config/config";
import { readAccountKey, verifyJws, type AccountKey } from "@/lib/crypto/acme-jws";
import { CryptoError } from "@/lib/crypto/crypto-error";
import { parseJson, readAcmeEnvelope } from "@/lib/protocol/acme-messages";
import type { DeviceExchange } from "@/lib/protocol/device-exchange";
import { spendNonce } from "./acme-nonce";
import { AcmeProblem } from "./acme-problem";

/** A request whose signature, address and nonce were found good. */
export interface AcmeRequest {
  account: AccountKey;
  /** The key came with the request itself, and not as the address of an account. */
  introducesKey: boolean;
  /** Null for POST-as-GET, which has none (RFC 8555 section 6.3). */
  payload: unknown;
}

/**
 * The address of an account holds its key: an account is a key and nothing else, so none has to be stored for strangers,
 * and every node knows them all.
 */
export function accountUrl({ jwk }: AccountKey): string {
  return `${config().publicUrl}/acme/account/${Buffer.from(JSON.stringify(jwk)).toString("base64url")}`;
}

/** Reads and verifies a POST (RFC 8555 section 6.2 to 6.5). @throws AcmeProblem */
export async function readAcmeRequest(exchange: DeviceExchange): Promise<AcmeRequest> {
  const envelope = readAcmeEnvelope(exchange.body);
  if (envelope === null) throw new AcmeProblem("malformed", "the body is no flattened JWS");
  const { header, jws } = envelope;
  if ((header.jwk === undefined) === (header.kid === undefined)) throw new AcmeProblem("malformed", "exactly one of jwk and kid is wanted");
  if (header.url !== `${config().publicUrl}${exchange.path}`) throw new AcmeProblem("malformed", "the request was signed for another address");
  try {
    const account = await readAccountKey(header.jwk ?? keyOfAccount(header.kid ?? ""));
    const payload = await verifyJws(jws, account);
    if (!(await spendNonce(header.nonce))) throw new AcmeProblem("badNonce", "the nonce is unknown, used or too old: take the one of this answer");
    return { account, introducesKey: header.kid === undefined, payload: payload.length === 0 ? null : parseJson(payload) };
  } catch (error) {
    if (error instanceof CryptoError) throw new AcmeProblem("malformed", error.message, 400, { cause: error });
    throw error;
  }
}

function keyOfAccount(kid: string): unknown {
  const prefix = `${config().publicUrl}/acme/account/`;
  if (!kid.startsWith(prefix)) throw new AcmeProblem("accountDoesNotExist", "there is no such account");
  return parseJson(Buffer.from(kid.slice(prefix.length), "base64url"));
}
