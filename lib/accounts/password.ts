import { hash, verify, type Options } from "@node-rs/argon2";
import { processWide } from "@/lib/config/process-wide";

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. `algorithm` 2 is argon2id, also the default. */
const OPTIONS: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** argon2id in its own text form, salt and costs included. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS);
}

/**
 * Does the password fit? With null, for a person that does not exist, it takes as long as with a real hash
 * and answers false: the time tells nobody which addresses have an account.
 */
export async function passwordFits(password: string, passwordHash: string | null): Promise<boolean> {
  const fits = await verify(passwordHash ?? (await nobody()), password);
  return fits && passwordHash !== null;
}

function nobody(): Promise<string> {
  return processWide("nobody-password", () => hashPassword("a password that fits nobody"));
}
