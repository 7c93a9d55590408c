import { generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";

export interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

/** Gives a device its key. */
export type KeySource = () => Promise<KeyPair>;

const makeKeyPair = promisify(generateKeyPair);

/** RSA, for SCEP cannot carry anything else; made off the main thread. */
export const freshKey: KeySource = () => makeKeyPair("rsa", { modulusLength: 2048 });

/** As the Secure Enclave makes them. */
export const freshEcKey = (namedCurve: "P-256" | "P-384" = "P-384"): Promise<KeyPair> => makeKeyPair("ec", { namedCurve });

/**
 * A few keys handed out in turn, for enrolling many devices at once: making one takes about a tenth of a second.
 * Every device still gets a challenge and a certificate of its own. For simulation and load only; tests use fresh keys.
 */
export function sharedKeys(size = 8): KeySource {
  const keys: Promise<KeyPair>[] = [];
  let next = 0;
  return () => {
    const index = next++ % size;
    return (keys[index] ??= freshKey());
  };
}
