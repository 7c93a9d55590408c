import { createHash, timingSafeEqual } from "node:crypto";

/** SHA-256 of the bytes; text counts as UTF-8. */
export function sha256(bytes: Uint8Array | string): Buffer {
  return createHash("sha256").update(bytes).digest();
}

/** SHA-256 as lower-case hex: how certificates and hashed secrets are named in the database. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Compares two texts in a time that depends on neither of them, nor on their lengths. */
export function timingSafeEqualText(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}
