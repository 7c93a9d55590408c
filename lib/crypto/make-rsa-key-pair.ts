import { generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";

/** A fresh RSA-2048 key, made off the main thread. */
export function makeRsaKeyPair(): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  return promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
}
