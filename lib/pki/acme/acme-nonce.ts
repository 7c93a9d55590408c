import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { deriveKey } from "@/lib/config/master-key";
import { processWide } from "@/lib/config/process-wide";
import { database } from "@/lib/db/database";
import { useNonce } from "./acme-nonce-store";

/** A device asks Apple for its attestation between two messages. */
const LIFE_MS = 3_600_000;
const TIME_BYTES = 6;
const RANDOM_BYTES = 12;
const MAC_BYTES = 16;

const key = () => processWide("acme-nonce-key", () => deriveKey("acme nonces"));

/**
 * A nonce that every node with the same master key recognizes: its end and chance, with a checksum under that key. Nothing is
 * stored until it is used, so nobody fills the database by asking for them.
 */
export function makeNonce(now = Date.now()): string {
  const body = Buffer.alloc(TIME_BYTES + RANDOM_BYTES);
  body.writeUIntBE(now + LIFE_MS, 0, TIME_BYTES);
  randomBytes(RANDOM_BYTES).copy(body, TIME_BYTES);
  return Buffer.concat([body, mac(body)]).toString("base64url");
}

/** True once for each nonce of ours that has not ended, whichever node is asked. */
export async function spendNonce(nonce: string, now = Date.now()): Promise<boolean> {
  const bytes = Buffer.from(nonce, "base64url");
  if (bytes.length !== TIME_BYTES + RANDOM_BYTES + MAC_BYTES || bytes.toString("base64url") !== nonce) return false;
  const body = bytes.subarray(0, TIME_BYTES + RANDOM_BYTES);
  const endsAt = body.readUIntBE(0, TIME_BYTES);
  if (!timingSafeEqual(bytes.subarray(body.length), mac(body)) || endsAt <= now) return false;
  return useNonce(database().pool, nonce, new Date(endsAt));
}

function mac(body: Buffer): Buffer {
  return createHmac("sha256", key()).update(body).digest().subarray(0, MAC_BYTES);
}
